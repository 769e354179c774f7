/**
 * The first-order Taylor expansion of a model in its parameters.
 *
 * @module
 */
import { type ArrayKind, operationsOf } from "../backend/kinds.ts";
import { cannot } from "../check.ts";
import { checkModel, type Model, type Params } from "../models/kinds.ts";
import { checkSides } from "../models/products.ts";

/**
 * Makes the model that is linear in its parameters and agrees with a model at given ones.
 *
 * **Definition** `f(x; θ) + J(x; θ) (θ' - θ)` at parameters `θ'`
 *
 * Its tangent kernel is that of the model at θ, wherever θ' is.
 *
 * @param model A model of rows, such as `mlp(options)`
 * @param params θ, where it is expanded; matrices or tensors, and θ' of the same kind
 * @returns a model with the same parameters
 * @throws {TypeError} if the model is none or the parameters do not fit; from the model if θ' are of
 * other names or shapes than θ
 *
 * @example A product of two weights, expanded at (2, 3)
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linearize, linearNetwork, matrix } from "resolvent";
 *
 * const at = { w1: matrix(1, 1, [2]), w2: matrix(1, 1, [3]) };
 * const line = linearize(linearNetwork({ sizes: [1, 1, 1] }), at);
 * const moved = { w1: matrix(1, 1, [3]), w2: matrix(1, 1, [5]) };
 * assertEquals(line.apply(moved, matrix(1, 1, [1])), matrix(1, 1, [6 + 3 * 1 + 2 * 2]));
 * ```
 *
 * Source: Lee, Xiao et al. (2019), arXiv:1902.06720, equation 3.
 */
export function linearize<A extends ArrayKind>(model: Model, params: Params<A>): Model {
  const doing = "linearize a model";
  checkModel(doing, model);
  if (typeof params !== "object" || params === null) {
    throw new TypeError(cannot(doing, "params must be a record of arrays", "params", params));
  }
  const names = Object.keys(params);
  for (const name of names) operationsOf(doing, params[name]);
  /** What is added to the parameters. */
  function changes<B extends ArrayKind>(others: Params<B>): Params<B> {
    if (String(Object.keys(others ?? {}).sort()) !== String([...names].sort())) {
      const need = `params needs ${names.join(", ")}`;
      throw new TypeError(cannot(doing, need, "the list of names", Object.keys(others ?? {})));
    }
    return Object.fromEntries(names.map((name) => {
      const ops = operationsOf(doing, others[name]);
      const start = params[name] as unknown as B;
      checkSides(doing, name, ops.shape(others[name]), ops.shape(start));
      return [name, ops.subtract(others[name], start)];
    }));
  }
  const trace: Model["trace"] = function traceLine(others, x) {
    const moved = changes(others);
    const base = model.trace(params as unknown as typeof others, x);
    const ops = operationsOf(doing, base.output);
    return { ...base, output: ops.add(base.output, base.pushforward(moved)) };
  };
  return {
    input: model.input,
    trained: model.trained,
    init: model.init,
    apply: (others, x) => trace(others, x).output,
    activations: (_others, x) => model.activations(params as never, x),
    trace,
  };
}
