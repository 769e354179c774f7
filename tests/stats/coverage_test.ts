import { assert, assertAlmostEquals, assertGreaterOrEqual } from "@std/assert";
import { meanInterval, medianInterval, proportionInterval, rng } from "resolvent";
import { logGamma } from "../../lib/stats/special.ts";

/** The numbers of seeds that claims use. */
const SIZES = [8, 12, 16, 32, 50, 100, 400];
/** Simulated samples for each size. */
const SAMPLES = 4000;
/** Standard deviation of a simulated coverage near 0.99: 0.0016. */
const SD = Math.sqrt(0.99 * 0.01 / SAMPLES);
/** Seven sizes at four standard deviations: a correct interval fails once in 2,000 seeds. */
const DEVIATIONS = 4;

/** Share of simulated samples whose interval holds the truth. */
function coverage(
  n: number,
  truth: number,
  draw: (normal: number) => number,
  intervalOf: (values: Float64Array) => { readonly interval: readonly [number, number] },
): number {
  const { data } = rng(2026).fork(n).normal([SAMPLES, n]);
  let held = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const { interval } = intervalOf(data.slice(i * n, (i + 1) * n).map(draw));
    if (interval[0] <= truth && truth <= interval[1]) held++;
  }
  return held / SAMPLES;
}

Deno.test("meanInterval() holds the mean of normal values in 99 % of samples", () => {
  for (const n of SIZES) {
    const held = coverage(n, 3, (z) => 3 + 2 * z, meanInterval);
    assertAlmostEquals(held, 0.99, DEVIATIONS * SD, `n = ${n}`);
  }
});

Deno.test("meanInterval() loses some of its level for very skewed values, less with more of them", () => {
  // squares of normal values (skewness 2.8); coverage from 20,000 to 400,000 samples of another
  // generator with another t quantile, itself exact to 0.001
  const known = [[8, 0.9115], [16, 0.9356], [50, 0.9675], [400, 0.9875]];
  for (const [n, level] of known) {
    const sd = Math.sqrt(level * (1 - level) / SAMPLES);
    assertAlmostEquals(coverage(n, 1, (z) => z * z, meanInterval), level, DEVIATIONS * sd);
  }
});

Deno.test("medianInterval() holds the median as often as it says, for skewed values too", () => {
  for (const n of SIZES) {
    let stated = 0;
    const held = coverage(n, 1, Math.exp, (values) => {
      const found = medianInterval(values);
      stated = found.coverage;
      return found;
    });
    const sd = Math.sqrt(stated * (1 - stated) / SAMPLES);
    assertAlmostEquals(held, stated, DEVIATIONS * sd, `n = ${n}`);
    assertGreaterOrEqual(stated, 0.99);
  }
});

Deno.test("proportionInterval() holds the rate in at least 99 % of samples, by exact sums", () => {
  for (const n of SIZES) {
    const intervals = Array.from({ length: n + 1 }, (_, k) => proportionInterval(k, n).interval);
    for (const p of [0.001, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.999]) {
      let held = 0;
      intervals.forEach(([low, high], k) => {
        if (low <= p && p <= high) held += binomial(n, k, p);
      });
      assert(held >= 0.99 - 1e-12, `n = ${n}, p = ${p}: ${held}`);
    }
  }
});

/** Probability of k successes in n trials of rate p. */
function binomial(n: number, k: number, p: number): number {
  const ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
}
