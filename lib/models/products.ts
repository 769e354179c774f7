/**
 * Products of a model's Jacobian with vectors.
 *
 * @module
 */
import { type ArrayKind, operationsOf } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import { cannot, checkOptions } from "../check.ts";
import {
  checkModel,
  type InputKind,
  type Inputs,
  type Model,
  type Params,
  type Trace,
} from "./kinds.ts";
import { scaledProduct } from "./scaled_product.ts";

/** Which parameters a derivative is about. */
export type ParameterChoice = {
  /** Names of the parameters. Default: those that the model trains. */
  readonly only?: readonly string[];
};

/** Names that the model knows, or an error. */
export function chosenNames(
  doing: string,
  params: Params<unknown>,
  trained: readonly string[],
  { only = trained }: ParameterChoice,
): readonly string[] {
  const need = `only must be names of parameters: ${Object.keys(params ?? {}).join(", ")}`;
  if (!Array.isArray(only) || only.length === 0) {
    throw new TypeError(cannot(doing, need, "only", only));
  }
  for (const name of only) {
    if (!Object.hasOwn(params ?? {}, name)) {
      throw new RangeError(cannot(doing, need, "a name", name));
    }
  }
  return [...new Set(only)];
}

/** Refuses an array of another shape than the one that is needed. */
export function checkSides(
  doing: string,
  name: string,
  sides: readonly number[],
  wanted: readonly number[],
): void {
  if (String(sides) === String(wanted)) return;
  const need = `${name} must have the shape [${wanted.join(", ")}]`;
  throw new TypeError(cannot(doing, need, `the shape of ${name}`, sides));
}

/**
 * Multiplies cotangents of the outputs by the transposed Jacobian: the gradient of their inner product.
 *
 * **Definition** `g_θ = sum_{i,u} v[i, u] ∂f_u(x_i)/∂θ`
 *
 * With `v` the derivative of a loss by the outputs this is the gradient of the loss.
 *
 * @param model A model
 * @param params Its parameters
 * @param x Inputs of n samples
 * @param cotangents v, shape `[n, outputs]`; the outputs of several steps side by side
 * @param options `only`: names of parameters, by default those that the model trains
 * @returns one array for each of these parameters, of its shape
 * @throws {TypeError} if the model is none, or shapes or kinds do not fit
 * @throws {RangeError} if a name is not known or an entry not finite
 *
 * @example A linear unit's gradient is its input times the cotangent
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linearNetwork, matrix, vectorJacobianProduct } from "resolvent";
 *
 * const model = linearNetwork({ sizes: [2, 1, 1] });
 * const params = { w1: matrix(2, 1, [1, 1]), w2: matrix(1, 1, [10]) };
 * const x = matrix(1, 2, [3, 4]);
 * const { w1, w2 } = vectorJacobianProduct(model, params, x, matrix(1, 1, [0.5]));
 * assertEquals([...w1.data, ...w2.data], [15, 20, 3.5]);
 * ```
 *
 * Source: Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors.
 */
export function vectorJacobianProduct<I extends InputKind, A extends ArrayKind>(
  model: Model<I>,
  params: Params<A>,
  x: Inputs<I, A>,
  cotangents: A,
  options: ParameterChoice = {},
): Params<A> {
  const doing = "multiply by a transposed Jacobian";
  checkModel(doing, model);
  const trace = model.trace(params, x);
  const ops = operationsOf(doing, trace.output);
  const names = chosenNames(doing, params, model.trained, checkOptions(doing, options));
  ops.check(doing, "cotangents", cotangents);
  checkSides(doing, "cotangents", ops.shape(cotangents), ops.shape(trace.output));
  return gradientsOf(ops, { trace, params, names }, cotangents);
}

/** What is multiplied: a pass, and the parameters that are asked for. */
type Pass<A> = {
  readonly trace: Trace<A>;
  readonly params: Params<A>;
  readonly names: readonly string[];
};

/** The gradients from a pass and the cotangents of its outputs, unchecked. */
export function gradientsOf<A>(
  ops: Ops<A>,
  { trace, params, names }: Pass<A>,
  cotangents: A,
): Params<A> {
  const deltas = trace.pullback(cotangents, names);
  const gradients: Record<string, A> = {};
  trace.uses.forEach(({ name, multiplier, activation }, at) => {
    const delta = deltas[at];
    if (delta === null || !names.includes(name)) return;
    const one = activation === null
      ? ops.scale(ops.columnSums(delta), multiplier)
      : scaledProduct(ops, [activation, multiplier, delta], { transposeA: true });
    gradients[name] = Object.hasOwn(gradients, name) ? ops.add(gradients[name], one) : one;
  });
  for (const name of names) gradients[name] ??= ops.zerosLike(params[name]); // never used
  return gradients;
}

/**
 * Multiplies tangents of the parameters by the Jacobian: the outputs' derivative along them.
 *
 * **Definition** `∂f_u(x_i)/∂θ · t = lim (f_u(x_i; θ + h t) - f_u(x_i; θ)) / h`
 *
 * @param model A model
 * @param params Its parameters
 * @param x Inputs of n samples
 * @param tangents t: arrays of the shapes of some parameters, by name; the others stay
 * @returns shape `[n, outputs]`
 * @throws {TypeError} if the model is none, or shapes or kinds do not fit
 * @throws {RangeError} if a name is not known or an entry not finite
 *
 * @example Moving the first weight of a product
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { jacobianVectorProduct, linearNetwork, matrix } from "resolvent";
 *
 * const model = linearNetwork({ sizes: [2, 1, 1] });
 * const params = { w1: matrix(2, 1, [1, 1]), w2: matrix(1, 1, [10]) };
 * const x = matrix(1, 2, [3, 4]);
 * const moved = jacobianVectorProduct(model, params, x, { w1: matrix(2, 1, [1, 0]) });
 * assertEquals([...moved.data], [30]);
 * ```
 *
 * Source: Wengert (1964), A simple automatic derivative evaluation program.
 */
export function jacobianVectorProduct<I extends InputKind, A extends ArrayKind>(
  model: Model<I>,
  params: Params<A>,
  x: Inputs<I, A>,
  tangents: Params<A>,
): A {
  const doing = "multiply by a Jacobian";
  checkModel(doing, model);
  const trace = model.trace(params, x);
  checkOptions(doing, tangents, "tangents");
  const ops = operationsOf(doing, trace.output);
  for (const name of chosenNames(doing, params, [], { only: Object.keys(tangents) })) {
    ops.check(doing, name, tangents[name]);
    checkSides(doing, `the tangent of ${name}`, ops.shape(tangents[name]), ops.shape(params[name]));
  }
  return trace.pushforward(tangents);
}
