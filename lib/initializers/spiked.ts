/**
 * Gaussian weights with a few directions of given strength.
 *
 * @module
 */
import { checkInteger, checkList, checkNumber, checkOptions } from "../check.ts";
import { matrixWithSpectrum } from "../data/haar.ts";
import { add, scale } from "../linalg/elementwise.ts";
import type { Matrix } from "../matrix.ts";
import type { Rng } from "../random/types.ts";
import { scaled } from "./scaled.ts";
import { checkWeightShape } from "./weight_shape.ts";

/** Strengths of the spikes, and the scale of all. */
export type SpikedOptions = {
  /** Singular values of the spikes, in units of the bulk, at least 0; at most the smaller side of them. */
  readonly strengths: ArrayLike<number>;
  /** Deviation of an entry of the bulk times the root of rows, above 0; default 1. */
  readonly gain?: number;
};

/**
 * Draws Gaussian weights plus spikes of given strength in random directions.
 *
 * **Definition** `W = gain (G + sum_i strengths_i u_i v_i^T)`: entries of G are N(0, 1 / rows),
 * `u` and `v` are orthonormal, from independent Haar frames. The mean over entries of their variance is
 * `gain^2 (1 + sum_i strengths_i^2 / cols) / rows`.
 *
 * With `g = cols / rows`, the bulk's largest singular value tends to `gain (1 + sqrt(g))`; a spike of
 * strength `t` above `g^(1/4)` leaves it for `gain sqrt((1 + t^2)(g + t^2)) / t`, which is
 * `gain (t + 1/t)` for square weights; a weaker one cannot be seen among the singular values.
 *
 * @param rng Random key; under it the bulk is the draw of `scaled`
 * @param shape `[rows, cols]`, integers of at least 1: units before, units after
 * @param options Strengths of the spikes, and the gain
 * @returns shape `[rows, cols]`
 * @throws {RangeError} if a size, a strength or the gain cannot be used, or there are more spikes than
 * the smaller side
 * @throws {TypeError} if `rng` is not a random key, the shape not a pair, or there is no list of strengths
 *
 * @example A strong spike stands alone
 * ```ts
 * import { assertAlmostEquals, assertLess } from "@std/assert";
 * import { rng, singularValues, spiked } from "resolvent";
 *
 * const s = singularValues(spiked(rng(1), [40, 40], { strengths: [50] }));
 * assertAlmostEquals(s[0], 50, 1);
 * assertLess(s[1], 2.3);
 * ```
 *
 * Source: Benaych-Georges and Nadakuditi (2012), doi:10.1016/j.jmva.2012.04.019, section 3.1; threshold
 * of Baik, Ben Arous and Peche (2005), doi:10.1214/009117905000000233.
 */
export function spiked(
  rng: Rng,
  shape: readonly [rows: number, cols: number],
  options: SpikedOptions,
): Matrix {
  const doing = "draw spiked weights";
  const pair = checkWeightShape(doing, rng, shape);
  const { strengths, gain = 1 } = checkOptions(doing, options);
  const count = checkList(doing, "strengths", strengths).length;
  checkInteger(doing, "the number of strengths", count, { min: 0, max: Math.min(...pair) });
  for (let i = 0; i < count; i++) {
    checkNumber(doing, `strengths[${i}]`, strengths[i], { min: 0 });
  }
  checkNumber(doing, "gain", gain, { above: 0 });
  const bulk = scaled(rng, pair, { gain });
  if (count === 0) return bulk;
  return add(bulk, scale(matrixWithSpectrum(rng.fork("spikes"), pair, strengths), gain));
}
