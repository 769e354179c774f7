import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { slope } from "resolvent";
import { type MeasuredPoints, seedSlope } from "../../lib/claims/seed_slope.ts";

const POWER = { ...slope({ of: "rank", over: "k", log: true }), over: "k" };
const LINE = { ...slope({ of: "rank", over: "k" }), over: "k" };

/** The slope of the points of seed 3. */
function slopeOf(estimand: typeof LINE, points: MeasuredPoints): number {
  return seedSlope("decide claim x", estimand, points, 3).value;
}

Deno.test("seedSlope() fits lists of numbers and lists of points alike", () => {
  const lists = { k: [1, 2, 4], rank: Float64Array.of(3, 12, 48) };
  assertAlmostEquals(slopeOf(POWER, lists), 2, 1e-12);
  const points = [{ k: 1, rank: 3 }, { k: 2, rank: 12 }, { k: 4, rank: 48 }];
  assertAlmostEquals(slopeOf(POWER, points), 2, 1e-12);
  assertAlmostEquals(slopeOf(LINE, { k: [0, 1, 2], rank: [5, 3, 1] }), -2, 1e-12);
  const kept = seedSlope("decide claim x", LINE, points, 0) as Record<string, unknown>;
  assertEquals([kept.k, kept.rank], [[1, 2, 4], [3, 12, 48]]);
});

Deno.test("seedSlope() names the seed whose points have no slope, and the reason", () => {
  const need = "Cannot decide claim x as every seed must give a slope, or rank over k to fit one: ";
  const cases: readonly (readonly [unknown, string])[] = [
    [
      { k: [1, 2], ranks: [1, 2] },
      'seed index 3 gave {"k":[1, 2],"ranks":[1, 2]} (Cannot fit a line',
    ],
    [{ k: [1, 2], rank: [1] }, "the number of y"],
    [{ k: [1, 1], rank: [1, 2] }, "at least two different values"],
    [{ k: [1, 2], rank: [0, 2] }, "logarithms need positive values: y[0] is 0"],
    [[{ k: 1, rank: 1 }, null], "x[1] is undefined"],
    [[], "seed index 3 gave []"],
  ];
  for (const [points, text] of cases) {
    const error = assertThrows(() => slopeOf(POWER, points as MeasuredPoints), TypeError, need);
    assertEquals(error.message.includes(text), true, error.message);
  }
});
