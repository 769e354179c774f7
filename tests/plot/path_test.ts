import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Place, shortened, stamped, through } from "../../lib/plot/path.ts";

/** Where the pen is after each step of a path of relative numbers. */
function pen(d: string): Place[] {
  let [x, y] = [0, 0];
  return Array.from(d.matchAll(/([Mml])([^a-zA-Z]*)/g)).flatMap(([, , text]) => {
    const numbers = Array.from(text.matchAll(/-?(?:\d*\.\d+|\d+)/g), Number);
    return numbers.flatMap((dx, i) => {
      if (i % 2 === 1) return [];
      [x, y] = [x + dx, y + numbers[i + 1]];
      return [[x, y] as const];
    });
  });
}

const PLACES = fc.array(
  fc.tuple(
    fc.double({ min: -900, max: 900, noNaN: true }),
    fc.double({ min: -900, max: 900, noNaN: true }),
  ),
  { minLength: 1, maxLength: 30 },
);

Deno.test("through() writes tenths of a pixel without what a reader can do without", () => {
  assertEquals(
    through([[40, 17.52], [42.7, 30], [43.2, 30.5], [43, 30.3]]),
    "M40 17.5l2.7 12.5.5.5-.2-.2",
  );
  assertEquals(through([[0, 0], [10, 0], [10, 5]], true), "M0 0l10 0 0 5z");
  assertEquals(through([[1, 2], [1.01, 2.01]]), "M1 2");
});

Deno.test("through() stays within a twentieth of a pixel, however long the line", () => {
  fc.assert(
    fc.property(PLACES, (places) => {
      const at = pen(through(places));
      // steps that end where they begin are left out
      const ends = places.filter(([x, y], i) => {
        const last = places[i - 1];
        return i === 0 || Math.round(10 * x) !== Math.round(10 * last[0]) ||
          Math.round(10 * y) !== Math.round(10 * last[1]);
      });
      assertEquals(at.length, ends.length);
      at.forEach(([x, y], i) => {
        assertAlmostEquals(x, ends[i][0], 0.05 + 1e-9);
        assertAlmostEquals(y, ends[i][1], 0.05 + 1e-9);
      });
    }),
    { numRuns: 50 },
  );
});

Deno.test("stamped() draws every place once, from left to right", () => {
  assertEquals(stamped([[5, 1], [2, 8.26], [5, 1.01]], "h0"), "M2 8.3h0m3-7.3h0");
  assertEquals(stamped([[5.2, 1.4], [4.8, 0.6]], "h0", true), "M5 1h0");
});

Deno.test("stamped() keeps the places of a cloud within half a pixel", () => {
  fc.assert(
    fc.property(PLACES, (places) => {
      const at = pen(stamped(places, "h0", true));
      for (const [x, y] of places) {
        assert(
          at.some((p) => Math.abs(p[0] - x) <= 0.5 + 1e-9 && Math.abs(p[1] - y) <= 0.5 + 1e-9),
        );
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("shortened() writes each part of a path of absolute lines", () => {
  assertEquals(shortened("M40,17.5L42.7,30L48,33.94Z"), "M40 17.5l2.7 12.5 5.3 3.9z");
  assertEquals(shortened("M0,0L1,1M5,5L6,4"), "M0 0l1 1M5 5l1-1");
});
