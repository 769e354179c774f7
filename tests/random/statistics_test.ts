import { assert, assertLess } from "@std/assert";
import { type Rng, rng } from "resolvent";
import { normalCdf } from "../../lib/stats/special.ts";

/** Every statistic below is a standard normal (or is bounded like one): 4.5 is met once in 150,000. */
const DEVIATIONS = 4.5;
/** Kolmogorov's sqrt(n) D exceeds 2.3 with probability 2 exp(-2 * 2.3^2) = 5e-5. */
const KOLMOGOROV = 2.3;
const N = 200_000;

/** Both ways of drawing a kind of number: the arrays of a key and its stream. */
function draws(key: Rng, kind: "uniform" | "normal"): readonly Float64Array[] {
  const stream = key.stream();
  const array = kind === "uniform" ? key.uniform(N) : key.normal(N);
  return [array, Float64Array.from({ length: N }, () => stream[kind]())];
}

function mean(values: Float64Array, of: (value: number, i: number) => number = (v) => v): number {
  return values.reduce((sum, value, i) => sum + of(value, i), 0) / values.length;
}

/** sqrt(n) times the largest distance between the sample's distribution function and `cdf`. */
function kolmogorov(values: Float64Array, cdf: (value: number) => number): number {
  const sorted = values.slice().sort();
  const distance = sorted.reduce((worst, value, i) => {
    const p = cdf(value);
    return Math.max(worst, p - i / sorted.length, (i + 1) / sorted.length - p);
  }, 0);
  return Math.sqrt(sorted.length) * distance;
}

/** Pearson's statistic against equal counts, as deviations from its expectation. */
function equalCounts(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const expected = total / counts.length;
  const square = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  return (square - freedom) / Math.sqrt(2 * freedom);
}

/** Correlation of two samples of mean 0 and variance 1, times sqrt(n). */
function correlation(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.length) * mean(a, (value, i) => value * b[i]);
}

Deno.test("Rng.uniform() has the moments of the uniform distribution", () => {
  for (const values of draws(rng("uniform moments"), "uniform")) {
    // u^k has mean 1/(k+1) and variance 1/(2k+1) - 1/(k+1)^2.
    for (const k of [1, 2, 3, 8]) {
      const sd = Math.sqrt((1 / (2 * k + 1) - 1 / (k + 1) ** 2) / N);
      assertLess(Math.abs(mean(values, (u) => u ** k) - 1 / (k + 1)), DEVIATIONS * sd);
    }
  }
});

Deno.test("Rng.normal() has the moments of the normal distribution", () => {
  for (const values of draws(rng("normal moments"), "normal")) {
    // z^k for k = 1, 2, 3, 4, 6: mean, and variance E z^(2k) - (E z^k)^2.
    for (const [k, expected, variance] of [[1, 0, 1], [2, 1, 2], [3, 0, 15], [4, 3, 96]]) {
      const sd = Math.sqrt(variance / N);
      assertLess(Math.abs(mean(values, (z) => z ** k) - expected), DEVIATIONS * sd);
    }
    // Beyond 3: probability 0.0026998, a count of 540 with deviation 23.
    const beyond = mean(values, (z) => Math.abs(z) > 3 ? 1 : 0);
    assertLess(Math.abs(beyond - 0.0026998), DEVIATIONS * Math.sqrt(0.0026998 / N));
  }
});

Deno.test("Rng.uniform() and Rng.normal() pass Kolmogorov and Smirnov's test", () => {
  for (const values of draws(rng("uniform ks"), "uniform")) {
    assertLess(kolmogorov(values, (u) => u), KOLMOGOROV);
  }
  for (const values of draws(rng("normal ks"), "normal")) {
    assertLess(kolmogorov(values, normalCdf), KOLMOGOROV);
  }
});

Deno.test("Rng.uniform() fills its lowest bits evenly", () => {
  // The eight lowest of 53 bits, 256 cells of 781: a generator of 32 or 48 bits would leave most empty.
  const counts = new Array(256).fill(0);
  for (const u of rng("low bits").uniform(N)) counts[(u * 2 ** 53) % 256]++;
  assertLess(Math.abs(equalCounts(counts)), DEVIATIONS);
});

