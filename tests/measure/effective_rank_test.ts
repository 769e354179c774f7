import { assertAlmostEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { effectiveRank, matrix, nuclearRank } from "resolvent";
import { draw, PROBLEMS, testRankLaws } from "./rank_laws.ts";

testRankLaws("effectiveRank", effectiveRank);

Deno.test("effectiveRank() of values known by hand", () => {
  // q = 2/3, 1/3: exp(2/3 ln 3/2 + 1/3 ln 3) = 3 / 2^(2/3)
  assertAlmostEquals(effectiveRank(matrix(2, 2, [2, 0, 0, 1])), 3 / 2 ** (2 / 3), 1e-14);
  assertAlmostEquals(effectiveRank({ singularValues: Float64Array.of(1, 1, 0) }), 2, 1e-14);
});

Deno.test("effectiveRank() is at least nuclearRank(): Renyi entropies fall with their order", () => {
  fc.assert(
    fc.property(PROBLEMS, (problem) => {
      const a = draw(problem);
      assertLessOrEqual(nuclearRank(a), effectiveRank(a) * (1 + 1e-12));
    }),
    { seed: 14 },
  );
});
