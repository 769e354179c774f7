import { assertAlmostEquals } from "@std/assert";
import { matmul, matrix, participationRatio, rng } from "resolvent";
import { testRankLaws } from "./rank_laws.ts";

testRankLaws("participationRatio", participationRatio);

Deno.test("participationRatio() of values known by hand", () => {
  assertAlmostEquals(participationRatio(matrix(2, 2, [2, 0, 0, 1])), 25 / 17, 1e-14);
});

Deno.test("participationRatio() is (tr C)^2 / tr C^2", () => {
  const a = rng(8).normal([12, 7]);
  const { data } = matmul(a, a, { transposeA: true });
  const trace = data.reduce((sum, value, at) => sum + (at % 8 === 0 ? value : 0), 0);
  const square = data.reduce((sum, value) => sum + value * value, 0);
  assertAlmostEquals(participationRatio(a), trace ** 2 / square, 1e-12);
});
