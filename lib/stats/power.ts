/**
 * How many values an interval needs, and how often it decides.
 *
 * @module
 */
import { checkInteger, checkNumber, checkOptions } from "../check.ts";
import { checkLevel } from "./intervals.ts";
import { tQuantile } from "./quantiles.ts";
import { logGamma, normalCdf } from "./special.ts";

/**
 * Number of values for which the interval of a mean has a given half-width.
 *
 * **Definition** the smallest `n ≥ 2` with `t(n - 1) * sd / √n ≤ halfWidth`, `t` the
 * `(1 + level)/2` quantile of Student's t.
 *
 * @param options `sd`: expected standard deviation, at least 0; `halfWidth`: positive, in the unit of
 * `sd`; `level`: in (0, 1), default 0.99
 * @returns The number of values, an integer of at least 2; Infinity beyond ten million
 * @throws {RangeError} if an option is out of its range
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example A half-width of one standard deviation at 99 %
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { requiredSamples } from "resolvent";
 *
 * assertEquals(requiredSamples({ sd: 1, halfWidth: 1 }), 11);
 * ```
 *
 * Source: Snedecor and Cochran (1989), Statistical methods, section 4.9 (with t in place of z).
 */
export function requiredSamples(
  options: {
    readonly sd: number;
    readonly halfWidth: number;
    readonly level?: number;
  },
): number {
  const doing = "find a number of samples";
  const { sd, halfWidth, level = 0.99 } = checkOptions(doing, options);
  checkNumber(doing, "sd", sd, { min: 0 });
  checkNumber(doing, "halfWidth", halfWidth, { above: 0 });
  checkLevel(doing, level);
  const fits = (n: number) => tQuantile((1 + level) / 2, n - 1) * sd / Math.sqrt(n) <= halfWidth;
  return smallest(fits, 2);
}

/** Largest number that is looked at: no run has more. */
const MOST = 1e7;

/** Smallest integer of at least `from` at which a property holds that stays true, or Infinity. */
export function smallest(holds: (n: number) => boolean, from: number): number {
  let high = from;
  while (!holds(high)) {
    high *= 2;
    if (high > MOST) return Infinity;
  }
  let low = Math.max(from - 1, Math.floor(high / 2));
  if (high === from) return from;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Probability that the interval of a mean lies wholly on the side of an edge on which the truth is.
 *
 * **Definition** `P(T > t)`, `T` noncentral t with `n - 1` degrees of freedom and noncentrality
 * `distance √n / sd`, `t` the `(1 + level)/2` quantile of Student's t; by integrating
 * `Φ(noncentrality - t u)` over the density of `u = √(χ²/(n - 1))`.
 *
 * @param options `n`: number of values, at least 2; `sd`: standard deviation, positive; `distance`:
 * from the truth to the edge, at least 0, in the unit of `sd`; `level`: in (0, 1), default 0.99
 * @returns A probability in [0, 1]; half of `1 - level` when the truth is on the edge
 * @throws {RangeError} if an option is out of its range
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example Truth on the edge is decided once in two hundred runs
 * ```ts
 * import { assert, assertAlmostEquals } from "@std/assert";
 * import { power } from "resolvent";
 *
 * assertAlmostEquals(power({ n: 8, sd: 1, distance: 0 }), 0.005, 1e-8);
 * assert(power({ n: 8, sd: 1, distance: 3 }) > 0.99);
 * ```
 *
 * Source: Johnson, Kotz and Balakrishnan (1995), Continuous univariate distributions 2, chapter 31.
 */
export function power(
  options: {
    readonly n: number;
    readonly sd: number;
    readonly distance: number;
    readonly level?: number;
  },
): number {
  const doing = "find the power of an interval";
  const { n, sd, distance, level = 0.99 } = checkOptions(doing, options);
  checkInteger(doing, "n", n, { min: 2 });
  checkNumber(doing, "sd", sd, { above: 0 });
  checkNumber(doing, "distance", distance, { min: 0 });
  checkLevel(doing, level);
  const df = n - 1;
  const t = tQuantile((1 + level) / 2, df);
  const noncentrality = distance * Math.sqrt(n) / sd;
  // density of u: 2 (df/2)^(df/2) / Gamma(df/2) u^(df-1) exp(-df u^2/2)
  const scale = Math.log(2) + df / 2 * Math.log(df / 2) - logGamma(df / 2);
  const density = (u: number) =>
    u === 0 ? (df === 1 ? Math.exp(scale) : 0) : Math.exp(
      scale + (df - 1) * Math.log(u) - df * u * u / 2,
    );
  // twelve standard deviations on both sides hold all of it; Simpson's rule
  const from = Math.max(0, 1 - 12 / Math.sqrt(2 * df));
  const to = 1 + 12 / Math.sqrt(2 * df);
  const steps = 2000;
  const h = (to - from) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const u = from + i * h;
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * density(u) * normalCdf(noncentrality - t * u);
  }
  return Math.min(1, Math.max(0, sum * h / 3));
}
