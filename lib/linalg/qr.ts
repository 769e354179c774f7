/**
 * The QR decomposition.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import type { Qr } from "./kernels.ts";
import { kernels } from "./provider.ts";
import { checkedAndNormalised, times } from "./scaling.ts";

/**
 * Computes the thin QR decomposition with a diagonal of at least 0.
 *
 * **Definition** `A = Q R` with `Q^T Q = I_k`, `k = min(m, n)`, `R` upper triangular, `R[i, i] >= 0`;
 * unique if `A` has full column rank, so `Q` of a Gaussian matrix is Haar distributed.
 *
 * @param a Matrix, shape `[m, n]`; a side may be 0
 * @returns `q` of shape `[m, k]` and `r` of shape `[k, n]`
 * @throws {TypeError} if `a` is not a matrix
 * @throws {RangeError} if an entry is not finite
 *
 * @example A column becomes a unit vector and its length
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, qr } from "resolvent";
 *
 * const { q, r } = qr(matrix(2, 1, [-3, 4]));
 * assertAlmostEquals(r.data[0], 5, 1e-12);
 * assertAlmostEquals(q.data[0], -0.6, 1e-12);
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 5.2; signs as in
 * F. Mezzadri, How to generate random matrices from the classical compact groups, 2007.
 */
export function qr(a: Matrix): Qr {
  const { a: unit, unit: size } = checkedAndNormalised("compute a QR decomposition", "a", a);
  const k = Math.min(a.rows, a.cols);
  if (k === 0) {
    return {
      q: { rows: a.rows, cols: 0, data: new Float64Array(0) },
      r: { rows: 0, cols: a.cols, data: new Float64Array(0) },
    };
  }
  const { q, r } = kernels().qr(unit);
  for (let i = 0; i < k; i++) {
    if (r.data[i * r.cols + i] >= 0) continue;
    for (let j = i; j < r.cols; j++) r.data[i * r.cols + j] *= -1;
    for (let row = 0; row < q.rows; row++) q.data[row * k + i] *= -1;
  }
  return { q, r: { ...r, data: times(r.data, size) } };
}
