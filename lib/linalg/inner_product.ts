/**
 * The inner product of matrices.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { checkMatrix, checkShapes, isMatrix, type Matrix } from "../matrix.ts";

/**
 * Computes the inner product of two matrices.
 *
 * **Definition** `<A, B> = sum_ij A[i, j] B[i, j] = tr(A^T B)`; `<A, A>` is the squared Frobenius norm.
 *
 * @param a First matrix, shape `[m, n]`; a side may be 0
 * @param b Second matrix, shape `[m, n]`
 * @returns Any finite number; 0 for matrices without entries
 * @throws {TypeError} if an argument is not a matrix or the shapes differ
 * @throws {RangeError} if an entry or the sum is not finite
 *
 * @example A gradient and the step along its signs
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { innerProduct, matrix } from "resolvent";
 *
 * assertEquals(innerProduct(matrix(1, 2, [3, -2]), matrix(1, 2, [1, -1])), 5);
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 2.3.
 */
export function innerProduct(a: Matrix, b: Matrix): number {
  const doing = "take an inner product";
  const same = isMatrix(a) && isMatrix(b) && a.rows === b.rows && a.cols === b.cols;
  if (!same) checkPair(doing, a, b);
  const sum = dot(a.data, b.data);
  // What is no number in a term stays so in the sum; what else is not finite is overflow.
  if (!Number.isFinite(sum)) {
    checkPair(doing, a, b);
    throw new RangeError(cannot(doing, "the sum must be finite", "the sum", sum));
  }
  return sum;
}

/** The sum of products of entries, whatever it is. */
export function dot(x: Float64Array, y: Float64Array): number {
  // Four sums side by side: one alone waits for each addition to end.
  const n = x.length, whole = n - n % 4;
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (let at = 0; at < whole; at += 4) {
    s0 += x[at] * y[at];
    s1 += x[at + 1] * y[at + 1];
    s2 += x[at + 2] * y[at + 2];
    s3 += x[at + 3] * y[at + 3];
  }
  for (let at = whole; at < n; at++) s0 += x[at] * y[at];
  return (s0 + s1) + (s2 + s3);
}

/** Refuses what are no matrices of one shape with finite entries. */
function checkPair(doing: string, a: Matrix, b: Matrix): void {
  checkMatrix(doing, "a", a);
  checkMatrix(doing, "b", b);
  checkShapes(doing, "both need one shape", a.rows === b.rows && a.cols === b.cols, a, b);
}
