import { assertAlmostEquals, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import {
  embeddedTokenBound,
  embeddedTokens,
  rng,
  scale,
  stableRank,
  stableRankBound,
} from "resolvent";

Deno.test("stableRankBound() is the paper's table", () => {
  assertAlmostEquals(stableRankBound("abs"), 1.571, 5e-4);
  assertAlmostEquals(stableRankBound("relu"), 3.142, 5e-4);
  assertAlmostEquals(stableRankBound({ name: "leakyRelu", slope: 0.1 }), 3.9173, 5e-5);
  assertEquals(stableRankBound({ name: "leakyRelu", slope: -1 }), stableRankBound("abs"));
  assertEquals(stableRankBound("relu2"), 6);
  assertAlmostEquals(stableRankBound("gelu"), 4 * Math.PI, 1e-14);
  assertAlmostEquals(stableRankBound("gelu", { smallestVariance: 0.5 }), 6 * Math.PI, 1e-14);
  for (const none of ["identity", "tanh", "swiglu", "silu", "sigmoid", "square"] as const) {
    assertEquals(stableRankBound(none), Infinity);
  }
  assertEquals(stableRankBound(Math.abs), Infinity);
});

Deno.test("embeddedTokenBound() bounds embedded tokens whose lengths lie within the spread", () => {
  const counts = [50, 30, 10, 5, 3, 2];
  for (const key of rng("embeddings").split(50)) {
    const embedding = scale(key.normal([6, 64]), 1 / 8);
    const squares = counts.map((_, i) =>
      embedding.data.slice(64 * i, 64 * (i + 1)).reduce((sum, value) => sum + value * value, 0)
    );
    const spread = Math.max(...squares.map((square) => Math.abs(square - 1)));
    const bound = embeddedTokenBound(0.5, { spread });
    assertLessOrEqual(stableRank(embeddedTokens(embedding, counts)), bound);
  }
});

Deno.test("the bounds refuse values out of range", () => {
  assertThrows(
    () => embeddedTokenBound(0, { spread: 0.1 }),
    RangeError,
    "largestShare must be a finite number above 0 and at most 1: largestShare is 0",
  );
  assertThrows(() => embeddedTokenBound(0.5, { spread: 1 }), RangeError, "spread is 1");
  assertThrows(
    () => stableRankBound("gelu", { smallestVariance: 0 }),
    RangeError,
    "smallestVariance is 0",
  );
  assertThrows(() => stableRankBound("swish" as "relu"), RangeError, "activation must be one of");
});
