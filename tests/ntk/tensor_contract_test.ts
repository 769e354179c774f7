/**
 * What tangent kernels keep to on every backend: by each method they are those of float64.
 *
 * @module
 */
import { assertThrows } from "@std/assert";
import {
  empiricalNtk,
  linearize,
  matmul,
  type Matrix,
  matrix,
  mlp,
  monteCarloNtk,
  ntkVectorProduct,
  type Params,
  rng,
  type Tensor,
  tensorOps,
  toTensor,
} from "resolvent";
import { like, moved } from "../models/derivatives.ts";
import { deviceInputs, type Member, MEMBERS } from "../models/members.ts";
import { assertClose } from "../optimizers/contract.ts";
import { onDevice, onEveryBackend, read, ROUNDING, useBackend } from "../support/backends.ts";

/** Kernels are sums of products of passes through a model. */
const DEPTH = 5;

/** Those of MEMBERS that differ in how they are traced; decoders have no trace. */
const TRACED = ["mlp", "mlp in ntk", "randomFeatureModel", "rnn"];

const METHODS = ["layerwise", "jacobian", "products"] as const;

/** Outputs of the decoder whose kernel is computed: those of the first place, and one of the second. */
const OUTPUTS = 6;

/** A member by its name. */
function member(name: string): Member {
  const found = MEMBERS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`There is no model ${name}`);
  return found;
}

for (const { name, params, traced } of TRACED.map(member)) {
  const { model, x, other } = traced!;

  await onEveryBackend(
    (where) => `empiricalNtk() of ${name} on ${where} is that of float64 by its three methods`,
    async ({ tf, rounding }) => {
      for (const [outputs, second] of [["full", null], ["mean", other]] as const) {
        const expected = empiricalNtk(model, params, x, second, { outputs });
        for (const method of METHODS) {
          const kernel = await read(tf, () => {
            const columns = second && deviceInputs(second);
            const options = { method, outputs, batchSize: 2 };
            return empiricalNtk(model, onDevice(params), deviceInputs(x), columns, options);
          });
          assertClose(kernel, expected, DEPTH * rounding);
        }
      }
    },
  );

  await onEveryBackend(
    (where) => `ntkVectorProduct() of ${name} on ${where} is that of float64`,
    async ({ tf, rounding }) => {
      const { rows, cols } = model.trace(params, other).output;
      const v = rng("v").normal([rows, cols]);
      const product = await read(tf, () => {
        const from = deviceInputs(other);
        const vector = tensorOps.constant(v);
        return ntkVectorProduct(model, onDevice(params), deviceInputs(x), vector, { from });
      });
      const expected = ntkVectorProduct(model, params, x, v, { from: other });
      assertClose(product, expected, DEPTH * rounding);
    },
  );
}

await onEveryBackend(
  (where) => `empiricalNtk() of a decoder on ${where} is the product of float64's differences`,
  async ({ tf, rounding }) => {
    const { params, onTensors } = member("transformer"), only = ["query1", "finalGain"];
    const j = differences("transformer", only, OUTPUTS);
    const expected = matmul(j, j, { transposeB: true });
    for (const method of ["jacobian", "products"] as const) {
      const options = { method, only, outputs: "full" } as const;
      // the member has its tokens already: to the kernel its outputs are those of one sample
      const apply = (p: Params<Tensor>) =>
        tf.reshape(onTensors(p), [1, -1]).slice([0, 0], [1, OUTPUTS]);
      const kernel = await read(
        tf,
        () => empiricalNtk({ apply }, onDevice(params), tf.zeros([1, 1]), null, options),
      );
      assertClose(kernel, expected, 2 * DEPTH * rounding);
    }
  },
);

await onEveryBackend(
  (where) => `linearize() on ${where} has outputs and kernel of float64, away from its centre`,
  async ({ tf, rounding }) => {
    const { params, traced } = member("mlp"), { model, x } = traced!;
    const there = moved(params, like(params, "away"), 0.5);
    const outputs = await read(
      tf,
      () => linearize(model, onDevice(params)).apply(onDevice(there), deviceInputs(x)),
    );
    assertClose(outputs, linearize(model, params).apply(there, x), DEPTH * rounding);
    for (const method of METHODS) {
      const kernel = await read(tf, () => {
        const line = linearize(model, onDevice(params));
        return empiricalNtk(line, onDevice(there), deviceInputs(x), null, { method });
      });
      assertClose(kernel, empiricalNtk(model, params, x), DEPTH * rounding);
    }
  },
);

await onEveryBackend(
  (where) => `monteCarloNtk() is the mean of the kernels of its draws on ${where}`,
  async ({ tf, rounding }) => {
    const { model, x } = member("mlp in ntk").traced!, key = rng("draws");
    const mean = await read(tf, () => {
      const kernels = key.split(3).map((k) =>
        empiricalNtk(model, onDevice(model.init(k)), deviceInputs(x))
      );
      return tf.div(tf.addN(kernels), 3);
    });
    assertClose(mean, monteCarloNtk(model, key, { x, draws: 3 }).mean, DEPTH * rounding);
  },
);

/** The Jacobian of some outputs of a member by some parameters: central differences in float64. */
function differences(name: string, only: readonly string[], count: number): Matrix {
  const { params, outputs } = member(name), h = 1e-5;
  const columns = only.flatMap((key) => {
    const a = params[key];
    return Array.from(a.data, (_, at) => {
      const [ahead, behind] = [h, -h].map((t) => {
        const data = a.data.slice();
        data[at] += t;
        return outputs({ ...params, [key]: { ...a, data } }).data;
      });
      return ahead.map((value, i) => (value - behind[i]) / (2 * h));
    });
  });
  return matrix(count, columns.length, (i, k) => columns[k][i]);
}

Deno.test("empiricalNtk() of any function of tensors is that of the model with the same formula", async () => {
  const tf = await useBackend("cpu");
  const model = mlp({ sizes: [3, 8, 1], activation: "relu" });
  const params = model.init(rng(1)), x = rng(2).normal([4, 3]);
  /** The same by hand, with an output of rank 1. */
  function apply({ w1, b1, w2, b2 }: Params<Tensor>, inputs: Tensor): Tensor {
    return tf.squeeze(tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(inputs, w1), b1)), w2), b2), [1]);
  }
  const expected = empiricalNtk(model, params, x);
  for (const method of [undefined, "jacobian", "products"] as const) {
    const kernel = await read(
      tf,
      () => empiricalNtk({ apply }, onDevice(params), toTensor(x), null, { method }),
    );
    assertClose(kernel, expected, DEPTH * ROUNDING.cpu);
  }
  const alone = await read(
    tf,
    () => empiricalNtk({ apply }, onDevice(params), toTensor(x), null, { only: ["w2"] }),
  );
  assertClose(alone, empiricalNtk(model, params, x, null, { only: ["w2"] }), DEPTH * ROUNDING.cpu);
  tf.tidy(() => {
    const [device, inputs] = [onDevice(params), toTensor(x)];
    assertThrows(
      () => empiricalNtk({ apply }, device, inputs, null, { method: "layerwise" }),
      TypeError,
      '"layerwise" needs a model with a trace',
    );
    assertThrows(
      () => model.apply(device, x as never),
      TypeError,
      "x must be",
    );
    assertThrows(
      () => mlp({ sizes: [3, 8, 1], activation: Math.sin }).apply(device, inputs),
      TypeError,
      "needs its form on tensors",
    );
  });
});
