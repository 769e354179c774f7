import { assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  activate,
  matmul,
  matrix,
  type Params,
  rng,
  subtract,
  toTensor,
  transformer,
  type TransformerOptions,
} from "resolvent";
import { numbersOf, onDevice, useBackend } from "../support/backends.ts";
import { largest, like, moved } from "./derivatives.ts";

const SIZES = { vocabulary: 5, context: 6, width: 4, heads: 2, layers: 2, hidden: 7 } as const;

/** Two sequences of four tokens. */
const TOKENS = matrix(2, 4, [0, 3, 3, 1, 4, 2, 0, 2]);

/** Parameters with gains and biases that are not 1 and 0. */
function drawn(options: TransformerOptions): Params {
  const params = transformer(options).init(rng(1));
  return moved(params, like(params, "moved"), 0.3);
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
  const options = { ...SIZES, norm: "rms", block: "swiglu" } as const;
  const model = transformer(options), params = onDevice(drawn(options));
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
