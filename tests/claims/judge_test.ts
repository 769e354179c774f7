import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  atLeast,
  atMost,
  type Criterion,
  outside,
  power,
  proportionInterval,
  rng,
  within,
} from "resolvent";
import type { EstimandKind } from "../../lib/claims/estimand.ts";
import { tQuantile } from "../../lib/stats/quantiles.ts";
import { moments } from "../../lib/stats/values.ts";
import { type Evidence, isRandom, judge, ordered, samplesNeeded } from "../../lib/claims/judge.ts";

/** Evidence of n values spread by 1 around a middle. */
function evidence(
  middle: number,
  criterion: Criterion,
  { kind = "mean", covers = true }: { kind?: EstimandKind; covers?: boolean } = {},
): Evidence {
  const values = [-1, -0.5, -0.2, 0, 0, 0.2, 0.5, 1].map((x) => middle + x);
  return { kind, values, n: values.length, criterion, covers };
}

Deno.test("judge() follows a table of cases", () => {
  // half-width of the t interval: 3.4995 * 0.6071 / √8 = 0.7511; of the median: 1
  const cases: readonly (readonly [Evidence, string, boolean])[] = [
    [evidence(0, within(-5, 5)), "reproduced", false],
    [evidence(4.2, within(-5, 5)), "reproduced", true],
    [evidence(4.3, within(-5, 5)), "inconclusive", true],
    [evidence(5, within(-5, 5)), "inconclusive", false],
    [evidence(5.8, within(-5, 5)), "contradicted", true],
    [evidence(9, within(-5, 5)), "contradicted", false],
    [evidence(9, within(-5, 5), { covers: false }), "differs", false],
    [evidence(0, within(-0.1, 0.1)), "inconclusive", false],
    [evidence(2, atLeast(1)), "reproduced", false],
    [evidence(1, atLeast(1)), "inconclusive", false],
    [evidence(-1, atLeast(1)), "contradicted", false],
    [evidence(-1, atMost(1)), "reproduced", false],
    [evidence(3, atMost(1), { covers: false }), "differs", false],
    [evidence(0, outside(-5, 5)), "contradicted", false],
    [evidence(9, outside(-5, 5)), "reproduced", false],
    [evidence(2.1, atLeast(1), { kind: "median" }), "reproduced", true],
    [evidence(1.9, atLeast(1), { kind: "median" }), "inconclusive", true],
    [evidence(3, atLeast(1), { kind: "paired" }), "reproduced", false],
    [evidence(3, atLeast(1), { kind: "slope" }), "reproduced", false],
  ];
  for (const [given, status, fragile] of cases) {
    const judged = judge(given);
    assertEquals([judged.status, judged.fragile], [status, fragile], JSON.stringify(given));
  }
});

Deno.test("judge() counts a proportion, and takes worst, best and only values of the others", () => {
  const criterion = atLeast(0.5);
  const shared = { criterion, covers: true };
  const trials = { kind: "proportion", values: [1, 1, 1, 0], n: 4, ...shared } as const;
  assertEquals(judge(trials).interval, proportionInterval(3, 4).interval);
  const values = [0.9, 0.4, 0.7];
  assertEquals(judge({ kind: "forall", values, n: 3, ...shared }).estimate, 0.4);
  assertEquals(judge({ kind: "forall", values, n: 3, ...shared }).status, "contradicted");
  assertEquals(judge({ kind: "exists", values, n: 3, ...shared }).estimate, 0.9);
  assertEquals(judge({ kind: "exists", values, n: 3, ...shared }).status, "reproduced");
  assertEquals(judge({ kind: "exists", values: [0.4], n: 1, ...shared }).status, "inconclusive");
  const equal = { kind: "identity", values: [0.4], n: 1, criterion, covers: false } as const;
  assertEquals(judge(equal).status, "differs");
  assertEquals(judge(equal).interval, [0.4, 0.4]);
  assertEquals(judge(equal).level, null);
});

Deno.test("ordered() goes from the farthest outside to the farthest inside", () => {
  assertEquals(ordered(within(0, 4), [1, 9, 2, -1]), [9, -1, 1, 2]);
  assertEquals(ordered(outside(0, 4), [1, 9, 2, -1]), [2, 1, -1, 9]);
});

