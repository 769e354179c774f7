import { assertAlmostEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { frobeniusNorm, matrix, nuclearRank, rng, singularValues, stableRank } from "resolvent";
import { draw, PROBLEMS, testRankLaws } from "./rank_laws.ts";

testRankLaws("stableRank", stableRank);

/** Rounding of norms that agree to the last few digits. */
const ROUNDING = 1e-12;

Deno.test("stableRank() of values known by hand", () => {
  assertAlmostEquals(stableRank(matrix(2, 2, [2, 0, 0, 1])), 5 / 4, ROUNDING);
  assertAlmostEquals(stableRank(matrix(2, 3, [1, 1, 1, 1, 1, 1])), 1, ROUNDING);
});

Deno.test("stableRank() of I + c 1 1^T has its closed form, below and above 128", () => {
  for (const d of [20, 200]) {
    for (const c of [0, 0.01, 1]) {
      const a = matrix(d, d, (i, j) => (i === j ? 1 : 0) + c);
      const top = (1 + c * d) ** 2;
      assertAlmostEquals(stableRank(a), (d - 1 + top) / top, d * ROUNDING);
    }
  }
});

Deno.test("stableRank() by Lanczos equals that of the singular values", () => {
  const a = rng(5).normal([160, 150]);
  assertAlmostEquals(stableRank(a), stableRank({ singularValues: singularValues(a) }), 1e-9);
  const whole = frobeniusNorm(a) ** 2 / singularValues(a)[0] ** 2;
  assertAlmostEquals(stableRank(a), whole, 1e-9);
});

Deno.test("stableRank() is at most nuclearRank()", () => {
  fc.assert(
    fc.property(PROBLEMS, (problem) => {
      const a = draw(problem);
      assertLessOrEqual(stableRank(a), nuclearRank(a) * (1 + ROUNDING));
    }),
    { seed: 13 },
  );
});
