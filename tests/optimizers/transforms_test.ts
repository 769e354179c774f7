/**
 * Tests of rules for chains.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { clipNorm, linearDecay, matrix, rng, scaleBy } from "resolvent";

Deno.test("clipNorm() shortens what is longer, and leaves the rest as it is", () => {
  const rule = clipNorm(2);
  const long = rng(1).normal([60, 70]); // more entries than one call of Math.hypot takes
  const [short] = rule.update(long, rule.init(long), long);
  const sum = short.data.reduce((total, x) => total + x * x, 0);
  assertAlmostEquals(Math.sqrt(sum), 2, 1e-12);
  assertAlmostEquals(short.data[7] / short.data[9], long.data[7] / long.data[9], 1e-12);
  const [same] = rule.update(matrix(1, 2, [1, -1]), { step: 0 }, matrix(1, 2));
  assertEquals([...same.data], [1, -1]);
  const [huge] = rule.update(matrix(1, 2, [3e200, 4e200]), { step: 0 }, matrix(1, 2));
  assertAlmostEquals(huge.data[1], 1.6, 1e-12);
});

Deno.test("scaleBy() multiplies by a number or a schedule", () => {
  const u = matrix(1, 1, [-4]);
  assertEquals(scaleBy(0.5).update(u, { step: 0 }, u)[0].data[0], -2);
  const rule = scaleBy(linearDecay({ start: 1, steps: 4 }));
  assertEquals(rule.update(u, { step: 3 }, u)[0].data[0], -1);
});

Deno.test("clipNorm() and scaleBy() refuse settings out of range", () => {
  assertThrows(() => clipNorm(0), RangeError, "Cannot clip a gradient as max must be");
  assertThrows(() => scaleBy(-1), RangeError, "Cannot scale an update as factor must be");
});
