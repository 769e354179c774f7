import { assertAlmostEquals } from "@std/assert";
import { frobeniusNorm, matrix, nuclearNorm, nuclearRank, rng } from "resolvent";
import { testRankLaws } from "./rank_laws.ts";

testRankLaws("nuclearRank", nuclearRank);

Deno.test("nuclearRank() of values known by hand", () => {
  assertAlmostEquals(nuclearRank(matrix(2, 2, [2, 0, 0, 1])), 9 / 5, 1e-14);
  assertAlmostEquals(nuclearRank({ singularValues: Float64Array.of(3, 2, 1) }), 36 / 14, 1e-14);
});

Deno.test("nuclearRank() is the squared ratio of two norms", () => {
  const a = rng(6).normal([12, 7]);
  assertAlmostEquals(nuclearRank(a), (nuclearNorm(a) / frobeniusNorm(a)) ** 2, 1e-12);
});

Deno.test("nuclearRank() of a large Gaussian square is 64/(9 pi^2) of its side", () => {
  // E s over the quarter circle law is 8/(3 pi); at 200 the deviation is below 1 %.
  const n = 200;
  assertAlmostEquals(nuclearRank(rng(7).normal([n, n])) / n, 64 / (9 * Math.PI ** 2), 0.01);
});
