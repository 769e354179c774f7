import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Place } from "../../lib/plot/path.ts";
import { BINS, extremes, LONG, visible } from "../../lib/plot/thin.ts";

Deno.test("extremes() keeps every point of a short series", () => {
  const places = Array.from({ length: LONG }, (_, i) => i / LONG);
  assertEquals(extremes(places, places, places).length, LONG);
});

Deno.test("extremes() keeps both ends and the extremes of every bin of a long series", () => {
  fc.assert(
    fc.property(fc.integer({ min: LONG + 1, max: 3000 }), fc.integer(), (n, seed) => {
      const places = Array.from({ length: n }, (_, i) => i / (n - 1));
      const y = places.map((_, i) => Math.sin(seed + i * i));
      const kept = extremes(places, y, y);
      assert(kept.length <= 2 * BINS + 4);
      assertEquals([kept[0], kept.at(-1)], [0, n - 1]);
      for (let bin = 0; bin < BINS; bin++) {
        const inBin = y.filter((_, i) => Math.floor(places[i] * BINS) === bin);
        const drawn = kept.filter((i) => Math.floor(places[i] * BINS) === bin).map((i) => y[i]);
        assertEquals(
          [Math.min(...drawn), Math.max(...drawn)],
          [Math.min(...inBin), Math.max(...inBin)],
        );
      }
    }),
    { numRuns: 20 },
  );
});

/** Distance of a place from the straight piece between two others, by the area of their triangle. */
function distance([x, y]: Place, [x1, y1]: Place, [x2, y2]: Place): number {
  const [a, b] = [Math.hypot(x - x1, y - y1), Math.hypot(x - x2, y - y2)];
  const c = Math.hypot(x2 - x1, y2 - y1);
  if (a * a >= b * b + c * c || b * b >= a * a + c * c) return Math.min(a, b);
  return Math.abs((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) / c;
}

Deno.test("visible() stays within 0.3 pixels of what it leaves out", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 2, maxLength: 60 }),
      (y) => {
        const places = y.map((value, i): Place => [2 * i, value / 100]);
        const kept = visible(places);
        assertEquals([kept[0], kept.at(-1)], [0, y.length - 1]);
        for (let k = 1; k < kept.length; k++) {
          const [from, to] = [kept[k - 1], kept[k]];
          for (let i = from; i <= to; i++) {
            const gap = distance(places[i], places[from], places[to]);
            assert(gap <= 0.3 + 1e-9, `${gap}`);
          }
        }
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("visible() draws a straight line with its ends alone", () => {
  const places = Array.from({ length: 100 }, (_, i): Place => [i, 3 * i]);
  assertEquals(visible(places), [0, 99]);
});

Deno.test("visible() drops what a steep piece hides, and keeps a corner", () => {
  assertEquals(visible([[0, 0], [0.2, 40], [0, 100]]), [0, 2]);
  assertEquals(visible([[0, 0], [5, 5], [10, 0]]), [0, 1, 2]);
});
