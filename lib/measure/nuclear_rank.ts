/**
 * Nuclear rank: how much larger a spectral step's guarantee is than a gradient step's.
 *
 * @module
 */
import { type MatrixOrSpectrum, relativeSpectrum, sumOf } from "./spectrum.ts";

/**
 * Computes the nuclear rank, the squared ratio of nuclear norm and Frobenius norm.
 *
 * **Definition** `nr(A) = ‖A‖_*^2 / ‖A‖_F^2 = (sum_i s_i)^2 / sum_i s_i^2`
 *
 * The ratio is squared, so that `1 <= st(A) <= nr(A) <= rank(A)`; it does not change with scale,
 * transposition or orthogonal factors.
 *
 * @param a shape `[rows, cols]`, or `{ singularValues }` of length min(rows, cols)
 * @returns A number from 1 to the rank
 * @throws {RangeError} if there are no entries, one is NaN or infinite, or all are zero
 *
 * @example Singular values 2 and 1
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, nuclearRank } from "resolvent";
 *
 * assertAlmostEquals(nuclearRank(matrix(2, 2, [2, 0, 0, 1])), 9 / 5);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, section 1, eq. 1.5.
 */
export function nuclearRank(a: MatrixOrSpectrum): number {
  const parts = relativeSpectrum("compute a nuclear rank", a);
  const sum = sumOf(parts, (part) => part);
  return Math.max(1, sum * sum / sumOf(parts, (part) => part * part));
}