Deno.test("Rng.integers() draws every integer of its range as often", () => {
  for (const range of [2, 3, 10, 1000]) {
    const key = rng("integers").fork(range);
    const counts = new Array(range).fill(0);
    for (const k of key.integers(N, { min: -1, max: range - 1 })) counts[k + 1]++;
    // One degree of freedom is skewed: chi-square 20 there, 13 deviations, is as rare as 4.5 elsewhere.
    assertLess(equalCounts(counts), range === 2 ? 13 : DEVIATIONS);
    const stream = key.stream();
    const streamed = new Array(range).fill(0);
    for (let i = 0; i < N; i++) streamed[stream.integer({ max: range })]++;
    assertLess(equalCounts(streamed), range === 2 ? 13 : DEVIATIONS);
  }
});

Deno.test("Rng.integers() is even where a plain remainder would not be", () => {
  // Range 3 * 2^30: the remainder of a 32-bit word would hit the lowest third with probability 1/2.
  const values = rng("biased remainder").integers(N, { max: 3 * 2 ** 30 });
  const low = mean(values, (k) => k < 2 ** 30 ? 1 : 0);
  assertLess(Math.abs(low - 1 / 3), DEVIATIONS * Math.sqrt(2 / 9 / N));
  const wide = rng("wide").integers(N, { max: 3 * 2 ** 51 });
  const third = mean(wide, (k) => k < 2 ** 51 ? 1 : 0);
  assertLess(Math.abs(third - 1 / 3), DEVIATIONS * Math.sqrt(2 / 9 / N));
});

Deno.test("Rng.permutation() and Rng.choice() take every order as often", () => {
  const orders = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const key of rng("orders").split(24_000)) {
    const order = key.permutation(4).join();
    orders.set(order, (orders.get(order) ?? 0) + 1);
    const pair = key.choice(5, { size: 2 }).join();
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  assert(orders.size === 24 && pairs.size === 20);
  assertLess(Math.abs(equalCounts([...orders.values()])), DEVIATIONS);
  assertLess(Math.abs(equalCounts([...pairs.values()])), DEVIATIONS);
});

Deno.test("Rng.fork() and Rng.split() give keys whose draws are uncorrelated", () => {
  const key = rng("independence");
  const own = key.normal(N);
  const [first, second] = key.split(2).map((part) => part.normal(N));
  const [forked, other] = [key.fork("a").normal(N), key.fork("b").normal(N)];
  const uniform = key.uniform(N).map((u) => (u - 0.5) * Math.sqrt(12));
  const stream = key.stream();
  const streamed = Float64Array.from({ length: N }, () => stream.normal());
  const all = [own, first, second, forked, other, uniform, streamed];
  for (let i = 0; i < all.length; i++) {
    for (let j = 0; j < i; j++) {
      assertLess(Math.abs(correlation(all[i], all[j])), DEVIATIONS, `${i}, ${j}`);
      const squares = [all[i], all[j]].map((z) => z.map((v) => v * v - 1));
      // z^2 - 1 has variance 2, of a uniform 0.8: the product's deviation is at most 2.
      assertLess(Math.abs(correlation(squares[0], squares[1])), 2 * DEVIATIONS, `${i}, ${j}`);
    }
  }
});

Deno.test("Rng.split() of neighbouring indices and rng() of neighbouring seeds are uncorrelated", () => {
  const splits = rng("neighbours").split(N / 4).map((key) => key.normal(1)[0]);
  const seeds = Array.from({ length: N / 4 }, (_, seed) => rng(seed).normal(1)[0]);
  for (const list of [splits, seeds]) {
    const values = Float64Array.from(list);
    assertLess(kolmogorov(values, normalCdf), KOLMOGOROV);
    for (const lag of [1, 2, 16]) {
      const ahead = values.slice(lag);
      assertLess(Math.abs(correlation(ahead, values)), DEVIATIONS, `lag ${lag}`);
    }
  }
});

Deno.test("Rng.normal() has no correlation between an entry and the next ones", () => {
  const values = rng("lags").normal(N);
  for (const lag of [1, 2, 3, 4, 1024, 2048]) {
    assertLess(Math.abs(correlation(values.slice(lag), values)), DEVIATIONS, `lag ${lag}`);
  }
});
