import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { meanInterval, power, requiredSamples, rng } from "resolvent";
import { smallest } from "../../lib/stats/power.ts";
import { tQuantile } from "../../lib/stats/quantiles.ts";

Deno.test("requiredSamples() is the first number at which the half-width fits", () => {
  for (const halfWidth of [0.05, 0.4, 1, 3]) {
    const n = requiredSamples({ sd: 1, halfWidth });
    const half = (size: number) => tQuantile(0.995, size - 1) / Math.sqrt(size);
    assert(half(n) <= halfWidth && (n === 2 || half(n - 1) > halfWidth), `${halfWidth}: ${n}`);
  }
  assertEquals(requiredSamples({ sd: 0, halfWidth: 1 }), 2);
  // the half-widths that the catalogue states: sd 0.02 and n = 8 give 0.025
  assert(requiredSamples({ sd: 0.02, halfWidth: 0.025 }) <= 8);
});

Deno.test("power() is what simulated intervals do", () => {
  const samples = 3000;
  const setting = { n: 8, sd: 2, distance: 2.5 };
  const { data } = rng(11).normal([samples, 8], { mean: 2.5, sd: 2 });
  let above = 0;
  for (let i = 0; i < samples; i++) {
    if (meanInterval(data.slice(8 * i, 8 * i + 8)).interval[0] > 0) above++;
  }
  const expected = power(setting);
  const sd = Math.sqrt(expected * (1 - expected) / samples);
  assertAlmostEquals(above / samples, expected, 4 * sd);
});

Deno.test("power() is half the error rate on the edge, and grows to one", () => {
  for (const n of [2, 8, 100, 2000]) {
    assertAlmostEquals(power({ n, sd: 1, distance: 0 }), 0.005, 1e-6, `n = ${n}`);
    assertAlmostEquals(power({ n, sd: 1, distance: 1e4 }), 1, 1e-3);
  }
  const rising = [0, 0.5, 1, 2].map((distance) => power({ n: 12, sd: 1, distance }));
  assert(rising.every((p, i) => i === 0 || p > rising[i - 1]));
});

Deno.test("smallest() finds the first integer of a property that stays", () => {
  for (const edge of [2, 3, 7, 8, 9, 1000]) assertEquals(smallest((n) => n >= edge, 2), edge);
  assertEquals(smallest(() => false, 2), Infinity);
});

Deno.test("power() and requiredSamples() refuse settings that are out of range", () => {
  assertThrows(
    () => requiredSamples({ sd: 1, halfWidth: 0 }),
    RangeError,
    "Cannot find a number of samples as halfWidth must be a finite number above 0: halfWidth is 0",
  );
  assertThrows(() => power({ n: 1, sd: 1, distance: 1 }), RangeError, "n must be an integer");
  assertThrows(() => power({ n: 8, sd: 0, distance: 1 }), RangeError, "sd must be");
});
