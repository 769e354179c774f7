/**
 * Intervals that decide: how wide they are, how often they hold the truth, how many values they need.
 *
 * Run: deno run -A examples/stats.ts
 *
 * @module
 */
import {
  bootstrapInterval,
  meanInterval,
  medianInterval,
  power,
  proportionInterval,
  requiredSamples,
  rng,
  slopeFit,
} from "resolvent";

/** Sizes and seed of the example. */
export type Options = {
  /** Number of values of each interval, at least 8. */
  readonly n?: number;
  /** Number of samples by which coverage is simulated. */
  readonly samples?: number;
  /** Root seed. */
  readonly seed?: number;
};

/** What was found for one quantity. */
type Row = {
  readonly quantity: string;
  readonly estimate: number;
  readonly low?: number;
  readonly high?: number;
};

/** Computes one interval of each kind and prints one table; returns its rows. */
export function main({ n = 16, samples = 500, seed = 1 }: Options = {}): readonly Row[] {
  const key = rng(seed);
  const values = key.fork("values").normal(n, { mean: 1, sd: 0.1 });
  const successes = values.filter((value) => value > 0.9).length;
  const rows: Row[] = [
    row("mean, by Student's t", meanInterval(values)),
    row("median, by order statistics", medianInterval(values)),
    row("share above 0.9, by Clopper and Pearson", proportionInterval(successes, n)),
    row("largest value, by the bootstrap", largest(values, key.fork("resample"))),
  ];

  // an exponent is fitted per seed; the exponents of the seeds then have an interval
  const sizes = [128, 256, 512];
  const exponents = key.fork("slopes").split(n).map((one) => {
    const noise = one.normal(sizes.length, { sd: 0.05 });
    return slopeFit(sizes, sizes.map((k, i) => 3 * k * Math.exp(noise[i])), { log: true }).slope;
  });
  rows.push(row("exponent of a law that is linear", meanInterval(exponents)));

  const held = key.fork("coverage").split(samples).filter((one) => {
    const [low, high] = meanInterval(one.normal(n)).interval;
    return low <= 0 && 0 <= high;
  }).length;
  rows.push({ quantity: "coverage of the mean, simulated", estimate: held / samples });
  rows.push({
    quantity: "values for a half-width of half a deviation",
    estimate: requiredSamples({ sd: 1, halfWidth: 0.5 }),
  });
  rows.push({
    quantity: "chance to decide a distance of one deviation",
    estimate: power({ n, sd: 1, distance: 1 }),
  });
  console.table(rows.map((one) => ({
    quantity: one.quantity,
    estimate: rounded(one.estimate),
    low: rounded(one.low),
    high: rounded(one.high),
  })));
  return rows;
}

/** A number with three decimals at most. */
function rounded(x: number | undefined): number | string {
  return x === undefined ? "" : Math.round(1000 * x) / 1000;
}

/** An interval as a row. */
function row(
  quantity: string,
  { estimate, interval: [low, high] }: ReturnType<typeof meanInterval>,
): Row {
  return { quantity, estimate, low, high };
}

/** The largest value with its bootstrap interval. */
function largest(
  values: Float64Array,
  key: ReturnType<typeof rng>,
): ReturnType<typeof meanInterval> {
  return bootstrapInterval(values, key, { statistic: (sample) => Math.max(...sample) });
}

if (import.meta.main) main();
