/**
 * The tangent kernel of a network at its parameters.
 *
 * @module
 */
import { type ArrayKind, operationsOf } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import { isTensor, type Tensor, tf } from "../backend/tf.ts";
import { cannot, checkChoice, checkFunction, checkInteger, checkOptions } from "../check.ts";
import type { InputKind, Inputs, Model, Params } from "../models/kinds.ts";
import { chosenNames, type ParameterChoice } from "../models/products.ts";
import { derivativesAt, type TensorModel } from "./derivatives.ts";
import { jacobianKernel, jacobianOf, productsKernel } from "./explicit.ts";
import { layerwiseKernel } from "./layerwise.ts";
import { batches, fromBlocks } from "./samples.ts";

/** How a tangent kernel is computed, of which outputs and parameters. */
export type NtkOptions = ParameterChoice & {
  /** Which of the three; all give the same. Default: "layerwise" where the model has it. */
  readonly method?: "layerwise" | "jacobian" | "products";
  /** All pairs of outputs, or the mean over equal ones. Default: "mean". */
  readonly outputs?: "full" | "mean";
  /** Largest number of samples at once, an integer of at least 1. Default: all. */
  readonly batchSize?: number;
};

const DOING = "compute a tangent kernel";

/**
 * Computes the tangent kernel of a model at its parameters.
 *
 * **Definition** `K[(i, u), (j, v)] = sum_θ ∂f_u(x_i)/∂θ ∂f_v(x'_j)/∂θ` ("full": row `i o + u`, column
 * `j o + v`), or its mean over equal outputs, `(1/o) sum_u K[(i, u), (j, u)]` ("mean")
 *
 * "layerwise" multiplies, parameter by parameter, inner products of what enters it by inner products of
 * what comes back to it: no Jacobian, memory of the kernel and of the activations. "jacobian" makes the
 * Jacobian, memory n o P for P parameters. "products" applies the Jacobian and its transpose to unit
 * vectors. On tensors the last two differentiate automatically, for any `{ apply }`.
 *
 * @param model A model, or on tensors anything with `apply(params, x)`
 * @param params Its parameters
 * @param x1 Inputs of the rows, n1 samples
 * @param x2 Inputs of the columns, n2 samples; left out or null: the same, and the kernel is symmetric
 * @param options Method, outputs, parameters, batch size
 * @returns shape `[n1, n2]`, or `[n1 o, n2 o]` if "full", of the kind of the parameters
 * @throws {TypeError} if the model is none, or shapes or kinds do not fit
 * @throws {RangeError} if a setting is not known or an entry not finite
 *
 * @example A product of two weights: `x x' (w1² + w2²)`
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { empiricalNtk, linearNetwork, matrix } from "resolvent";
 *
 * const model = linearNetwork({ sizes: [1, 1, 1] });
 * const params = { w1: matrix(1, 1, [2]), w2: matrix(1, 1, [3]) };
 * const x = matrix(2, 1, [1, 5]);
 * assertEquals(empiricalNtk(model, params, x), matrix(2, 2, [13, 65, 65, 325]));
 * ```
 *
 * Source: Jacot, Gabriel and Hongler (2018), arXiv:1806.07572, section 4; Novak, Sohl-Dickstein and
 * Schoenholz (2022), arXiv:2206.08720 (the three methods).
 */
export function empiricalNtk<I extends InputKind, A extends ArrayKind>(
  model: Model<I> | TensorModel,
  params: Params<A>,
  x1: Inputs<I, A>,
  x2?: Inputs<I, A> | null,
  options: NtkOptions = {},
): A {
  const { trace, trained } = (model ?? {}) as Partial<Model<I>>;
  checkFunction(DOING, "apply of the model", model?.apply);
  const settings = checkOptions(DOING, options);
  const { outputs = "mean", batchSize = Infinity } = settings;
  const { method = trace ? "layerwise" : "jacobian" } = settings;
  checkChoice(DOING, "method", method, ["layerwise", "jacobian", "products"]);
  checkChoice(DOING, "outputs", outputs, ["full", "mean"]);
  if (batchSize !== Infinity) checkInteger(DOING, "batchSize", batchSize, { min: 1 });
  checkOptions(DOING, params, "params");
  const only = chosenNames(DOING, params, trained ?? Object.keys(params), settings);
  const ops = operationsOf(DOING, params[only[0]]);
  const tensors = isTensor(params[only[0]]);
  if (!trace && (method === "layerwise" || !tensors)) {
    const need = `${tensors ? '"layerwise"' : "a kernel of matrices"} needs a model with a trace`;
    throw new TypeError(cannot(DOING, need, "model", model));
  }
  const block = blockOf(ops, { model, params, only, method, outputs });
  /** The kernel, batch by batch. */
  function whole(): A {
    const first = batches<I, A>(x1, batchSize);
    const same = x2 === undefined || x2 === null;
    const second = same ? first : batches<I, A>(x2, batchSize);
    const kernel = fromBlocks(ops, first.map((a) => second.map((b) => block(a, b))));
    return same ? ops.scale(ops.add(kernel, ops.transpose(kernel)), 0.5) : kernel;
  }
  return tensors ? tf(DOING).tidy(() => whole() as Tensor) as A : whole();
}

/** What a block of the kernel is made from. */
type BlockSettings<I extends InputKind, A> = {
  readonly model: Model<I> | TensorModel;
  readonly params: Params<A>;
  readonly only: readonly string[];
  readonly method: "layerwise" | "jacobian" | "products";
  readonly outputs: "full" | "mean";
};

/** The kernel between two batches. */
function blockOf<I extends InputKind, A extends ArrayKind>(
  ops: Ops<A>,
  settings: BlockSettings<I, A>,
): (a: Inputs<I, A>, b: Inputs<I, A>) => A {
  const { model, params, only, method, outputs } = settings;
  switch (method) {
    case "layerwise":
      return (a, b) => {
        const { trace } = model as Model<I>;
        const first = trace(params, a);
        return layerwiseKernel(ops, {
          first,
          second: a === b ? first : trace(params, b),
          outputs,
          only,
        });
      };
    case "jacobian":
      return (a, b) => {
        // Sample by sample: a pass for one output must not pay for the other samples.
        const at = (x: Inputs<I, A>) =>
          batches<I, A>(x, 1).map((sample) => derivativesAt(ops, settings, sample));
        const [first, second] = [at(a), at(b)];
        const mean = outputs === "mean" ? first[0].o : null;
        return jacobianKernel(ops, [jacobianOf(ops, first), jacobianOf(ops, second)], mean);
      };
    case "products":
      return (a, b) => {
        const pair = [derivativesAt(ops, settings, a), derivativesAt(ops, settings, b)] as const;
        return productsKernel(ops, pair, outputs);
      };
  }
}
