/**
 * A confidence interval of any statistic by resampling.
 *
 * @module
 */
import { cannot, checkFunction, checkInteger, checkOptions } from "../check.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import { checkLevel, type Interval } from "./intervals.ts";
import { checkValues } from "./values.ts";

/** Options of `bootstrapInterval`. */
export type BootstrapOptions = {
  /** The statistic, a function of a sample of the same length. */
  readonly statistic: (sample: Float64Array) => number;
  /** Number of resamples; default 2000. */
  readonly resamples?: number;
  /** Nominal level in (0, 1); default 0.99. */
  readonly level?: number;
};

/**
 * Confidence interval of any statistic by the percentile bootstrap.
 *
 * **Definition** the `(1 - level)/2` and `(1 + level)/2` quantiles of the statistic over samples drawn
 * with replacement from `values`.
 *
 * Below its level for small samples: no claim is decided by it.
 *
 * @param values Independent values, shape `[n]`, at least 2, all finite
 * @param rng Key of the draws
 * @param options `statistic`: function of a sample; `resamples`: default 2000, at least 100;
 * `level`: in (0, 1), default 0.99
 * @returns The statistic of `values`, the interval, the nominal level and `n`
 * @throws {RangeError} if a value or a resampled statistic is not finite, or an option is out of range
 * @throws {TypeError} if `rng` is not a random key, or `options` no record with a statistic
 *
 * @example The spread of a largest value
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { bootstrapInterval, rng } from "resolvent";
 *
 * const largest = bootstrapInterval([1, 2, 3, 4], rng(1), { statistic: (s) => Math.max(...s) });
 * assertEquals(largest.estimate, 4);
 * assert(largest.interval[0] >= 1 && largest.interval[1] === 4);
 * ```
 *
 * Source: Efron and Tibshirani (1993), An introduction to the bootstrap, section 13.3.
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  rng: Rng,
  options: BootstrapOptions,
): Interval {
  const doing = "resample a statistic";
  const { statistic, resamples = 2000, level = 0.99 } = checkOptions(doing, options);
  checkRng(doing, rng);
  checkFunction(doing, "statistic", statistic);
  checkLevel(doing, level);
  checkInteger(doing, "resamples", resamples, { min: 100 });
  const n = checkValues(doing, "values", values, 2).length;
  const estimate = statistic(Float64Array.from(values));
  const stream = rng.stream();
  const drawn = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    drawn[r] = statistic(
      Float64Array.from({ length: n }, () => values[stream.integer({ max: n })]),
    );
    if (Number.isFinite(drawn[r])) continue;
    throw new RangeError(
      cannot(doing, "the statistic of a resample must be finite", `resample ${r}`, drawn[r]),
    );
  }
  drawn.sort();
  const tail = (1 - level) / 2;
  const interval = [quantileOf(drawn, tail), quantileOf(drawn, 1 - tail)] as const;
  return { estimate, interval, coverage: level, n };
}

/** Quantile of sorted values by linear interpolation between order statistics. */
function quantileOf(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
