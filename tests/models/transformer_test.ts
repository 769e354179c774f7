import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  activate,
  add,
  innerProduct,
  matmul,
  type Matrix,
  matrix,
  type Params,
  rng,
  subtract,
  type Tensor,
  toTensor,
  transformer,
  type TransformerOptions,
} from "resolvent";
import { backendRequirement, BACKENDS, numbersOf, useBackend } from "../support/backends.ts";
import { largest, like, moved } from "./derivatives.ts";

const SIZES = { vocabulary: 5, context: 6, width: 4, heads: 2, layers: 2, hidden: 7 } as const;

/** Every norm and block. */
const MODELS: readonly TransformerOptions[] = [
  { ...SIZES },
  { ...SIZES, norm: "layer", block: "relu2" },
  { ...SIZES, norm: "rms", block: "swiglu" },
  { ...SIZES, norm: "layer", block: "gelu", heads: 1 },
];

/** Two sequences of four tokens. */
const TOKENS = matrix(2, 4, [0, 3, 3, 1, 4, 2, 0, 2]);

/** Roundings of float32 over two layers, some of differences of near numbers. */
const FLOAT32 = 2e-5;

/** Parameters with gains and biases that are not 1 and 0. */
function drawn(options: TransformerOptions): Params {
  const params = transformer(options).init(rng(1));
  return moved(params, like(params, "moved"), 0.3);
}

/** The same model for one sequence, by loops in float64: `[t, vocabulary]`. */
function reference(options: TransformerOptions, params: Params, tokens: readonly number[]): Matrix {
  const { width, heads, layers, norm, block = "relu" } = options;
  const places = tokens.length, side = width / heads;
  const row = (a: Matrix, i: number) => [...a.data.slice(i * a.cols, (i + 1) * a.cols)];
  const normed = (h: Matrix, gain: Matrix, bias?: Matrix) => {
    const rows = Array.from({ length: places }, (_, i) => {
      const x = row(h, i);
      const mean = norm === "layer" ? x.reduce((s, v) => s + v) / width : 0;
      const square = x.reduce((s, v) => s + (v - mean) ** 2, 0) / width;
      return x.map((v, j) =>
        (v - mean) / Math.sqrt(square + 1e-5) * gain.data[j] + (bias?.data[j] ?? 0)
      );
    });
    return matrix(places, width, rows);
  };
  let h = matrix(
    places,
    width,
    tokens.map((token, i) =>
      row(params.embedding, token).map((v, j) => v + row(params.positions, i)[j])
    ),
  );
  for (let l = 1; l <= layers; l++) {
    const z = normed(h, params[`attentionGain${l}`], params[`attentionBias${l}`]);
    const [q, k, v] = ["query", "key", "value"].map((name) => matmul(z, params[name + l]));
    const mixed = matrix(places, width);
    for (let head = 0; head < heads; head++) {
      for (let i = 0; i < places; i++) {
        const scores = Array.from({ length: i + 1 }, (_, j) => {
          let dot = 0;
          for (let c = head * side; c < (head + 1) * side; c++) {
            dot += q.data[i * width + c] * k.data[j * width + c];
          }
          return Math.exp(dot / Math.sqrt(side));
        });
        const total = scores.reduce((a, b) => a + b);
        for (let c = head * side; c < (head + 1) * side; c++) {
          scores.forEach((s, j) => mixed.data[i * width + c] += s / total * v.data[j * width + c]);
        }
      }
    }
    h = add(h, matmul(mixed, params[`merge${l}`]));
    const y = normed(h, params[`blockGain${l}`], params[`blockBias${l}`]);
    const up = matmul(y, params[`up${l}`]);
    const gate = block === "swiglu" ? activate(matmul(y, params[`gate${l}`]), "silu") : null;
    const units = gate === null
      ? activate(up, block as "relu")
      : matrix(up.rows, up.cols, up.data.map((v, at) => v * gate.data[at]));
    h = add(h, matmul(units, params[`down${l}`]));
  }
  return matmul(normed(h, params.finalGain, params.finalBias), params.readOut);
}

/** Parameters as tensors. */
function onDevice(params: Params): Params<Tensor> {
  return Object.fromEntries(Object.entries(params).map(([name, a]) => [name, toTensor(a)]));
}

/** The scores of both sequences by the reference, one below the other. */
function both(options: TransformerOptions, params: Params): Matrix {
  const rows = [0, 4].map((from) =>
    reference(options, params, [...TOKENS.data.slice(from, from + 4)])
  );
  return matrix(8, 5, [...rows[0].data, ...rows[1].data]);
}

