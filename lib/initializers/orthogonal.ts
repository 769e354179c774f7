/**
 * Weights that keep lengths.
 *
 * @module
 */
import { checkNumber, checkOptions } from "../check.ts";
import { haarMatrix } from "../data/haar.ts";
import { scale } from "../linalg/elementwise.ts";
import type { Matrix } from "../matrix.ts";
import type { Rng } from "../random/types.ts";
import { checkWeightShape } from "./weight_shape.ts";

/** The length that orthogonal weights give to a unit vector. */
export type OrthogonalOptions = {
  /** Every singular value, above 0; default 1. */
  readonly gain?: number;
};

/**
 * Draws weights whose singular values are all the gain.
 *
 * **Definition** `W = gain Q`, `Q` of `haarMatrix`: orthonormal columns, or rows if there are fewer;
 * entries have mean 0 and variance `gain^2 / max(rows, cols)`
 *
 * @param rng Random key
 * @param shape `[rows, cols]`, integers of at least 1: units before, units after
 * @param options The gain
 * @returns shape `[rows, cols]`
 * @throws {RangeError} if a size or the gain cannot be used
 * @throws {TypeError} if `rng` is not a random key or the shape not a pair
 *
 * @example Every singular value is the gain
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { orthogonal, rng, singularValues } from "resolvent";
 *
 * const s = singularValues(orthogonal(rng(1), [3, 5], { gain: 2 }));
 * s.forEach((value) => assertAlmostEquals(value, 2, 1e-12));
 * ```
 *
 * Source: Saxe, McClelland and Ganguli, arXiv:1312.6120, section 3; Mezzadri, arXiv:math-ph/0609050
 * (the draw).
 */
export function orthogonal(
  rng: Rng,
  shape: readonly [rows: number, cols: number],
  options: OrthogonalOptions = {},
): Matrix {
  const doing = "draw orthogonal weights";
  const pair = checkWeightShape(doing, rng, shape);
  const { gain = 1 } = checkOptions(doing, options);
  checkNumber(doing, "gain", gain, { above: 0 });
  return scale(haarMatrix(rng, pair), gain);
}
