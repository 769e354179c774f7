/**
 * Stable rank: how many directions carry as much as the strongest one.
 *
 * @module
 */
import { frobeniusNorm, spectralNorm } from "./norms.ts";
import { checkMeasured, checkNotZero, type MatrixOrSpectrum } from "./spectrum.ts";

/**
 * Computes the stable rank, the squared ratio of Frobenius norm and spectral norm.
 *
 * **Definition** `st(A) = ‖A‖_F^2 / ‖A‖^2 = sum_i s_i^2 / s_1^2`
 *
 * It does not change with scale, transposition or orthogonal factors, and
 * `1 <= st(A) <= nr(A) <= rank(A)`. Large matrices are measured without a full decomposition.
 *
 * @param a shape `[rows, cols]`, or `{ singularValues }` of length min(rows, cols)
 * @returns A number from 1 to the rank
 * @throws {RangeError} if there are no entries, one is NaN or infinite, or all are zero
 *
 * @example A spike of strength 2 beside one of strength 1
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, stableRank } from "resolvent";
 *
 * assertAlmostEquals(stableRank(matrix(2, 2, [2, 0, 0, 1])), 1.25);
 * ```
 *
 * Source: Rudelson and Vershynin (2007), Sampling from large matrices, doi:10.1145/1255443.1255449;
 * Davis and Drusvyatskiy, arXiv:2512.04299, section 1.
 */
export function stableRank(a: MatrixOrSpectrum): number {
  const doing = "compute a stable rank";
  checkMeasured(doing, a);
  const frobenius = frobeniusNorm(a);
  checkNotZero(doing, frobenius, a);
  // The quotient is at least 1 in exact arithmetic; rounding may leave it just below.
  return Math.max(1, (frobenius / spectralNorm(a)) ** 2);
}
