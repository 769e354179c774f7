/**
 * Output weights of a teacher.
 *
 * @module
 */
import { checkInteger, checkOptions } from "../check.ts";
import { matmul } from "../linalg/matmul.ts";
import type { Matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";

/** Sizes of a teacher. */
export type GaussianTeacherOptions = {
  /** Number of features k, an integer of at least 1. */
  readonly features: number;
  /** Number of outputs m, an integer of at least 1. */
  readonly outputs: number;
  /** Rank, an integer from 1 to min(k, m); without it the entries are independent. */
  readonly rank?: number;
};

/**
 * Draws the output weights of a teacher, Gaussian or of low rank.
 *
 * **Definition** `W ~ N(0, 1/k)`; of rank r `W = P Q / sqrt(k r)` with P `[k, r]` and Q `[r, m]`
 * standard normal, which keeps the mean square of an entry at 1/k.
 *
 * @param rng Random key
 * @param options Numbers of features and outputs, rank
 * @returns W, shape `[k, m]`
 * @throws {RangeError} if a size or the rank cannot be used
 * @throws {TypeError} if `rng` is not a random key
 *
 * @example A teacher of one direction
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gaussianTeacher, numericalRank, rng } from "resolvent";
 *
 * const teacher = gaussianTeacher(rng(1), { features: 6, outputs: 4, rank: 1 });
 * assertEquals(numericalRank(teacher), 1);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, section 3.1 (W sharp is our transpose); the rank is
 * ours.
 */
export function gaussianTeacher(rng: Rng, options: GaussianTeacherOptions): Matrix {
  const doing = "draw a teacher";
  checkRng(doing, rng);
  const { features, outputs, rank } = checkOptions(doing, options);
  checkInteger(doing, "features", features, { min: 1 });
  checkInteger(doing, "outputs", outputs, { min: 1 });
  if (rank === undefined) return rng.normal([features, outputs], { sd: Math.sqrt(1 / features) });
  checkInteger(doing, "rank", rank, { min: 1, max: Math.min(features, outputs) });
  const left = rng.fork("left").normal([features, rank]);
  const sd = Math.sqrt(1 / (features * rank));
  return matmul(left, rng.fork("right").normal([rank, outputs], { sd }));
}
