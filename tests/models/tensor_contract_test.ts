/**
 * What every model keeps to on every backend: outputs, losses and gradients are those of float64.
 *
 * @module
 */
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  crossEntropyLoss,
  jacobianVectorProduct,
  type Matrix,
  matrix,
  matrixOps,
  mlp,
  type ModelActivation,
  type Params,
  rng,
  squareLoss,
  subtract,
  type Tensor,
  tensorOps,
  vectorJacobianProduct,
} from "resolvent";
import type { Tf } from "../../lib/backend/tf.ts";
import { ACTIVATION_NAMES } from "../../lib/data/activations.ts";
import { assertClose, distance } from "../optimizers/contract.ts";
import { onDevice, onEveryBackend, read, readAll, ROUNDING } from "../support/backends.ts";
import { like, moved } from "./derivatives.ts";
import { deviceInputs, type Member, MEMBERS, stepsOf } from "./members.ts";

/** Models are a dozen operations deep, decoders of differences of near numbers among them. */
const DEPTH = 10;

/** Every activation that has a form on tensors. */
const ACTIVATIONS: readonly ModelActivation[] = [
  ...ACTIVATION_NAMES,
  "erf",
  { name: "leakyRelu", slope: -0.3 },
  { f: Math.sin, derivative: Math.cos, onTensor: (x: Tensor): Tensor => x.sin() },
];

/** A loss of outputs, shape `[n, outputs]`, with softmaxes over so many of them. */
type Loss = {
  readonly name: string;
  readonly inFloat64: (outputs: Matrix, y: Matrix, classes: number) => number;
  readonly onTensors: (tf: Tf, outputs: Tensor, y: Tensor, classes: number) => Tensor;
  readonly own: typeof squareLoss | typeof crossEntropyLoss;
};

const LOSSES: readonly Loss[] = [
  {
    name: "square loss",
    inFloat64: (f, y) => subtract(f, y).data.reduce((sum, e) => sum + e * e, 0) / 2,
    onTensors: (_, f, y) => f.sub(y).square().sum().div(2),
    own: squareLoss,
  },
  {
    name: "cross-entropy",
    inFloat64: ({ data }, y, classes) => {
      let sum = 0;
      for (let from = 0; from < data.length; from += classes) {
        const total = Math.log(
          data.subarray(from, from + classes).reduce((s, score) => s + Math.exp(score), 0),
        );
        for (let at = from; at < from + classes; at++) sum += y.data[at] * (total - data[at]);
      }
      return sum * classes / data.length;
    },
    onTensors: (tf, f, y, classes) => {
      const [scores, hot] = [f, y].map((a) => tf.reshape(a, [-1, classes]));
      return tf.neg(tf.mean(tf.sum(tf.mul(hot, tf.logSoftmax(scores)), 1)));
    },
    own: crossEntropyLoss,
  },
];

/** One-hot targets of the shape of the outputs. */
function targets({ outputs, params, classes }: Member): Matrix {
  const { rows, cols } = outputs(params);
  const hot = rng("targets").integers(rows * cols / classes, { max: classes });
  return matrix(rows, cols, (i, j) => {
    const at = i * cols + j;
    return hot[Math.floor(at / classes)] === at % classes ? 1 : 0;
  });
}

/** The gradient by central differences: truncation 1e-10 times third derivatives, rounding 1e-11. */
function differences(member: Member, loss: (params: Params) => number): Params {
  const h = 1e-5;
  const parts = member.trained.map((name) => {
    const a = member.params[name];
    const data = a.data.map((_, at) => {
      const [ahead, behind] = [h, -h].map((t) => {
        const entries = a.data.slice();
        entries[at] += t;
        return loss({ ...member.params, [name]: { ...a, data: entries } });
      });
      return (ahead - behind) / (2 * h);
    });
    return [name, { ...a, data }] as const;
  });
  return Object.fromEntries(parts);
}

/** Loss and gradient in float64. */
type Expected = { readonly loss: number; readonly gradient: Params };

/** Loss and gradient by the formula of the outputs and by differences. */
function byDifferences(member: Member, loss: Loss): Expected {
  const y = targets(member);
  const value = (at: Params) => loss.inFloat64(member.outputs(at), y, member.classes);
  return { loss: value(member.params), gradient: differences(member, value) };
}

/** The library's own, where the model has a form on matrices. */
function byLibrary({ traced, params, ...rest }: Member, { own }: Loss): Expected | null {
  if (traced === null) return null;
  const { model, x } = traced, y = targets({ traced, params, ...rest });
  return own(model, { x, y: inSteps(y, stepsOf(x).length) }).lossAndGradient(params);
}

/** Targets as those of so many steps. */
function inSteps(y: Matrix, count: number): Matrix {
  if (count === 1) return y;
  const width = y.cols / count;
  const steps = Array.from(
    { length: count },
    (_, t) => matrixOps.sliceColumns(y, t * width, (t + 1) * width),
  );
  return steps as never;
}

/** Asserts that arrays differ by at most a share of the norm of all expected ones. */
function assertNear(actual: Params, expected: Params, share: number): void {
  const norm = Math.hypot(...Object.values(expected).map((a) => Math.hypot(...a.data)));
  for (const [name, a] of Object.entries(expected)) {
    assertLess(distance(actual[name], a), share * norm, name);
  }
}

