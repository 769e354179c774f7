import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { atLeast, atMost, type Criterion, outside, within } from "resolvent";
import { bareCriterion, edgesOf, placeOf, slack } from "../../lib/claims/criterion.ts";

Deno.test("placeOf() follows a table of cases", () => {
  const cases: readonly (readonly [Criterion, readonly [number, number], string])[] = [
    [within(0, 1), [0, 1], "inside"],
    [within(0, 1), [0.2, 0.3], "inside"],
    [within(0, 1), [-0.1, 0.5], "across"],
    [within(0, 1), [-1, 2], "across"],
    [within(0, 1), [1, 2], "across"],
    [within(0, 1), [1.1, 2], "outside"],
    [within(0, 1), [-2, -0.1], "outside"],
    [atLeast(1), [1, 9], "inside"],
    [atLeast(1), [0, 1], "across"],
    [atLeast(1), [0, 0.9], "outside"],
    [atMost(1), [0, 1], "inside"],
    [atMost(1), [1, 2], "across"],
    [atMost(1), [1.1, 2], "outside"],
    [outside(0, 1), [1, 2], "inside"],
    [outside(0, 1), [-2, 0], "inside"],
    [outside(0, 1), [0.1, 0.9], "outside"],
    [outside(0, 1), [0, 0.9], "across"],
    [outside(0, 1), [-1, 2], "across"],
  ];
  for (const [criterion, interval, place] of cases) {
    assertEquals(placeOf(criterion, interval), place, JSON.stringify([criterion, interval]));
  }
});

Deno.test("placeOf() of a point is the sign of slack()", () => {
  const number = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(number, number, number, (a, b, x) => {
      const [low, high] = a < b ? [a, b] : [b, a + 1];
      for (const criterion of [within(low, high), atLeast(a), atMost(a), outside(low, high)]) {
        const place = slack(criterion, x) >= 0 ? "inside" : "outside";
        assertEquals(placeOf(criterion, [x, x]), place);
      }
    }),
    { seed: 1 },
  );
});

Deno.test("edgesOf() and bareCriterion() read a criterion without its reason", () => {
  assertEquals(edgesOf(within(0, 1)), [0, 1]);
  assertEquals(edgesOf(atMost(3)), [3]);
  assertEquals(bareCriterion({ atLeast: 2, why: "because" }), atLeast(2));
  assertEquals(within(0, 1, "because"), { within: [0, 1], why: "because" });
});

Deno.test("criteria refuse edges that are not finite or not in order", () => {
  const text = "Cannot set a criterion as within needs low below high: [low, high] is [1, 1]";
  assertThrows(() => within(1, 1), RangeError, text);
  assertThrows(() => outside(2, 1), RangeError, "outside needs low below high");
  assertThrows(() => atLeast(NaN), RangeError, "atLeast must be a finite number");
  assertThrows(() => bareCriterion({ above: 3 } as never), TypeError, "one of within, atLeast");
});
