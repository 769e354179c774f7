/**
 * The singular value decomposition.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import type { Svd } from "./kernels.ts";
import { turned } from "./portable_svd.ts";
import { kernels } from "./provider.ts";
import { checkedAndNormalised, times } from "./scaling.ts";

/**
 * Computes the thin singular value decomposition.
 *
 * **Definition** `A = U diag(s) V^T` with `U^T U = V^T V = I_k`, `k = min(m, n)`,
 * `s[0] >= ... >= s[k-1] >= 0`.
 *
 * @param a Matrix, shape `[m, n]`; a side may be 0
 * @returns `u` of shape `[m, k]`, `s` of length k, `v` of shape `[n, k]`
 * @throws {TypeError} if `a` is not a matrix
 * @throws {RangeError} if an entry is not finite
 * @throws {Error} if the iteration does not converge
 *
 * @example A matrix of rank one
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, svd } from "resolvent";
 *
 * const { s } = svd(matrix(2, 2, [3, 3, 4, 4]));
 * assertAlmostEquals(s[0], Math.sqrt(50), 1e-12);
 * assertAlmostEquals(s[1], 0, 1e-12);
 * ```
 *
 * Source: G. H. Golub and C. Reinsch, Singular value decomposition and least squares solutions,
 * Numer. Math. 14 (1970), 403-420.
 */
export function svd(a: Matrix): Svd {
  const doing = "compute a singular value decomposition";
  const { a: unit, unit: size } = checkedAndNormalised(doing, "a", a);
  if (a.data.length === 0) {
    return {
      u: { rows: a.rows, cols: 0, data: new Float64Array(0) },
      s: new Float64Array(0),
      v: { rows: a.cols, cols: 0, data: new Float64Array(0) },
    };
  }
  const { u, s, vt } = kernels().svd(unit);
  return { u, s: times(s, size), v: turned(vt) };
}

/**
 * Computes the singular values alone, which is several times faster than with vectors.
 *
 * **Definition** `s_i = sqrt(lambda_i(A^T A))`, descending, computed from `A` itself.
 *
 * @param a Matrix, shape `[m, n]`; a side may be 0
 * @returns Singular values, length `min(m, n)`, descending, at least 0
 * @throws {TypeError} if `a` is not a matrix
 * @throws {RangeError} if an entry is not finite
 * @throws {Error} if the iteration does not converge
 *
 * @example Singular values of a diagonal matrix
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { diagonal, singularValues } from "resolvent";
 *
 * assertEquals([...singularValues(diagonal([1, -3]))], [3, 1]);
 * ```
 *
 * Source: G. H. Golub and C. Reinsch, Singular value decomposition and least squares solutions,
 * Numer. Math. 14 (1970), 403-420.
 */
export function singularValues(a: Matrix): Float64Array {
  const { a: unit, unit: size } = checkedAndNormalised("compute singular values", "a", a);
  if (a.data.length === 0) return new Float64Array(0);
  return times(kernels().singularValues(unit), size);
}
