/**
 * Regression with a kernel.
 *
 * @module
 */
import { cannot, checkNumber, checkOptions } from "../check.ts";
import { checkSymmetric } from "../linalg/eigh.ts";
import { matmul } from "../linalg/matmul.ts";
import { cholesky } from "../linalg/solve.ts";
import { checkMatrix, checkShapes, type Matrix, matrix } from "../matrix.ts";

/** How a kernel regression is regularised. */
export type KernelRegressionOptions = {
  /** Number added to the diagonal of the kernel, at least 0; default 0. */
  readonly ridge?: number;
};

/** A kernel regression that has been fitted. */
export type KernelRegression = {
  /** `(K + ridge I)^-1 y`, shape `[n, outputs]`. */
  readonly coefficients: Matrix;
  /** Predictions `[m, outputs]` from the kernel between test and training points, `[m, n]`. */
  readonly predict: (cross: Matrix) => Matrix;
};

const DOING = "fit a kernel regression";

/**
 * Fits targets by a kernel: the limit of gradient flow for a positive definite kernel without ridge.
 *
 * **Definition** `f(x) = K(x, X) (K(X, X) + ridge I)^-1 y`, by Cholesky's factor
 *
 * @param kernel K at the training points, symmetric, shape `[n, n]`
 * @param targets y, shape `[n, outputs]`
 * @param options The ridge
 * @returns Coefficients `[n, outputs]` and predictions `[m, outputs]`
 * @throws {TypeError} if the shapes do not fit
 * @throws {RangeError} if an entry is not finite, the ridge negative, the kernel not symmetric, or kernel
 * and ridge are singular to rounding: a square pivot up to `n 2^-52` of the largest
 *
 * @example Two points and one between them
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { kernelRegression, matrix } from "resolvent";
 *
 * const { predict } = kernelRegression(matrix(2, 2, [2, 1, 1, 2]), matrix(2, 1, [3, 0]));
 * assertAlmostEquals(predict(matrix(1, 2, [2, 1])).data[0], 3);
 * assertAlmostEquals(predict(matrix(1, 2, [1.5, 1.5])).data[0], 1.5);
 * ```
 *
 * Source: Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, algorithm 2.1.
 */
export function kernelRegression(
  kernel: Matrix,
  targets: Matrix,
  options: KernelRegressionOptions = {},
): KernelRegression {
  const symmetric = checkSymmetric(DOING, kernel);
  checkMatrix(DOING, "targets", targets);
  const rows = "kernel and targets must have one number of rows";
  checkShapes(DOING, rows, kernel.rows === targets.rows, kernel, targets);
  const { ridge = 0 } = checkOptions(DOING, options);
  checkNumber(DOING, "ridge", ridge, { min: 0 });
  const n = kernel.rows, regular = symmetric.data.slice();
  for (let i = 0; i < n; i++) regular[i * (n + 1)] += ridge;
  const coefficients = solveByFactor(factor(matrix(n, n, regular)), targets);
  return {
    coefficients,
    predict: (cross) => {
      checkMatrix(DOING, "cross", cross);
      const cols = "cross must have a column for each training point";
      checkShapes(DOING, cols, cross.cols === n, cross, kernel);
      return matmul(cross, coefficients);
    },
  };
}

/** Cholesky's factor of what is positive definite beyond rounding. */
function factor(regular: Matrix): Matrix {
  const n = regular.rows;
  let lower: Matrix;
  try {
    lower = cholesky(regular);
  } catch (error) {
    // The matrix is symmetric and finite: what is left is a pivot that is not positive.
    if (error instanceof RangeError) throw singular("the square of its least pivot", "not above 0");
    throw error;
  }
  let least = Infinity, largest = 0;
  for (let i = 0; i < n; i++) {
    const pivot = lower.data[i * (n + 1)] ** 2;
    least = Math.min(least, pivot);
    largest = Math.max(largest, pivot);
  }
  if (least > n * Number.EPSILON * largest || n === 0) return lower;
  throw singular("the square of its least pivot over the largest", least / largest);
}

/** The error of a kernel that is singular to rounding. */
function singular(name: string, value: unknown): RangeError {
  const need =
    "the kernel with its ridge must be positive definite (give a ridge, drop repeated points, or use gradientFlowPrediction at time Infinity)";
  return new RangeError(cannot(DOING, need, name, value));
}

/** The X with `L L^T X = B`, by rows. */
function solveByFactor({ rows: n, data: l }: Matrix, b: Matrix): Matrix {
  const x = b.data.slice(), many = b.cols;
  function subtract(i: number, j: number, times: number): void {
    for (let k = 0; k < many; k++) x[i * many + k] -= times * x[j * many + k];
  }
  function divide(i: number): void {
    for (let k = 0; k < many; k++) x[i * many + k] /= l[i * n + i];
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) subtract(i, j, l[i * n + j]);
    divide(i);
  }
  for (let i = n - 1; i >= 0; i--) {
    divide(i);
    for (let j = 0; j < i; j++) subtract(j, i, l[i * n + j]);
  }
  return matrix(n, many, x);
}