/** Arrays by name and step. */
function flat<A>(arrays: Params<A>): Params<A> {
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, a]) =>
      stepsOf(a).map((one, t) => [`${name} at step ${t}`, one] as const)
    ),
  );
}

for (const member of MEMBERS) {
  const { name, params, trained, classes, traced } = member;
  /** What is expected of each loss, once a test asks for it. */
  let expected: readonly Expected[] | null = null;

  if (traced !== null) {
    Deno.test(`${name} in float64 has the losses and gradients of difference quotients`, () => {
      for (const loss of LOSSES) {
        const [own, found] = [byLibrary(member, loss)!, byDifferences(member, loss)];
        assertLess(Math.abs(own.loss - found.loss), 1e-13 * (1 + own.loss));
        assertNear(own.gradient, found.gradient, 1e-7);
      }
    });
  }

  await onEveryBackend(
    (where) => `${name} on ${where} has the outputs, losses and gradients of float64`,
    async ({ tf, rounding }) => {
      expected ??= LOSSES.map((loss) => byLibrary(member, loss) ?? byDifferences(member, loss));
      const share = DEPTH * rounding;
      const y = targets(member);
      const outputs = await read(tf, () => member.onTensors(onDevice(params)));
      assertClose(outputs, member.outputs(params), share);
      for (const [at, loss] of LOSSES.entries()) {
        const { value, ...slope } = await readAll(tf, () => {
          const device = onDevice(params), target = tensorOps.constant(y);
          const found = tf.valueAndGrads((...list: Tensor[]) => {
            const named = Object.fromEntries(trained.map((key, i) => [key, list[i]]));
            const f = member.onTensors({ ...device, ...named });
            return loss.onTensors(tf, f, target, classes) as never;
          })(trained.map((key) => device[key]));
          const grads = found.grads.map((g, i) => [trained[i], g]);
          return { value: tf.reshape(found.value, [1, 1]), ...Object.fromEntries(grads) };
        });
        const { loss: wanted, gradient } = expected[at];
        assertLess(Math.abs(value.data[0] - wanted), share * (1 + wanted), loss.name);
        assertEquals(Object.keys(slope), trained);
        assertNear(slope, only(gradient, trained), share);
      }
    },
  );

  if (traced === null) continue;
  const { model, x } = traced;

  await onEveryBackend(
    (where) => `${name} on ${where} has the activations and the products of float64`,
    async ({ tf, rounding }) => {
      const share = DEPTH * rounding;
      const entering = await readAll(
        tf,
        () => copies(tf, flat(model.activations(onDevice(params), deviceInputs(x)))),
      );
      const wanted = flat(model.activations(params, x));
      assertEquals(Object.keys(entering), Object.keys(wanted));
      for (const key of Object.keys(wanted)) assertClose(entering[key], wanted[key], share);
      const { rows, cols } = member.outputs(params);
      const v = rng("v").normal([rows, cols]), tangents = only(like(params, "t"), trained);
      const back = await readAll(
        tf,
        () =>
          vectorJacobianProduct(model, onDevice(params), deviceInputs(x), tensorOps.constant(v)),
      );
      assertNear(back, vectorJacobianProduct(model, params, x, v), share);
      const along = await read(
        tf,
        () => jacobianVectorProduct(model, onDevice(params), deviceInputs(x), onDevice(tangents)),
      );
      assertClose(along, jacobianVectorProduct(model, params, x, tangents), share);
    },
  );
}

await onEveryBackend(
  (name) => `activations on ${name} and their derivatives are those of float64`,
  async ({ tf, rounding }) => {
    for (const activation of ACTIVATIONS) {
      const model = mlp({ sizes: [3, 5, 2], activation });
      const params = model.init(rng(1)), x = rng(2).normal([6, 3]), v = rng(3).normal([6, 2]);
      const found = await readAll(tf, () => {
        const device = onDevice(params);
        const [inputs, cotangents] = [x, v].map(tensorOps.constant);
        const f = (w: Tensor) => model.apply({ ...device, w1: w }, inputs);
        return {
          output: f(device.w1),
          byHand: vectorJacobianProduct(model, device, inputs, cotangents, { only: ["w1"] }).w1,
          byTape: tf.grad(f)(device.w1, cotangents),
        };
      });
      const { w1 } = vectorJacobianProduct(model, params, x, v);
      assertClose(found.output, model.apply(params, x), 5 * rounding);
      assertClose(found.byHand, w1, 5 * rounding);
      assertClose(found.byTape, w1, 5 * rounding);
    }
  },
);

Deno.test("the comparison of models sees an error of three units in a hundred thousand", () => {
  const { params, outputs } = MEMBERS[0];
  const off = moved(params, like(params, "off"), 3e-5);
  assertThrows(() => assertClose(outputs(off), outputs(params), DEPTH * ROUNDING.cpu));
});

/** Some of the arrays of a record. */
function only<A>(arrays: Params<A>, names: readonly string[]): Params<A> {
  return Object.fromEntries(names.map((name) => [name, arrays[name]]));
}

/** Copies, as what is given to a model may be what it gives back. */
function copies(tf: Tf, arrays: Params<Tensor>): Params<Tensor> {
  return Object.fromEntries(Object.entries(arrays).map(([name, a]) => [name, tf.clone(a)]));
}
