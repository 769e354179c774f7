/**
 * Linear equations, least squares, and the Cholesky factor.
 *
 * @module
 */
import { checkMatrix, checkShapes, type Matrix } from "../matrix.ts";
import { checkSquare, checkSymmetric } from "./eigh.ts";
import { kernels } from "./provider.ts";
import { normalised, times } from "./scaling.ts";

/**
 * Computes the Cholesky factor of a symmetric positive definite matrix.
 *
 * **Definition** `A = L L^T`, `L` lower triangular with a positive diagonal; of entries that differ
 * by rounding the mean `(A + A^T) / 2` is used.
 *
 * @param a Symmetric positive definite matrix, shape `[n, n]`; n may be 0
 * @returns `L`, shape `[n, n]`
 * @throws {TypeError} if `a` is not a square matrix
 * @throws {RangeError} if an entry is not finite, `a` is not symmetric up to 1e-10 of its largest
 * entry, or a pivot is not positive
 *
 * @example The root of a covariance
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cholesky, matrix } from "resolvent";
 *
 * assertEquals(cholesky(matrix(2, 2, [4, 2, 2, 2])), matrix(2, 2, [2, 0, 1, 1]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 4.2.
 */
export function cholesky(a: Matrix): Matrix {
  const symmetric = checkSymmetric("factor a matrix by Cholesky", a);
  return a.rows === 0 ? symmetric : kernels().cholesky(symmetric);
}

/**
 * Solves linear equations with a square matrix, by elimination with row exchanges.
 *
 * **Definition** The `X` with `A X = B`.
 *
 * @param a Invertible matrix, shape `[n, n]`; n may be 0
 * @param b Right-hand sides as columns, shape `[n, k]`
 * @returns `X`, shape `[n, k]`
 * @throws {TypeError} if `a` is not a square matrix or the rows of `a` and `b` differ
 * @throws {RangeError} if an entry is not finite or a pivot is zero
 *
 * @example Two equations
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, solve } from "resolvent";
 *
 * const x = solve(matrix(2, 2, [0, 2, 1, 0]), matrix(2, 1, [4, 3]));
 * assertEquals(x, matrix(2, 1, [3, 2]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 3.4.
 */
export function solve(a: Matrix, b: Matrix): Matrix {
  const doing = "solve linear equations";
  checkSquare(doing, a);
  checkMatrix(doing, "b", b);
  checkShapes(doing, "a and b must have one number of rows", a.rows === b.rows, a, b);
  if (b.data.length === 0) return b;
  return kernels().solve(a, b);
}

/**
 * Computes the least-squares solution of least norm.
 *
 * **Definition** `X = A^+ B`, the minimiser of `|X|_F` among those of `|A X - B|_F`; singular values
 * up to `max(m, n) 2^-52 s_max` count as zero.
 *
 * @param a Matrix of any rank, shape `[m, n]`; a side may be 0
 * @param b Right-hand sides as columns, shape `[m, k]`
 * @returns `X`, shape `[n, k]`
 * @throws {TypeError} if an argument is not a matrix or the rows of `a` and `b` differ
 * @throws {RangeError} if an entry is not finite
 * @throws {Error} if the iteration does not converge
 *
 * @example The mean as a fit of a constant
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { leastSquares, matrix } from "resolvent";
 *
 * const x = leastSquares(matrix(3, 1, [1, 1, 1]), matrix(3, 1, [1, 2, 6]));
 * assertAlmostEquals(x.data[0], 3, 1e-12);
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 5.5.
 */
export function leastSquares(a: Matrix, b: Matrix): Matrix {
  const doing = "solve least squares";
  checkMatrix(doing, "a", a);
  checkMatrix(doing, "b", b);
  checkShapes(doing, "a and b must have one number of rows", a.rows === b.rows, a, b);
  const empty = { rows: a.cols, cols: b.cols, data: new Float64Array(a.cols * b.cols) };
  if (a.data.length === 0 || b.data.length === 0) return empty;
  const { a: unit, unit: size } = normalised(a);
  const tolerance = Math.max(a.rows, a.cols) * Number.EPSILON;
  const x = kernels().leastSquares(unit, b, tolerance);
  return { ...x, data: times(x.data, 1 / size) };
}
