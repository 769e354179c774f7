/**
 * Confidence intervals of a mean, a median and a proportion.
 *
 * @module
 */
import { cannot, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { betaQuantile, tQuantile } from "./quantiles.ts";
import { regularisedBeta } from "./special.ts";
import { checkValues, moments } from "./values.ts";

/** An estimate with its confidence interval. */
export type Interval = {
  /** The estimate. */
  readonly estimate: number;
  /** Lower and upper end. */
  readonly interval: readonly [low: number, high: number];
  /** Nominal level, or the exact coverage where it is known to be higher. */
  readonly coverage: number;
  /** Number of values. */
  readonly n: number;
};

/** Options of an interval. */
export type IntervalOptions = {
  /** Nominal level in (0, 1); default 0.99. */
  readonly level?: number;
};

/**
 * Confidence interval of a mean by Student's t.
 *
 * **Definition** `mean ± t * s / √n`, `t` the `(1 + level)/2` quantile of Student's t with `n - 1`
 * degrees of freedom, `s` the standard deviation with `n - 1` in its denominator.
 *
 * Exact for normal values; tests state its coverage for skewed ones.
 *
 * @param values Independent values, shape `[n]`, at least 2, all finite
 * @param options `level`: nominal level in (0, 1), default 0.99
 * @returns The mean, its interval, the level and `n`
 * @throws {RangeError} if there are fewer than 2 values, one is not finite, or the level is not in (0, 1)
 *
 * @example Three values at 95 %
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { meanInterval } from "resolvent";
 *
 * const { estimate, interval } = meanInterval([1, 2, 3], { level: 0.95 });
 * assertEquals(estimate, 2);
 * assertAlmostEquals(interval[1], 2 + 4.302653 / Math.sqrt(3), 1e-6);
 * ```
 *
 * Source: Student (1908), The probable error of a mean, doi:10.1093/biomet/6.1.1.
 */
export function meanInterval(
  values: ArrayLike<number>,
  options: IntervalOptions = {},
): Interval {
  const level = levelOf("estimate a mean", options);
  checkValues("estimate a mean", "values", values, 2);
  const { mean, sd } = moments(values);
  const n = values.length;
  const half = tQuantile((1 + level) / 2, n - 1) * sd / Math.sqrt(n);
  return { estimate: mean, interval: [mean - half, mean + half], coverage: level, n };
}

/**
 * Confidence interval of a median by order statistics, without an assumption on the distribution.
 *
 * **Definition** `[x(k), x(n+1-k)]` with the largest `k` whose coverage
 * `1 - 2 P(Binomial(n, 1/2) ≤ k - 1)` is at least `level`.
 *
 * @param values Independent values, shape `[n]`, all finite; 99 % needs at least 8 of them
 * @param options `level`: least coverage in (0, 1), default 0.99
 * @returns The sample median, the interval, its exact coverage (at least `level`) and `n`
 * @throws {RangeError} if there are too few values for the level (the error names the number needed),
 * one is not finite, or the level is not in (0, 1)
 *
 * @example Of eight values the interval at 99 % is their range
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { medianInterval } from "resolvent";
 *
 * const { estimate, interval, coverage } = medianInterval([3, 1, 4, 1, 5, 9, 2, 6]);
 * assertEquals(estimate, 3.5);
 * assertEquals(interval, [1, 9]);
 * assertAlmostEquals(coverage, 1 - 2 ** -7);
 * ```
 *
 * Source: Conover (1999), Practical nonparametric statistics, section 3.2.
 */
export function medianInterval(
  values: ArrayLike<number>,
  options: IntervalOptions = {},
): Interval {
  const level = levelOf("estimate a median", options);
  checkValues("estimate a median", "values", values, 1);
  const n = values.length;
  const needed = Math.ceil(1 - Math.log2(1 - level) - 1e-12);
  if (n < needed) {
    throw new RangeError(
      cannot(
        "estimate a median",
        `an interval at ${level} needs at least ${needed} values`,
        "the number of values",
        n,
      ),
    );
  }
  const sorted = Float64Array.from(values).sort();
  let k = 1;
  while (2 * (k + 1) <= n + 1 && medianCoverage(n, k + 1) >= level) k++;
  const middle = Math.floor(n / 2);
  return {
    estimate: n % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
    interval: [sorted[k - 1], sorted[n - k]],
    coverage: medianCoverage(n, k),
    n,
  };
}

/** Coverage of `[x(k), x(n+1-k)]` for the median: the binomial tail as an incomplete beta. */
function medianCoverage(n: number, k: number): number {
  return 1 - 2 * regularisedBeta(0.5, n - k + 1, k);
}

/**
 * Confidence interval of a proportion by Clopper and Pearson: its coverage is never below the level.
 *
 * **Definition** `[B(a; s, n-s+1), B(1-a; s+1, n-s)]`, `a = (1 - level)/2`, `B` the quantile of the
 * beta distribution; 0 and 1 at the ends.
 *
 * @param successes Number of successes, an integer from 0 to `n`
 * @param n Number of independent trials, an integer of at least 1
 * @param options `level`: least coverage in (0, 1), default 0.99
 * @returns The share of successes in [0, 1], its interval, the level and `n`
 * @throws {RangeError} if a count is out of its range or the level is not in (0, 1)
 *
 * @example No success in ten trials at 95 %
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { proportionInterval } from "resolvent";
 *
 * const { estimate, interval } = proportionInterval(0, 10, { level: 0.95 });
 * assertEquals([estimate, interval[0]], [0, 0]);
 * assertAlmostEquals(interval[1], 1 - 0.025 ** (1 / 10), 1e-12);
 * ```
 *
 * Source: Clopper and Pearson (1934), The use of confidence or fiducial limits illustrated in the
 * case of the binomial, doi:10.1093/biomet/26.4.404.
 */
export function proportionInterval(
  successes: number,
  n: number,
  options: IntervalOptions = {},
): Interval {
  const level = levelOf("estimate a proportion", options);
  checkInteger("estimate a proportion", "n", n, { min: 1 });
  checkInteger("estimate a proportion", "successes", successes, { min: 0, max: n });
  const tail = (1 - level) / 2;
  return {
    estimate: successes / n,
    interval: [
      successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
      successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
    ],
    coverage: level,
    n,
  };
}

/**
 * Upper limit at 95 % for the rate of an event that was not seen in `n` independent trials.
 *
 * **Definition** `3/n`, since `(1 - 3/n)^n ≈ e^-3 ≈ 0.05`.
 *
 * @param n Number of independent trials without the event, an integer of at least 1
 * @returns The limit, at most 1
 * @throws {RangeError} if `n` is not an integer of at least 1
 *
 * @example A thousand problems without a violation
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ruleOfThree } from "resolvent";
 *
 * assertEquals(ruleOfThree(1000), 0.003);
 * ```
 *
 * Source: Hanley and Lippman-Hand (1983), If nothing goes wrong, is everything all right?,
 * doi:10.1001/jama.1983.03330370053031.
 */
export function ruleOfThree(n: number): number {
  checkInteger("bound a rate", "n", n, { min: 1 });
  return Math.min(1, 3 / n);
}

/** The level of an interval, checked. */
function levelOf(doing: string, options: IntervalOptions): number {
  const { level = 0.99 } = checkOptions(doing, options);
  checkLevel(doing, level);
  return level;
}

/** Throws unless `level` is a level of confidence. */
export function checkLevel(doing: string, level: number): void {
  checkNumber(doing, "level", level, { above: 0, below: 1 });
}