Deno.test("samplesNeeded() is the number of seeds that an open claim needs", () => {
  const open = evidence(1.2, atLeast(1));
  const needed = samplesNeeded(open, 1.2)!;
  const half = (n: number) => tQuantile(0.995, n - 1) * moments(open.values).sd / Math.sqrt(n);
  assert(half(needed) <= 0.2 && half(needed - 1) > 0.2, `${needed}`);
  assertEquals(samplesNeeded(open, 1), undefined);
  assertEquals(samplesNeeded({ ...open, kind: "exists" }, 1.2), undefined);
  const values = [...Array(46).fill(1), ...Array(4).fill(0)];
  const share = {
    kind: "proportion",
    values,
    n: 50,
    criterion: atLeast(0.9),
    covers: true,
  } as const;
  const trials = samplesNeeded(share, 0.92)!;
  assert(trials > 50 && proportionInterval(Math.round(0.92 * trials), trials).interval[0] >= 0.9);
});

Deno.test("isRandom() holds for the kinds whose interval can miss", () => {
  assertEquals((["mean", "forall", "exists", "identity"] as const).map(isRandom), [
    true,
    false,
    false,
    false,
  ]);
});

Deno.test("judge() decides a truth on the edge in at most 1 % of runs", () => {
  const samples = 2500;
  const bound = 0.01 + 4 * Math.sqrt(0.01 * 0.99 / samples); // four standard deviations
  const base = rng("edge");
  for (const n of [8, 16, 50]) {
    const normal = base.fork(`normal ${n}`).normal([samples, n]).data;
    const uniform = base.fork(`uniform ${n}`).uniform([samples, n]).data;
    const criteria = [atLeast(0), atMost(0), within(0, 9), outside(-9, 0)];
    for (const [i, kind] of (["mean", "slope", "paired", "median"] as const).entries()) {
      const criterion = criteria[i];
      const decided = { reproduced: 0, contradicted: 0 };
      for (let s = 0; s < samples; s++) {
        const row = normal.subarray(s * n, (s + 1) * n);
        // a skewed law whose median is 0 for the median
        const values = Array.from(row, (z) => kind === "median" ? Math.exp(z) - 1 : z);
        const { status } = judge({ kind, values, n, criterion, covers: true });
        if (status === "reproduced" || status === "contradicted") decided[status]++;
      }
      assert(decided.reproduced + decided.contradicted <= bound * samples, `${kind}, ${n}`);
      // each side alone has half of it
      const half = 0.005 + 4 * Math.sqrt(0.005 / samples);
      assert(Math.max(decided.reproduced, decided.contradicted) <= half * samples, `${kind}, ${n}`);
    }
    // a proportion takes few values, so its intervals are made once
    const judged = Array.from({ length: n + 1 }, (_, k) => {
      const values = Array.from({ length: n }, (_, i) => Number(i < k));
      return judge({ kind: "proportion", values, n, criterion: atLeast(0.8), covers: true }).status;
    });
    let shares = 0;
    for (let s = 0; s < samples; s++) {
      const row = uniform.subarray(s * n, (s + 1) * n);
      const successes = row.reduce((sum, u) => sum + Number(u < 0.8), 0);
      if (judged[successes] !== "inconclusive") shares++;
    }
    assert(shares <= bound * samples, `proportion, ${n}: ${shares}`);
  }
});

Deno.test("judge() reproduces a true claim as often as power() says", () => {
  const samples = 2000;
  const { data } = rng("power").normal([samples, 12], { mean: 1 });
  let reproduced = 0;
  for (let s = 0; s < samples; s++) {
    const values = [...data.subarray(12 * s, 12 * s + 12)];
    const { status } = judge({ kind: "mean", values, n: 12, criterion: atLeast(0), covers: true });
    if (status === "reproduced") reproduced++;
  }
  const expected = power({ n: 12, sd: 1, distance: 1 });
  const sd = Math.sqrt(expected * (1 - expected) / samples);
  assertAlmostEquals(reproduced / samples, expected, 4 * sd);
});
