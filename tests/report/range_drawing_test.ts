import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Criterion } from "../../lib/claims/criterion.ts";
import { rangeDrawing } from "../../lib/report/range_drawing.ts";

function numbers(svg: string, pattern: RegExp): readonly number[] {
  return Array.from(svg.matchAll(pattern), ([, value]) => Number(value));
}

Deno.test("rangeDrawing() puts band, bar and dot on one scale", () => {
  const svg = rangeDrawing({ estimate: 1, interval: [0, 2], criterion: { within: [0, 1] } });
  // a scale from 0 to 2 over the middle 76 % of 144
  const at = (value: number) => 144 * (0.12 + 0.38 * value);
  assertAlmostEquals(numbers(svg, /cx="([\d.]+)"/g)[0], at(1), 0.06);
  assertAlmostEquals(numbers(svg, /class="bar" x1="([\d.]+)"/g)[0], at(0), 0.06);
  assertAlmostEquals(
    numbers(svg, /class="allowed" x="[\d.]+" y="3" width="([\d.]+)"/g)[0],
    54.7,
    0.1,
  );
});

Deno.test("rangeDrawing() draws both sides of an outside criterion to the edge", () => {
  const svg = rangeDrawing({ estimate: 0, interval: [-1, 1], criterion: { outside: [-1, 1] } });
  assertEquals(numbers(svg, /class="allowed" x="([\d.]+)"/g)[0], 0);
  assertEquals(svg.split('class="allowed"').length - 1, 2);
});

Deno.test("rangeDrawing() is empty without an estimate", () => {
  assertEquals(rangeDrawing({ estimate: null, interval: null, criterion: { atLeast: 0 } }), "");
});

Deno.test("rangeDrawing() stays in its box and keeps the order of numbers for any verdict", () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(fc.property(number, number, number, number, (a, b, c, edge) => {
    const [low, estimate, high] = [a, b, c].sort((x, y) => x - y);
    for (const criterion of [{ atLeast: edge }, { atMost: edge }] as readonly Criterion[]) {
      const svg = rangeDrawing({ estimate, interval: [low, high], criterion });
      const [left] = numbers(svg, /class="bar" x1="([^"]+)"/g);
      const [right] = numbers(svg, /class="bar" x1="[^"]+" x2="([^"]+)"/g);
      const [dot] = numbers(svg, /cx="([^"]+)"/g);
      assert(left >= 0 && left <= dot && dot <= right && right <= 144, svg);
    }
  }));
});
