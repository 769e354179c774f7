import { assert, assertEquals, assertThrows } from "@std/assert";
import { logSpacedIntegers } from "resolvent";
import fc from "fast-check";

/** Distinct t with 1 + t on the log scale, by sets: the grid grows until enough are met. */
function stepsUpTo(end: number, count: number): number[] {
  for (let parts = count;; parts++) {
    const steps = new Set(
      Array.from({ length: parts }, (_, i) => Math.round((end + 1) ** (i / (parts - 1))) - 1),
    );
    if (steps.size >= count) return [...steps];
  }
}

Deno.test("logSpacedIntegers() of values known by hand", () => {
  assertEquals(logSpacedIntegers(4, { to: 1000 }), [1, 10, 100, 1000]);
  assertEquals(logSpacedIntegers(3, { from: 4, to: 25 }), [4, 10, 25]);
  assertEquals(logSpacedIntegers(2, { from: 7, to: 9 }), [7, 9]);
  assertEquals(logSpacedIntegers(4, { from: 7, to: 10 }), [7, 8, 9, 10]);
});

Deno.test("logSpacedIntegers() equals the search by sets, and the first entries are without gaps", () => {
  for (const to of [400, 101, 401]) {
    const steps = logSpacedIntegers(60, { to }).map((integer) => integer - 1);
    assertEquals(steps, stepsUpTo(to - 1, 60));
    assertEquals(steps.slice(0, 17), Array.from({ length: 17 }, (_, i) => i));
  }
  assertEquals(logSpacedIntegers(60, { to: 400 }).slice(-4), [321, 346, 372, 400]);
});

Deno.test("logSpacedIntegers() gives the number asked for, ascending, with both ends", () => {
  const size = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(size, size, fc.integer({ min: 0, max: 400 }), (from, span, chosen) => {
      const to = from + span, count = 2 + chosen % span;
      const found = logSpacedIntegers(count, { from, to });
      assertEquals([found.length, found[0], found[count - 1]], [count, from, to]);
      assert(found.every((x, i) => Number.isInteger(x) && (i === 0 || x > found[i - 1])));
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("logSpacedIntegers() ends at integers that doubles do not divide", () => {
  const to = 2 ** 53 - 1;
  assertEquals(logSpacedIntegers(7, { from: 3, to })[6], to);
});

Deno.test("logSpacedIntegers() refuses what no integers can meet", () => {
  assertThrows(
    () => logSpacedIntegers(6, { from: 2, to: 6 }),
    RangeError,
    "Cannot space integers on the log scale as there are 5 integers from 2 to 6: count is 6",
  );
  assertThrows(
    () => logSpacedIntegers(1, { to: 6 }),
    RangeError,
    "Cannot space integers on the log scale as count must be an integer of at least 2: count is 1",
  );
  assertThrows(() => logSpacedIntegers(2, { from: 0, to: 6 }), RangeError, "from is 0");
  assertThrows(() => logSpacedIntegers(2, { to: 6.5 }), RangeError, "to is 6.5");
});
