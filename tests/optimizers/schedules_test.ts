/**
 * Tests of schedules.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { constant, cosineDecay, linearDecay, warmup } from "resolvent";

Deno.test("constant() is the same at each step", () => {
  assertEquals([0, 1, 1e6].map(constant(0.3)), [0.3, 0.3, 0.3]);
});

Deno.test("linearDecay() goes in a straight line and stays, also upwards", () => {
  const rate = linearDecay({ start: 0.4, end: 0.2, steps: 4 });
  [0.4, 0.35, 0.3, 0.25, 0.2, 0.2].forEach((r, t) => assertAlmostEquals(rate(t), r, 1e-15));
  assertAlmostEquals(linearDecay({ start: 0, end: 1, steps: 4 })(3), 0.75, 1e-15);
});

Deno.test("cosineDecay() follows half a wave and stays", () => {
  const rate = cosineDecay({ start: 2, steps: 6 });
  const wave = [2, 1 + Math.sqrt(3) / 2, 1.5, 1, 0.5, 1 - Math.sqrt(3) / 2, 0, 0];
  wave.forEach((r, t) => assertAlmostEquals(rate(t), r, 1e-15));
});

Deno.test("warmup() rises to what follows, and follows it from its start", () => {
  const rate = warmup(4, cosineDecay({ start: 1, steps: 10 }));
  for (let t = 0; t < 4; t++) assertLess(rate(t), rate(t + 1));
  assertAlmostEquals(rate(0), 0.2, 1e-15);
  assertEquals([4, 9, 14].map(rate), [0, 5, 10].map(cosineDecay({ start: 1, steps: 10 })));
  assertEquals(warmup(0, 0.5)(0), 0.5);
});

Deno.test("schedules refuse negative values and lengths", () => {
  const refusals = [
    [() => constant(-1), "Cannot make a constant schedule as value must be"],
    [() => linearDecay({ start: -1, steps: 2 }), "start is -1"],
    [() => linearDecay({ start: 1, end: NaN, steps: 2 }), "end is NaN"],
    [
      () => cosineDecay({ start: 1, steps: 0 }),
      "steps must be an integer of at least 1: steps is 0",
    ],
    [() => warmup(1.5, 1), "steps is 1.5"],
    [() => warmup(2, -1), "value is -1"],
  ] as const;
  for (const [make, text] of refusals) assertThrows(make, RangeError, text);
});
