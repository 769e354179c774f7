/**
 * Losses of models on float64 data, with gradients in closed form, as objectives of `train`.
 *
 * @module
 */
import { matrixOps } from "../backend/matrix_ops.ts";
import { cannot, checkChoice, checkOptions } from "../check.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { checkModel, type InputKind, type Inputs, type Model, type Params } from "./kinds.ts";
import { checkSides, gradientsOf } from "./products.ts";

/** Inputs and targets of a loss; the model's inputs and outputs tell their shapes. */
export type LossData<I extends InputKind = "rows"> = {
  /** Inputs: a matrix `[n, inputs]`, or one for each step. */
  readonly x: Inputs<I, Matrix>;
  /** Targets, of the shapes of the outputs. */
  readonly y: Inputs<I, Matrix>;
};

/** A loss as a function of the parameters, to be spread into the options of `train`. */
export type ModelLoss = {
  /** The loss, and its gradient by every parameter: 0 for those that the model does not train. */
  readonly lossAndGradient: (
    params: Params,
  ) => { readonly loss: number; readonly gradient: Params };
};

/** Loss and its derivative by the outputs, from outputs and targets. */
type OutputLoss = (
  output: Matrix,
  target: Matrix,
) => { readonly loss: number; readonly cotangents: Matrix };

/**
 * Makes half the sum, or the mean over samples, of squared errors.
 *
 * **Definition** `c/2 sum_{i, u} (f_u(x_i) - y[i, u])²` with `c = 1` for "sum" and `1/n` for "mean"
 *
 * @param model A model
 * @param data Inputs x, shape `[n, inputs]`, and targets y, shape `[n, outputs]`
 * @param options `reduction`: "sum" (default) or "mean"
 * @returns `{ lossAndGradient(params) }` of float64 parameters; the outputs of all steps count
 * @throws {TypeError} if the model is none or shapes do not fit
 * @throws {RangeError} if the reduction is not known or an entry not finite
 *
 * @example A line through two points
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linearNetwork, matrix, squareLoss } from "resolvent";
 *
 * const model = linearNetwork({ sizes: [1, 1, 1] });
 * const loss = squareLoss(model, { x: matrix(2, 1, [1, 2]), y: matrix(2, 1, [1, 1]) });
 * const at = loss.lossAndGradient({ w1: matrix(1, 1, [1]), w2: matrix(1, 1, [2]) });
 * assertEquals([at.loss, at.gradient.w1.data[0], at.gradient.w2.data[0]], [5, 14, 7]);
 * ```
 *
 * Source: Jacot, Gabriel and Hongler (2018), arXiv:1806.07572, section 3.2 ("mean", the functional cost).
 */
export function squareLoss<I extends InputKind>(
  model: Model<I>,
  data: LossData<I>,
  options: { readonly reduction?: "sum" | "mean" } = {},
): ModelLoss {
  const doing = "measure squared errors";
  const { reduction = "sum" } = checkOptions(doing, options);
  checkChoice(doing, "reduction", reduction, ["sum", "mean"]);
  return objective(doing, { model, data }, (output, target) => {
    const c = reduction === "sum" ? 1 : 1 / output.rows;
    const cotangents = new Float64Array(output.data.length);
    let sum = 0;
    for (let at = 0; at < cotangents.length; at++) {
      const error = output.data[at] - target.data[at];
      cotangents[at] = c * error;
      sum += error * error;
    }
    return { loss: c * sum / 2, cotangents: { ...output, data: cotangents } };
  });
}

