/**
 * Training of a network whose kernel does not change: predictions and residuals at any time.
 *
 * @module
 */
import { checkOptions } from "../check.ts";
import { add, subtract } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { timesRows } from "../linalg/scaling.ts";
import { checkMatrix, checkShapes, type Matrix, matrix } from "../matrix.ts";
import { type FlowOptions, kernelModes } from "./kernel_modes.ts";

/** How the network is trained, and where it starts. */
export type GradientFlowOptions = FlowOptions & {
  /** Outputs f_0 at the training points, shape `[n, outputs]`; default zeros. */
  readonly initial?: Matrix;
};

/** Training with a constant kernel, by one eigendecomposition for all times. */
export type GradientFlow = {
  /** Eigenvalues of the kernel, descending, length n; 0 where rounding does not tell them from 0. */
  readonly eigenvalues: Float64Array;
  /** Its eigenvectors in the same order, as columns, shape `[n, n]`. */
  readonly vectors: Matrix;
  /** Rate of decay of the residual along each, per unit of time or per step, length n. */
  readonly rates: Float64Array;
  /** Residual `f_t - y` at the training points, shape `[n, outputs]`. */
  readonly residual: (time: number) => Matrix;
  /** The residual along each eigenvector, shape `[n, outputs]`. */
  readonly components: (time: number) => Matrix;
  /**
   * Outputs at test points by time, from the kernel between these and the training points, `[m, n]`,
   * and the initial outputs at the test points, `[m, outputs]`, zeros by default.
   */
  readonly predict: (cross: Matrix, initial?: Matrix) => (time: number) => Matrix;
};

const DOING = "predict gradient flow";

/**
 * Predicts the training of a network with a constant kernel under half the sum of squared errors.
 *
 * **Definition** `f_t(x) = f_0(x) + K(x, X) K^-1 (I - exp(-η K t)) (y - f_0(X))`, `t` any time from 0 to
 * Infinity; with `discrete` `(I - η K)^t` in place of the exponential, `t` a number of steps
 *
 * Along an eigenvector of eigenvalue λ the factor is `(1 - exp(-η λ t)) / λ`, computed without
 * cancellation and without an inverse. Eigenvalues up to `n 2^-52` of the largest count as 0: along these
 * nothing is learnt, and at Infinity the prediction is that of least norm.
 *
 * @param kernel K at the training points, symmetric and positive semidefinite, shape `[n, n]`
 * @param targets y, shape `[n, outputs]`
 * @param options Learning rate, steps or time, initial outputs
 * @returns Eigenvalues, rates, and functions of time: residual, components, predictions
 * @throws {TypeError} if the shapes do not fit
 * @throws {RangeError} if an entry is not finite, the kernel not symmetric or not positive semidefinite,
 * a setting out of range, or steps go to Infinity with a learning rate of 2 / λ_max or more
 *
 * @example One training point, and a test point half as near
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { gradientFlowPrediction, matrix } from "resolvent";
 *
 * const flow = gradientFlowPrediction(matrix(1, 1, [2]), matrix(1, 1, [3]));
 * const at = flow.predict(matrix(1, 1, [1]));
 * assertAlmostEquals(flow.residual(1).data[0], -3 * Math.exp(-2));
 * assertAlmostEquals(at(1).data[0], 1.5 * (1 - Math.exp(-2)));
 * assertAlmostEquals(at(Infinity).data[0], 1.5);
 * ```
 *
 * Source: Jacot, Gabriel and Hongler, arXiv:1806.07572, section 5; Lee and others, arXiv:1902.06720,
 * eqs. 8 to 11. Differs from both in the discrete form.
 */
export function gradientFlowPrediction(
  kernel: Matrix,
  targets: Matrix,
  options: GradientFlowOptions = {},
): GradientFlow {
  checkMatrix(DOING, "kernel", kernel);
  checkMatrix(DOING, "targets", targets);
  const rows = "kernel and targets must have one number of rows";
  checkShapes(DOING, rows, kernel.rows === targets.rows, kernel, targets);
  const { initial } = checkOptions(DOING, options);
  if (initial !== undefined) checkInitial(initial, targets);
  const modes = kernelModes(DOING, kernel, options);
  const start = initial === undefined
    ? matrix(targets.rows, targets.cols, targets.data.map((y) => 0 - y))
    : subtract(initial, targets);
  const along = matmul(modes.vectors, start, { transposeA: true });

  function components(time: number): Matrix {
    const learnt = modes.learnt(time);
    return checkMatrix(DOING, "the residual", timesRows(along, learnt.map((part) => 1 - part)));
  }
  return {
    eigenvalues: modes.eigenvalues,
    vectors: modes.vectors,
    rates: modes.rates,
    components,
    residual: (time) => matmul(modes.vectors, components(time)),
    predict: (cross, initialAtTest) => {
      checkMatrix(DOING, "cross", cross);
      const cols = "cross must have a column for each training point";
      checkShapes(DOING, cols, cross.cols === kernel.rows, cross, kernel);
      const zeros = matrix(cross.rows, targets.cols);
      const from = initialAtTest ?? zeros;
      checkInitial(from, zeros);
      const inModes = matmul(cross, modes.vectors);
      return (time) => {
        const gains = modes.gains(time).map((gain) => -gain);
        const moved = checkMatrix(DOING, "the prediction", timesRows(along, gains));
        return add(from, matmul(inModes, moved));
      };
    },
  };
}

/** Refuses initial outputs of another shape. */
function checkInitial(initial: Matrix, outputs: Matrix): void {
  checkMatrix(DOING, "initial", initial);
  const same = initial.rows === outputs.rows && initial.cols === outputs.cols;
  checkShapes(DOING, "initial outputs must have the shape of the outputs", same, initial, outputs);
}
