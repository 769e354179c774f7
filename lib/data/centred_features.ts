/**
 * Features without their means.
 *
 * @module
 */
import { operatorOf } from "../linalg/operator.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";

/**
 * Subtracts from every feature its mean over the samples.
 *
 * **Definition** `B[i, j] = A[i, j] - (1/n) sum_i A[i, j]`
 *
 * @param features A, shape `[n, k]`
 * @returns shape `[n, k]`, with column means of 0 up to rounding
 * @throws {TypeError} if it is not a matrix
 * @throws {RangeError} if an entry is not finite
 *
 * @example Two samples
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { centredFeatures, matrix } from "resolvent";
 *
 * assertEquals(centredFeatures(matrix(2, 2, [1, 5, 3, 5])), matrix(2, 2, [-1, 0, 1, 0]));
 * ```
 *
 * Source: definition; what removes the spike of non-negative features in arXiv:2512.04299, section 2.
 */
export function centredFeatures(features: Matrix): Matrix {
  const { rows, cols, data } = checkMatrix("centre features", "features", features);
  const means = operatorOf(features).applyTransposed(new Float64Array(rows).fill(1 / rows));
  const out = new Float64Array(data.length);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) out[at] = data[at] - means[j];
  }
  return { rows, cols, data: out };
}
