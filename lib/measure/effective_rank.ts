/**
 * Effective rank: the exponential of the entropy of the singular values.
 *
 * @module
 */
import { type MatrixOrSpectrum, relativeSpectrum, sumOf } from "./spectrum.ts";

/**
 * Computes the effective rank of Roy and Vetterli.
 *
 * **Definition** `erank(A) = exp(-sum_i q_i ln q_i)`, `q_i = s_i / sum_j s_j`, with `0 ln 0 = 0`
 *
 * Other authors use the squared singular values, or the trace over the largest eigenvalue, under
 * the same name.
 *
 * @param a shape `[rows, cols]`, or `{ singularValues }` of length min(rows, cols)
 * @returns A number from 1 to the rank; the rank itself when all non-zero singular values are equal
 * @throws {RangeError} if there are no entries, one is NaN or infinite, or all are zero
 *
 * @example Equal singular values count in full
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { effectiveRank, matrix } from "resolvent";
 *
 * assertAlmostEquals(effectiveRank(matrix(3, 3, [5, 0, 0, 0, 5, 0, 0, 0, 0])), 2);
 * ```
 *
 * Source: Roy and Vetterli (2007), The effective rank: a measure of effective dimensionality,
 * EUSIPCO 2007, definition 1.
 */
export function effectiveRank(a: MatrixOrSpectrum): number {
  const parts = relativeSpectrum("compute an effective rank", a);
  const sum = sumOf(parts, (part) => part);
  const entropy = sumOf(parts, (part) => part > 0 ? -part / sum * Math.log(part / sum) : 0);
  return Math.exp(Math.max(0, entropy));
}
