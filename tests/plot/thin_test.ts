import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
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

Deno.test("visible() stays within a fifth of a pixel of what it leaves out", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 2, maxLength: 60 }),
      (y) => {
        const x = y.map((_, i) => 7 * i);
        const kept = visible({ x, ys: [y] });
        assertEquals([kept[0], kept.at(-1)], [0, y.length - 1]);
        for (let k = 1; k < kept.length; k++) {
          const [from, to] = [kept[k - 1], kept[k]];
          for (let i = from; i <= to; i++) {
            const part = (i - from) / (to - from);
            const gap = Math.abs(y[i] - ((1 - part) * y[from] + part * y[to]));
            assert(gap <= 0.2 + 1e-9, `${gap}`);
          }
        }
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("visible() draws a straight line with its ends alone", () => {
  const x = Array.from({ length: 100 }, (_, i) => i);
  assertEquals(visible({ x, ys: [x, x.map((v) => 3 * v)] }), [0, 99]);
});
