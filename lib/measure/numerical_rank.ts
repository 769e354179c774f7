/**
 * Numerical rank: how many singular values stand above rounding.
 *
 * @module
 */
import { checkNumber, checkOptions } from "../check.ts";
import { isMatrix } from "../matrix.ts";
import { largestOf, type MatrixOrSpectrum, spectrumOf } from "./spectrum.ts";

/** Where a singular value counts as zero. */
export type NumericalRankOptions = {
  /**
   * Part of the largest singular value, in `[0, 1)`; values up to it count as zero. Default: the
   * larger side (of singular values alone: their number) times 2^-52.
   */
  readonly tolerance?: number;
};

/**
 * Counts the singular values above a tolerance.
 *
 * **Definition** `rank(A) = number of i with s_i > tolerance * s_1`
 *
 * @param a shape `[rows, cols]`, or `{ singularValues }` of length min(rows, cols)
 * @param options The tolerance
 * @returns An integer from 0 (for zeros) to min(rows, cols)
 * @throws {RangeError} if there are no entries, one is NaN or infinite, or the tolerance is outside
 * `[0, 1)`
 *
 * @example Two equal rows
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, numericalRank } from "resolvent";
 *
 * assertEquals(numericalRank(matrix(2, 2, [1, 2, 1, 2])), 1);
 * assertEquals(numericalRank(matrix(2, 2, [1, 0, 0, 0.01]), { tolerance: 0.1 }), 1);
 * ```
 *
 * Source: Golub and Van Loan (2013), Matrix Computations, 4th edition, section 5.4; the default is
 * that of NumPy's matrix_rank.
 */
export function numericalRank(a: MatrixOrSpectrum, options: NumericalRankOptions = {}): number {
  const doing = "compute a numerical rank";
  const values = spectrumOf(doing, a);
  const side = isMatrix(a) ? Math.max(a.rows, a.cols) : values.length;
  const { tolerance = side * Number.EPSILON } = checkOptions(doing, options);
  checkNumber(doing, "tolerance", tolerance, { min: 0, below: 1 });
  const edge = tolerance * largestOf(values);
  return values.reduce((count, value) => count + (value > edge ? 1 : 0), 0);
}
