import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { meanInterval, medianInterval, proportionInterval, rng, ruleOfThree } from "resolvent";
import { regularisedBeta } from "../../lib/stats/special.ts";

Deno.test("meanInterval() gives a worked example, and any other level", () => {
  const values = [12.1, 11.8, 12.4, 12.0, 11.9, 12.2, 12.3, 11.7];
  const { estimate, interval, coverage, n } = meanInterval(values);
  const half = 3.4994832973504932 * Math.sqrt(0.06) / Math.sqrt(8); // s^2 = 0.42/7
  assertAlmostEquals(estimate, 12.05, 1e-14);
  assertAlmostEquals(interval[0], 12.05 - half, 1e-12);
  assertAlmostEquals(interval[1], 12.05 + half, 1e-12);
  assertEquals([coverage, n], [0.99, 8]);
  const narrow = meanInterval(values, { level: 0.5 }).interval;
  assert(narrow[0] > interval[0] && narrow[1] < interval[1]);
});

Deno.test("meanInterval() moves and stretches with its values", () => {
  const values = [...rng(3).normal(12)];
  const plain = meanInterval(values).interval;
  const moved = meanInterval(values.map((x) => 5 - 2 * x)).interval;
  assertAlmostEquals(moved[0], 5 - 2 * plain[1], 1e-12);
  assertAlmostEquals(moved[1], 5 - 2 * plain[0], 1e-12);
  assertEquals(meanInterval([2, 2, 2]).interval, [2, 2]);
});

Deno.test("medianInterval() takes the order statistics of printed tables", () => {
  // Conover, table of order statistics for the median at 99 %: n, rank of the lower end
  const ranks = [[8, 1], [12, 2], [16, 3], [32, 9], [50, 16], [100, 37]];
  for (const [n, rank] of ranks) {
    const values = Array.from({ length: n }, (_, i) => i + 1).reverse();
    const { interval, coverage } = medianInterval(values);
    assertEquals(interval, [rank, n + 1 - rank], `n = ${n}`);
    assert(coverage >= 0.99);
    assert(1 - 2 * regularisedBeta(0.5, n - rank, rank + 1) < 0.99, "a shorter pair would do");
  }
});

Deno.test("medianInterval() of eight values is their range at 99.2 %", () => {
  const { interval, coverage, estimate } = medianInterval([8, 1, 7, 2, 6, 3, 5, 4]);
  assertEquals(interval, [1, 8]);
  assertEquals(estimate, 4.5);
  assertAlmostEquals(coverage, 1 - 2 / 256, 1e-15);
  assertEquals(medianInterval([3, 1, 2], { level: 0.7 }).estimate, 2);
});

Deno.test("proportionInterval() agrees with published limits (Clopper-Pearson, 95 %)", () => {
  // Newcombe (1998), Statistics in Medicine 17, table I, method 5
  const table = [[81, 263, 0.2527, 0.3676], [15, 148, 0.0578, 0.1617], [0, 20, 0, 0.1684]];
  table.push([1, 29, 0.0009, 0.1776], [29, 29, 0.8806, 1]);
  for (const [successes, n, low, high] of table) {
    const { interval } = proportionInterval(successes, n, { level: 0.95 });
    assertAlmostEquals(interval[0], low, 5.1e-5);
    assertAlmostEquals(interval[1], high, 5.1e-5);
  }
});

Deno.test("proportionInterval() mirrors when successes and failures change places", () => {
  for (const [successes, n] of [[0, 16], [3, 50], [388, 400], [50, 100]]) {
    const [low, high] = proportionInterval(successes, n).interval;
    const mirrored = proportionInterval(n - successes, n).interval;
    assertAlmostEquals(low, 1 - mirrored[1], 1e-13);
    assertAlmostEquals(high, 1 - mirrored[0], 1e-13);
  }
});

Deno.test("ruleOfThree() is the limit at which twenty runs in one hundred see nothing", () => {
  assertEquals([ruleOfThree(1000), ruleOfThree(2)], [0.003, 1]);
  assertAlmostEquals((1 - ruleOfThree(1000)) ** 1000, 0.05, 5e-4); // e^-3 = 0.0498
});

Deno.test("intervals refuse too few values, values that are not finite, and other levels", () => {
  assertThrows(
    () => medianInterval([1, 2, 3, 4, 5, 6, 7]),
    RangeError,
    "Cannot estimate a median as an interval at 0.99 needs at least 8 values: " +
      "the number of values is 7",
  );
  assertThrows(() => meanInterval([1]), RangeError, "the number of values must be an integer");
  assertThrows(
    () => meanInterval([1, NaN, 2]),
    RangeError,
    "Cannot estimate a mean as every value must be a finite number: values[1] is NaN",
  );
  assertThrows(() => meanInterval([1, 2], { level: 1 }), RangeError, "level is 1");
  assertThrows(() => meanInterval(3 as never), TypeError, "values must be an array of numbers");
  assertThrows(
    () => proportionInterval(11, 10),
    RangeError,
    "Cannot estimate a proportion as successes must be an integer from 0 to 10: successes is 11",
  );
  assertThrows(() => ruleOfThree(0), RangeError, "Cannot bound a rate");
});
