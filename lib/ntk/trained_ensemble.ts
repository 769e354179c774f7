/**
 * The law of trained networks of infinite width.
 *
 * @module
 */
import { cannot, checkOptions } from "../check.ts";
import { add, subtract } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { timesRows } from "../linalg/scaling.ts";
import { checkMatrix, checkShapes, type Matrix, matrix } from "../matrix.ts";
import type { NetworkKernels } from "./infinite_width.ts";
import { type FlowOptions, kernelModes } from "./kernel_modes.ts";

/** Both kernels of a network on training and test points. */
export type EnsembleKernels = {
  /** Kernels between the n training points. */
  readonly train: NetworkKernels;
  /** Kernels between the m test points and the training points, shapes `[m, n]`. */
  readonly cross: NetworkKernels;
  /** NNGP kernel between the test points, shape `[m, m]`. */
  readonly test: Pick<NetworkKernels, "nngp">;
};

/** The Gaussian law of the outputs at the test points; outputs are independent of each other. */
export type EnsembleLaw = {
  /** Mean, shape `[m, outputs]`. */
  readonly mean: Matrix;
  /** Covariance of each output between the test points, shape `[m, m]`. */
  readonly covariance: Matrix;
  /** Its diagonal, at least 0, length m. */
  readonly variance: Float64Array;
};

/** A variance below minus this part of the prior's is no rounding. */
const NEGATIVE = 1e-6;

const DOING = "compute the law of trained networks";

/**
 * Gives the law of networks of infinite width that start from the NNGP prior and are trained with
 * their tangent kernel.
 *
 * **Definition** With `A_t = T(x, X) T^-1 (I - exp(-η T t))`, T the tangent kernel and N the NNGP kernel: mean
 * `A_t y`, covariance `N(x, x') + A_t N(X, X) A_t^T - A_t N(X, x') - N(x, X) A_t^T`; with `discrete`
 * `(I - η T)^t` in place of the exponential
 *
 * Eigenvalues of T that rounding does not tell from 0 as in `gradientFlowPrediction`.
 *
 * @param kernels Both kernels on training and test points, as `infiniteWidthKernels` gives them
 * @param targets y at the training points, shape `[n, outputs]`
 * @param options Learning rate, steps or time
 * @returns The law as a function of time, from 0 to Infinity: mean `[m, outputs]`, covariance `[m, m]`, variance
 * @throws {TypeError} if the shapes do not fit
 * @throws {RangeError} if an entry is not finite, the tangent kernel not symmetric or not positive
 * semidefinite, a setting out of range, or a variance comes out negative, as kernels of different
 * networks can make it
 *
 * @example A training point is fitted, and its own spread vanishes
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { infiniteWidthKernels, matrix, trainedEnsemble } from "resolvent";
 *
 * const { kernels } = infiniteWidthKernels({ hiddenLayers: 1, activation: "relu" });
 * const x = matrix(2, 1, [1, -2]);
 * const all = { train: kernels(x), cross: kernels(x, x), test: kernels(x) };
 * const law = trainedEnsemble(all, matrix(2, 1, [3, 5]));
 * assertAlmostEquals(law(0).variance[0], 0.5);
 * assertAlmostEquals(law(Infinity).mean.data[1], 5);
 * assertAlmostEquals(law(Infinity).variance[0], 0);
 * ```
 *
 * Source: Lee and others, arXiv:1902.06720, eqs. 14 and 15. Differs from the paper in the discrete form.
 */
export function trainedEnsemble(
  kernels: EnsembleKernels,
  targets: Matrix,
  options: FlowOptions = {},
): (time: number) => EnsembleLaw {
  const { train, cross, test } = checkKernels(kernels, targets);
  const modes = kernelModes(DOING, train.ntk, options);
  const inModes = matmul(cross.ntk, modes.vectors);
  const ofTargets = matmul(modes.vectors, targets, { transposeA: true });
  // The prior in the eigenbasis of the tangent kernel: V^T N(X, X) V and V^T N(X, x)
  const prior = matmul(matmul(modes.vectors, train.nngp, { transposeA: true }), modes.vectors);
  const priorCross = matmul(modes.vectors, cross.nngp, { transposeA: true, transposeB: true });

  return (time) => {
    const gains = modes.gains(time);
    const moved = matrix(inModes.cols, inModes.rows, transposeTimes(inModes, gains));
    const mean = matmul(inModes, timesRows(ofTargets, gains));
    const spread = matmul(matmul(moved, prior, { transposeA: true }), moved);
    const shared = matmul(moved, priorCross, { transposeA: true });
    const both = add(shared, matmul(priorCross, moved, { transposeA: true }));
    const covariance = subtract(add(test.nngp, spread), both);
    return { mean, covariance, variance: variances(covariance, test.nngp) };
  };
}

/** `diag(factors) A^T`, its entries. */
function transposeTimes({ rows, cols, data }: Matrix, factors: Float64Array): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) out[j * rows + i] = factors[j] * data[i * cols + j];
  }
  return out;
}

/** The diagonal, free of rounding below 0. */
function variances(covariance: Matrix, prior: Matrix): Float64Array {
  return Float64Array.from({ length: covariance.rows }, (_, i) => {
    const at = i * (covariance.rows + 1), variance = covariance.data[at];
    if (variance >= 0) return variance;
    if (variance > -NEGATIVE * Math.abs(prior.data[at])) return 0;
    const need = "the kernels must be those of one network, with no variance below 0";
    throw new RangeError(cannot(DOING, need, `the variance of test point ${i}`, variance));
  });
}

/** Refuses kernels whose shapes do not fit. */
function checkKernels(kernels: EnsembleKernels, targets: Matrix): EnsembleKernels {
  const { train, cross, test } = checkOptions(DOING, kernels, "kernels");
  checkOptions(DOING, train, "train");
  checkOptions(DOING, cross, "cross");
  checkOptions(DOING, test, "test");
  checkMatrix(DOING, "targets", targets);
  const n = targets.rows;
  const parts = [train.nngp, train.ntk, cross.nngp, cross.ntk, test.nngp];
  const names = ["train.nngp", "train.ntk", "cross.nngp", "cross.ntk", "test.nngp"];
  parts.forEach((part, i) => checkMatrix(DOING, names[i], part));
  const m = test.nngp.rows;
  [[n, n], [n, n], [m, n], [m, n], [m, m]].forEach(([rows, cols], i) => {
    const fits = parts[i].rows === rows && parts[i].cols === cols;
    const need = `${names[i]} must have a row and a column for each of its points`;
    checkShapes(DOING, need, fits, parts[i], targets);
  });
  return { train, cross, test };
}
