import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { linearTicks, logTicks, position, spanOf, tickTexts } from "../../lib/plot/ticks.ts";

Deno.test("linearTicks() marks multiples of 1, 2 or 5 times a power of ten", () => {
  assertEquals(linearTicks(0, 10, 5), [0, 2, 4, 6, 8, 10]);
  assertEquals(linearTicks(-0.3, 0.3, 6), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
});

Deno.test("linearTicks() takes a finer step where an axis would have hardly a mark", () => {
  assertEquals(linearTicks(2.97, 3.16, 3), [3, 3.05, 3.1, 3.15]);
});

Deno.test("linearTicks() marks at least two and not too many values of any range", () => {
  fc.assert(fc.property(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    fc.integer({ min: 3, max: 12 }),
    (min, width, count) => {
      const ticks = linearTicks(min, min + width, count);
      assert(ticks.length >= 2 && ticks.length <= 2 * count + 1, `${ticks}`);
      // a part of the range: ticks at its ends are rounded
      const slack = 1e-6 * width + 1e-9 * Math.abs(min);
      assert(ticks.every((tick) => tick >= min - slack && tick <= min + width + slack));
    },
  ));
});

Deno.test("logTicks() marks powers of ten, every second of many, and 1-2-5 in a short range", () => {
  assertEquals(logTicks(1, 1e4, 8), [1, 10, 100, 1000, 1e4]);
  assertEquals(logTicks(1e-6, 1e6, 8), [1e-6, 1e-4, 1e-2, 1, 100, 1e4, 1e6]);
  assertEquals(logTicks(2, 40, 6), [2, 5, 10, 20]);
  assertEquals(logTicks(100, 140, 6), [100, 110, 120, 130, 140]);
});

Deno.test("tickTexts() writes plain numbers, and powers of ten where those would be long", () => {
  assertEquals(tickTexts([-0.5, 0, 0.5]), ["−0.5", "0", "0.5"]);
  assertEquals(tickTexts([1e-5, 2e-5, 1]), ["10⁻⁵", "2×10⁻⁵", "10⁰"]);
});

Deno.test("spanOf() marks the given values where they fit", () => {
  const widths = [256, 384, 512, 768, 1024];
  const options = { log: true, count: 8, pad: 0, prefer: widths };
  assertEquals(spanOf(widths, options).ticks, widths);
  assertEquals(spanOf(widths, { ...options, count: 2 }).ticks.includes(384), false);
});

Deno.test("spanOf() places its ends at 0 and 1, also around a single value", () => {
  for (const log of [false, true]) {
    const span = spanOf([3], { log, count: 5, pad: 0.05 });
    // rounding of one division
    assertAlmostEquals(position(span, span.domain[0]), 0, 1e-12);
    assertAlmostEquals(position(span, span.domain[1]), 1, 1e-12);
    assert(span.domain[0] < 3 && span.domain[1] > 3);
  }
});
