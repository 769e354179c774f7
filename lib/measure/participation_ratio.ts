/**
 * Participation ratio: how many directions take part in the variance.
 *
 * @module
 */
import { type MatrixOrSpectrum, relativeSpectrum, sumOf } from "./spectrum.ts";

/**
 * Computes the participation ratio of the squared singular values.
 *
 * **Definition** `PR(A) = (sum_i s_i^2)^2 / sum_i s_i^4 = (tr C)^2 / tr C^2` with `C = A^T A`
 *
 * @param a shape `[rows, cols]`, or `{ singularValues }` of length min(rows, cols)
 * @returns A number from 1 to the rank
 * @throws {RangeError} if there are no entries, one is NaN or infinite, or all are zero
 *
 * @example Singular values 2 and 1
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, participationRatio } from "resolvent";
 *
 * assertAlmostEquals(participationRatio(matrix(2, 2, [2, 0, 0, 1])), 25 / 17);
 * ```
 *
 * Source: Gao, Trautmann, Yu and others (2017), A theory of multineuronal dimensionality, dynamics
 * and measurement, doi:10.1101/214262, eq. 5.
 */
export function participationRatio(a: MatrixOrSpectrum): number {
  const parts = relativeSpectrum("compute a participation ratio", a);
  const squares = sumOf(parts, (part) => part ** 2);
  return Math.max(1, squares ** 2 / sumOf(parts, (part) => part ** 4));
}
