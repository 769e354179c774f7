/**
 * Models and tangent kernels on tensors, on every backend, beside float64.
 *
 * @module
 */
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  empiricalNtk,
  frobeniusNorm,
  type Matrix,
  type Mlp,
  mlp,
  type ModelActivation,
  ntkVectorProduct,
  type Params,
  rng,
  rnn,
  subtract,
  type Tensor,
  toTensor,
  vectorJacobianProduct,
} from "resolvent";
import { ACTIVATION_NAMES } from "../../lib/data/activations.ts";
import type { Tf } from "../../lib/backend/tf.ts";
import { backendRequirement, BACKENDS, numbersOf, useBackend } from "../support/backends.ts";

/** Roundings of float32 at 6e-8 over three layers of ten terms, and 2e-7 of the device's erf. */
const FLOAT32 = 5e-6;

const MODELS: readonly Mlp[] = [
  mlp({ sizes: [3, 8, 6, 2], parametrization: "ntk", biasVariance: 0.1 }),
  mlp({ sizes: [3, 8, 1], activation: "tanh" }),
];

/** Every activation that has a form on tensors. */
const ACTIVATIONS: readonly ModelActivation[] = [
  ...ACTIVATION_NAMES,
  "erf",
  { name: "leakyRelu", slope: -0.3 },
  { f: Math.sin, derivative: Math.cos, onTensor: (x: Tensor): Tensor => x.sin() },
];

/** Distance of two matrices relative to the second. */
function relative(a: Matrix, b: Matrix): number {
  return frobeniusNorm(subtract(a, b)) / frobeniusNorm(b);
}

/** Parameters as tensors. */
function onDevice(params: Params): Params<Tensor> {
  return Object.fromEntries(Object.entries(params).map(([name, a]) => [name, toTensor(a)]));
}

/** What is made by `f`, read back; nothing else is left. */
async function read(tf: Tf, f: () => Tensor): Promise<Matrix> {
  const before = tf.memory().numTensors;
  const result = tf.tidy(f);
  assertEquals(tf.memory().numTensors, before + 1);
  const numbers = await numbersOf(result);
  result.dispose();
  return numbers;
}

for (const name of BACKENDS) {
  const requirement = await backendRequirement(name);

  Deno.test({
    name: `mlp() on ${name} equals float64, by hand-written and by automatic derivatives`,
    ...requirement,
    fn: async () => {
      const tf = await useBackend(name);
      for (const activation of ACTIVATIONS) {
        const model = mlp({ sizes: [3, 5, 2], activation });
        const params = model.init(rng(1)), x = rng(2).normal([6, 3]), v = rng(3).normal([6, 2]);
        const output = await read(tf, () => model.apply(onDevice(params), toTensor(x)));
        assertLess(relative(output, model.apply(params, x)), FLOAT32);
        const { w1 } = vectorJacobianProduct(model, params, x, v);
        const [byHand, byTape] = [
          await read(
            tf,
            () => vectorJacobianProduct(model, onDevice(params), toTensor(x), toTensor(v)).w1,
          ),
          await read(tf, () => {
            const device = onDevice(params);
            const f = (w: Tensor) => model.apply({ ...device, w1: w }, toTensor(x));
            return tf.grad(f)(device.w1, toTensor(v));
          }),
        ];
        assertLess(relative(byHand, w1), FLOAT32);
        assertLess(relative(byTape, w1), FLOAT32);
      }
    },
  });

  Deno.test({
    name: `empiricalNtk() on ${name} equals float64 by all methods and leaves no tensor`,
    ...requirement,
    fn: async () => {
      const tf = await useBackend(name);
      for (const model of MODELS) {
        const params = model.init(rng(1));
        const x1 = rng(2).normal([4, 3]), x2 = rng(3).normal([3, 3]);
        for (const method of ["layerwise", "jacobian", "products"] as const) {
          for (const [outputs, other] of [["full", null], ["mean", x2]] as const) {
            const kernel = await read(tf, () => {
              const second = other && toTensor(other);
              const options = { method, outputs, batchSize: 3 };
              return empiricalNtk(model, onDevice(params), toTensor(x1), second, options);
            });
            const expected = empiricalNtk(model, params, x1, other, { outputs });
            assertLess(relative(kernel, expected), FLOAT32);
          }
        }
        const v = rng(4).normal([4, model.sizes[model.sizes.length - 1]]);
        const product = await read(
          tf,
          () => ntkVectorProduct(model, onDevice(params), toTensor(x1), toTensor(v)),
        );
        assertLess(relative(product, ntkVectorProduct(model, params, x1, v)), FLOAT32);
      }
    },
  });
}

Deno.test("rnn() on tensors has the kernel of float64 by all methods", async () => {
  const tf = await useBackend("cpu");
  const model = rnn({ inputs: 2, hidden: 5, outputs: 2 });
  const params = model.init(rng(1));
  const x = rng(2).split(3).map((key) => key.normal([4, 2]));
  const last = await read(tf, () => model.apply(onDevice(params), x.map((a) => toTensor(a)))[2]);
  assertLess(relative(last, model.apply(params, x)[2]), FLOAT32);
  for (const method of ["layerwise", "jacobian", "products"] as const) {
    const options = { method, only: ["wRec"], outputs: "full" } as const;
    const kernel = await read(
      tf,
      () => empiricalNtk(model, onDevice(params), x.map((a) => toTensor(a)), null, options),
    );
    assertLess(relative(kernel, empiricalNtk(model, params, x, null, options)), FLOAT32);
  }
});

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
    assertLess(relative(kernel, expected), FLOAT32);
  }
  const alone = await read(
    tf,
    () => empiricalNtk({ apply }, onDevice(params), toTensor(x), null, { only: ["w2"] }),
  );
  assertLess(relative(alone, empiricalNtk(model, params, x, null, { only: ["w2"] })), FLOAT32);
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