/**
 * Makes the mean cross-entropy of softmax outputs, over samples and steps.
 *
 * **Definition** `-(1/(n T)) sum_{i, t, u} y_t[i, u] log(softmax(f_t(x_i))_u)`, T the number of steps, 1
 * for a model of rows
 *
 * @param model A model
 * @param data Inputs x and targets y: rows of probabilities, such as one-hot rows, for each step
 * @returns `{ lossAndGradient(params) }` of float64 parameters
 * @throws {TypeError} if the model is none or shapes do not fit
 * @throws {RangeError} if a row of y has a negative entry or not the sum 1, or an entry is not finite
 *
 * @example Two classes of equal scores cost log 2
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { crossEntropyLoss, linearNetwork, matrix } from "resolvent";
 *
 * const model = linearNetwork({ sizes: [1, 1, 2] });
 * const loss = crossEntropyLoss(model, { x: matrix(1, 1, [1]), y: matrix(1, 2, [1, 0]) });
 * const at = loss.lossAndGradient({ w1: matrix(1, 1, [1]), w2: matrix(1, 2) });
 * assertEquals(at.loss, Math.log(2));
 * assertEquals([...at.gradient.w2.data], [-0.5, 0.5]);
 * ```
 *
 * Source: PyTorch, `CrossEntropyLoss` with its default reduction.
 */
export function crossEntropyLoss<I extends InputKind>(
  model: Model<I>,
  data: LossData<I>,
): ModelLoss {
  const doing = "measure a cross-entropy";
  const steps = Array.isArray(data?.x) ? data.x.length : 1;
  return objective(doing, { model, data, check: checkProbabilities }, (output, target) => {
    const classes = output.cols / steps, rows = output.data.length / classes;
    const cotangents = new Float64Array(output.data.length);
    let sum = 0;
    for (let start = 0; start < cotangents.length; start += classes) {
      let most = -Infinity, total = 0;
      for (let at = start; at < start + classes; at++) most = Math.max(most, output.data[at]);
      for (let at = start; at < start + classes; at++) {
        total += cotangents[at] = Math.exp(output.data[at] - most);
      }
      for (let at = start; at < start + classes; at++) {
        const y = target.data[at];
        if (y > 0) sum += y * (Math.log(total) + most - output.data[at]);
        cotangents[at] = (cotangents[at] / total - y) / rows;
      }
    }
    return { loss: sum / rows, cotangents: { ...output, data: cotangents } };
  });
}

/** Targets as the outputs come: those of several steps side by side. */
export function targetsOf(
  doing: string,
  y: Inputs<InputKind, Matrix>,
  check: (doing: string, target: Matrix) => void = () => {},
): Matrix {
  const list = (Array.isArray(y) ? y : [y]) as readonly Matrix[];
  list.forEach((target) => check(doing, checkMatrix(doing, "y", target)));
  return list.length === 1 ? list[0] : matrixOps.concatColumns(list);
}

/** Refuses rows that are no probabilities. */
function checkProbabilities(doing: string, target: Matrix): void {
  for (let i = 0; i < target.rows; i++) {
    const row = target.data.subarray(i * target.cols, (i + 1) * target.cols);
    const sum = row.reduce((total, y) => total + y, 0);
    if (row.every((y) => y >= 0) && Math.abs(sum - 1) < 1e-9) continue;
    throw new RangeError(cannot(doing, "rows of y must be probabilities", `row ${i}`, row));
  }
}

/** The loss of outputs as one of the parameters. */
function objective<I extends InputKind>(
  doing: string,
  { model, data, check }: {
    readonly model: Model<I>;
    readonly data: LossData<I>;
    readonly check?: (doing: string, target: Matrix) => void;
  },
  lossOf: OutputLoss,
): ModelLoss {
  checkModel(doing, model);
  const { x, y } = checkOptions(doing, data, "data");
  const target = targetsOf(doing, y, check);
  return {
    lossAndGradient: (params) => {
      const trace = model.trace(params, x);
      const { output } = trace;
      checkSides(doing, "y", [target.rows, target.cols], [output.rows, output.cols]);
      const { loss, cotangents } = lossOf(output, target);
      const gradient = gradientsOf(matrixOps, { trace, params, names: model.trained }, cotangents);
      const all = Object.entries(params).map(([name, a]) =>
        [name, gradient[name] ?? matrixOps.zerosLike(a)] as const
      );
      return { loss, gradient: Object.fromEntries(all) };
    },
  };
}
