/**
 * Stable rank: how many directions carry as much as the strongest one.
 *
 * @module
 */
import { cannot, checkOptions } from "../check.ts";
import { dot } from "../linalg/inner_product.ts";
import { largestSingularValue } from "../linalg/lanczos.ts";
import { operatorOf } from "../linalg/operator.ts";
import { isMatrix } from "../matrix.ts";
import { frobeniusNorm, spectralNorm } from "./norms.ts";
import { checkMeasured, checkNotZero, type MatrixOrSpectrum } from "./spectrum.ts";

/** How exact a stable rank needs to be. */
export type StableRankOptions = {
  /** Relative error of the spectral norm that is allowed, from 1e-14; as exact as possible by default. */
  readonly tolerance?: number;
};

/** Between these sums of squares neither squares nor products of steps overflow or vanish. */
const SMALLEST = 1e-180, LARGEST = 1e180;

/**
 * Computes the stable rank, the squared ratio of Frobenius norm and spectral norm.
 *
 * **Definition** `st(A) = ‖A‖_F^2 / ‖A‖^2 = sum_i s_i^2 / s_1^2`
 *
 * It does not change with scale, transposition or orthogonal factors, and
 * `1 <= st(A) <= nr(A) <= rank(A)`. Large matrices are measured without a full decomposition.
 *
 * With a tolerance the spectral norm comes from products with vectors whatever the size, by
 * `largestSingularValue`: two passes over the entries per step, a few steps where one singular value
 * stands out and tens where many lie close. It finds the norm from below, so the result is at least
 * st(A), and at most `st(A) / (1 - tolerance)^2`, about twice the tolerance too large, where its
 * estimate of the error holds: where the two leading singular values differ, relatively, by less
 * than the root of the tolerance, the norm may be off by their difference.
 *
 * @param a shape `[rows, cols]`, or `{ singularValues }` of length min(rows, cols)
 * @param options A tolerance, for a matrix only
 * @returns A number from 1 to the rank
 * @throws {RangeError} if there are no entries, one is NaN or infinite, or all are zero, or the
 * tolerance is out of range
 * @throws {TypeError} if singular values are given with a tolerance, or `options` is not a record of settings
 * @throws {Error} if a tolerance is given and 300 steps do not reach it
 *
 * @example A spike of strength 2 beside one of strength 1
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, stableRank } from "resolvent";
 *
 * const a = matrix(2, 2, [2, 0, 0, 1]);
 * assertAlmostEquals(stableRank(a), 1.25);
 * assertAlmostEquals(stableRank(a, { tolerance: 1e-6 }), 1.25, 3e-6);
 * ```
 *
 * Source: Rudelson and Vershynin (2007), Sampling from large matrices, doi:10.1145/1255443.1255449;
 * Davis and Drusvyatskiy, arXiv:2512.04299, section 1.
 */
export function stableRank(a: MatrixOrSpectrum, options: StableRankOptions = {}): number {
  const doing = "compute a stable rank";
  const { tolerance } = checkOptions(doing, options);
  if (tolerance !== undefined && isMatrix(a) && a.data.length > 0) {
    const squares = dot(a.data, a.data);
    // A sum in this range has no entry that is NaN or infinite, and needs no look at the sizes.
    if (squares > SMALLEST && squares < LARGEST) {
      return ratio(Math.sqrt(squares), largestSingularValue(operatorOf(a), { tolerance }));
    }
  }
  checkMeasured(doing, a);
  const frobenius = frobeniusNorm(a);
  checkNotZero(doing, frobenius, a);
  if (tolerance === undefined) return ratio(frobenius, spectralNorm(a));
  if (isMatrix(a)) return ratio(frobenius, largestSingularValue(a, { tolerance }));
  const need = "a tolerance is for matrices, and singular values were given";
  throw new TypeError(cannot(doing, need, "tolerance", tolerance));
}

/** The squared quotient: at least 1 in exact arithmetic, but rounding may leave it just below. */
function ratio(frobenius: number, spectral: number): number {
  return Math.max(1, (frobenius / spectral) ** 2);
}