for (const name of BACKENDS) {
  const requirement = await backendRequirement(name);
  Deno.test({
    name: `transformer() on ${name} is the decoder of its definition, with its derivatives`,
    ...requirement,
    fn: async () => {
      const tf = await useBackend(name);
      const before = tf.memory().numTensors;
      for (const options of MODELS) {
        const model = transformer(options), params = drawn(options);
        const device = onDevice(params), tokens = tf.tidy(() => toTensor(TOKENS).toInt());
        const scores = tf.tidy(() => model.apply(device, tokens));
        assertEquals(scores.shape, [2, 4, 5]);
        const flat = matrix(8, 5, (await numbersOf(scores)).data);
        assertLess(largest(subtract(flat, both(options, params))), FLOAT32);
        // the derivative of <c, scores> along a direction, beside difference quotients of the reference
        const c = rng("c").normal([8, 5]), direction = like(params, "direction"), h = 1e-5;
        const quotient = [h, -h].map((t) =>
          innerProduct(c, both(options, moved(params, direction, t))) / (2 * t)
        ).reduce((a, b) => a + b);
        const names = [...model.trained];
        const gradients = tf.tidy(() =>
          tf.grads((...list: Tensor[]) => {
            const named = Object.fromEntries(names.map((key, at) => [key, list[at]]));
            return tf.reshape(model.apply(named, tokens), [8, 5]);
          })(names.map((key) => device[key]), toTensor(c))
        );
        let slope = 0;
        for (const [at, g] of gradients.entries()) {
          slope += innerProduct(await numbersOf(g), direction[names[at]]);
        }
        assertAlmostEquals(slope, quotient, 1e-4 * (1 + Math.abs(quotient)));
        tf.dispose([tokens, scores, ...gradients, ...Object.values(device)]);
      }
      assertEquals(tf.memory().numTensors, before);
    },
  });
}

Deno.test("transformer() does not look ahead, and reads sequences apart", async () => {
  const tf = await useBackend("cpu");
  const model = transformer(SIZES), params = onDevice(drawn(SIZES));
  const scoresOf = (data: readonly number[]) =>
    matrix(
      8,
      5,
      Float64Array.from(
        tf.tidy(() => model.apply(params, toTensor(matrix(2, 4, data)).toInt())).dataSync(),
      ),
    );
  const [a, b] = [scoresOf([0, 3, 3, 1, 4, 2, 0, 2]), scoresOf([0, 3, 2, 1, 4, 2, 0, 2])];
  const changed = [0, 1, 2, 3, 4, 5, 6, 7].map((i) =>
    [0, 1, 2, 3, 4].some((u) => a.data[5 * i + u] !== b.data[5 * i + u])
  );
  assertEquals(changed, [false, false, true, true, false, false, false, false]);
});

Deno.test("transformer() gives what enters each weight", async () => {
  const tf = await useBackend("cpu");
  const options = MODELS[2], model = transformer(options), params = onDevice(drawn(options));
  const tokens = toTensor(TOKENS).toInt();
  const entering = model.activations(params, tokens);
  const weights = Object.keys(params).filter((name) => !/Gain|positions/.test(name));
  assertEquals(Object.keys(entering).sort(), weights.sort());
  for (const name of weights) assertEquals(entering[name].shape, [8, params[name].shape[0]]);
  const hot = await numbersOf(entering.embedding);
  assertEquals(hot, matrix(8, 5, (i, j) => TOKENS.data[i] === j ? 1 : 0));
  // the last product is the scores
  const scores = await numbersOf(tf.matMul(entering.readOut, params.readOut));
  assertEquals(scores.data, (await numbersOf(model.apply(params, tokens))).data);
  // what enters down is silu of one product times another of the same input
  const [y, gate, up] = await Promise.all(
    [entering.up1, params.gate1, params.up1].map((a) => numbersOf(a)),
  );
  const open = activate(matmul(y, gate), "silu"), value = matmul(y, up);
  const units = matrix(8, 7, open.data.map((g, at) => g * value.data[at]));
  assertLess(largest(subtract(await numbersOf(entering.down1), units)), 1e-5);
});

Deno.test("transformer() refuses sizes, parameters and tokens that do not fit", async () => {
  const tf = await useBackend("cpu");
  assertThrows(
    () => transformer({ ...SIZES, width: 5 }),
    RangeError,
    "Cannot make a transformer as width must be a multiple of the 2 heads: width is 5",
  );
  assertThrows(() => transformer({ ...SIZES, layers: 0 }), RangeError, "layers is 0");
  assertThrows(() => transformer({ ...SIZES, norm: "batch" as never }), RangeError, "norm must be");
  const model = transformer(SIZES), params = onDevice(drawn(SIZES));
  assertThrows(
    () => model.apply(params, tf.zeros([1, 7], "int32")),
    TypeError,
    "tokens must be an int32 tensor of shape [n, t], t from 1 to 6",
  );
  assertThrows(() => model.apply(params, tf.zeros([1, 3])), TypeError, "int32");
  const { up2: _, ...rest } = params;
  assertThrows(
    () => model.apply(rest, tf.zeros([1, 3], "int32")),
    TypeError,
    "up2 must be a tensor of shape [4, 7]: the shape of up2 is undefined",
  );
});
