import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bootstrapInterval, meanInterval, rng } from "resolvent";

/** Mean of a sample. */
function mean(sample: Float64Array): number {
  return sample.reduce((sum, x) => sum + x, 0) / sample.length;
}

Deno.test("bootstrapInterval() of a mean is near Student's for many values", () => {
  const values = rng(1).normal(200);
  const drawn = bootstrapInterval(values, rng(2), { statistic: mean });
  const exact = meanInterval(values);
  assertAlmostEquals(drawn.estimate, exact.estimate, 1e-14);
  // an end is a 0.5 % quantile of 2,000 resamples: its own standard deviation is 0.11 of theirs
  const tolerance = 4 * 0.11 / Math.sqrt(200);
  assertAlmostEquals(drawn.interval[0], exact.interval[0], tolerance);
  assertAlmostEquals(drawn.interval[1], exact.interval[1], tolerance);
});

Deno.test("bootstrapInterval() holds the mean of 50 normal values in about 98.5 % of samples", () => {
  const samples = 300;
  let held = 0;
  rng(5).split(samples).forEach((key) => {
    const { interval } = bootstrapInterval(key.normal(50), key.fork("resample"), {
      statistic: mean,
      resamples: 250,
    });
    if (interval[0] <= 0 && 0 <= interval[1]) held++;
  });
  // expected 0.982 to 0.986 (too narrow by √(49/50) and by z for t); sd 0.0072, four of them
  assertAlmostEquals(held / samples, 0.984, 0.029);
});

Deno.test("bootstrapInterval() repeats itself and never leaves the values", () => {
  const options = { statistic: (sample: Float64Array) => Math.max(...sample), resamples: 200 };
  const first = bootstrapInterval([4, 1, 3], rng(1), options);
  assertEquals(bootstrapInterval([4, 1, 3], rng(1), options), first);
  assert(first.interval[0] >= 1 && first.interval[1] <= 4);
  assertEquals(first.n, 3);
});

Deno.test("bootstrapInterval() refuses statistics that are not finite and too few resamples", () => {
  assertThrows(
    () => bootstrapInterval([1, 2], rng(1), { statistic: () => NaN }),
    RangeError,
    "Cannot resample a statistic as the statistic of a resample must be finite: resample 0 is NaN",
  );
  assertThrows(
    () => bootstrapInterval([1, 2], rng(1), { statistic: mean, resamples: 10 }),
    RangeError,
    "resamples must be an integer of at least 100",
  );
});
