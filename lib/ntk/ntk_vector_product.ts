/**
 * Products of the tangent kernel with vectors.
 *
 * @module
 */
import { type ArrayKind, operationsOf } from "../backend/kinds.ts";
import { isTensor, type Tensor, tf } from "../backend/tf.ts";
import { cannot, checkFunction, checkOptions } from "../check.ts";
import type { InputKind, Inputs, Model, Params } from "../models/kinds.ts";
import { checkSides, chosenNames, type ParameterChoice } from "../models/products.ts";
import { derivativesAt, type TensorModel } from "./derivatives.ts";

/** The other samples of a product with the kernel, and the parameters. */
export type NtkProductOptions<X> = ParameterChoice & {
  /** Inputs that the vector belongs to. Default: those of the result. */
  readonly from?: X;
};

/**
 * Multiplies the tangent kernel by a vector, without the kernel.
 *
 * **Definition** `(K v)[i, u] = sum_{j, w} K[(i, u), (j, w)] v[j, w] = J(x) (J(from)ᵀ v)`
 *
 * @param model A model, or on tensors anything with `apply(params, x)`
 * @param params Its parameters
 * @param x Inputs of n samples
 * @param v shape `[n, outputs]`, one row for each sample of `from`
 * @param options Other samples that v belongs to, parameters
 * @returns shape `[n, outputs]`, of the kind of the parameters
 * @throws {TypeError} if the model is none, or shapes or kinds do not fit
 * @throws {RangeError} if a name is not known or an entry not finite
 *
 * @example The second column of a kernel
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linearNetwork, matrix, ntkVectorProduct } from "resolvent";
 *
 * const model = linearNetwork({ sizes: [1, 1, 1] });
 * const params = { w1: matrix(1, 1, [2]), w2: matrix(1, 1, [3]) };
 * const x = matrix(2, 1, [1, 5]);
 * const column = ntkVectorProduct(model, params, x, matrix(2, 1, [0, 1]));
 * assertEquals(column, matrix(2, 1, [65, 325]));
 * ```
 *
 * Source: Novak, Sohl-Dickstein and Schoenholz (2022), arXiv:2206.08720, section 3.2.
 */
export function ntkVectorProduct<I extends InputKind, A extends ArrayKind>(
  model: Model<I> | TensorModel,
  params: Params<A>,
  x: Inputs<I, A>,
  v: A,
  options: NtkProductOptions<Inputs<I, A>> = {},
): A {
  const doing = "multiply by a tangent kernel";
  const { trace, trained } = (model ?? {}) as Partial<Model<I>>;
  checkFunction(doing, "apply of the model", model?.apply);
  const settings = checkOptions(doing, options);
  checkOptions(doing, params, "params");
  const only = chosenNames(doing, params, trained ?? Object.keys(params), settings);
  const ops = operationsOf(doing, params[only[0]]);
  const tensors = isTensor(params[only[0]]);
  if (!trace && !tensors) {
    throw new TypeError(
      cannot(doing, "a kernel of matrices needs a model with a trace", "model", model),
    );
  }
  ops.check(doing, "v", v);
  /** Back to the parameters and forth. */
  function product(): A {
    const there = derivativesAt(ops, { model, params, only }, x);
    const { from } = settings;
    const here = from === undefined ? there : derivativesAt(ops, { model, params, only }, from);
    checkSides(doing, "v", ops.shape(v), [here.n, here.o]);
    return there.push(here.pull(v));
  }
  return tensors ? tf(doing).tidy(() => product() as Tensor) as A : product();
}
