import {
  assertAlmostEquals,
  assertGreaterOrEqual,
  assertLessOrEqual,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import {
  diagonal,
  frobeniusNorm,
  matrix,
  matrixWithSpectrum,
  nuclearRank,
  rng,
  scale,
  singularValues,
  stableRank,
} from "resolvent";
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

Deno.test("stableRank() to a tolerance is never below the exact one", () => {
  fc.assert(
    fc.property(PROBLEMS, fc.integer({ min: 1, max: 12 }), (problem, digits) => {
      const a = draw(problem);
      const found = stableRank(a, { tolerance: 10 ** -digits });
      assertGreaterOrEqual(found, stableRank({ singularValues: singularValues(a) }) - ROUNDING);
    }),
    { seed: 14 },
  );
});

Deno.test("stableRank() to a tolerance keeps it where one singular value stands out", () => {
  fc.assert(
    fc.property(
      PROBLEMS,
      fc.integer({ min: 3, max: 12 }),
      ({ seed, rows, cols, decades }, digits) => {
        const key = rng(seed), tolerance = 10 ** -digits;
        const values = key.uniform(Math.min(rows, cols))
          .map((u, i) => i === 0 ? 1 : 0.5 * 10 ** (-decades * u));
        const a = matrixWithSpectrum(key.fork("factors"), [rows, cols], values);
        const exact = stableRank({ singularValues: values });
        assertLessOrEqual(stableRank(a, { tolerance }), exact / (1 - tolerance) ** 2 + ROUNDING);
      },
    ),
    { seed: 15 },
  );
});

Deno.test("stableRank() to a tolerance stops short of it", () => {
  const a = rng(6).normal([300, 300]);
  const exact = stableRank(a);
  const coarse = stableRank(a, { tolerance: 0.1 }) / exact - 1;
  assertGreaterOrEqual(coarse, 1e-4);
  assertLessOrEqual(coarse, 0.1);
  assertAlmostEquals(stableRank(a, { tolerance: 1e-8 }) / exact, 1, 2e-8);
});

Deno.test("stableRank() to a tolerance takes entries whose squares overflow or vanish", () => {
  const a = rng(7).normal([30, 20]), exact = stableRank(a);
  for (const size of [1e-300, 1e-85, 1e85, 1e150, 1e300]) {
    assertAlmostEquals(stableRank(scale(a, size), { tolerance: 1e-10 }) / exact, 1, 1e-9);
  }
});

Deno.test("stableRank() refuses a tolerance that it cannot use", () => {
  assertThrows(
    () => stableRank({ singularValues: Float64Array.of(2, 1) }, { tolerance: 1e-8 }),
    TypeError,
    "Cannot compute a stable rank as a tolerance is for matrices, and singular values were given: " +
      "tolerance is 1e-8",
  );
  assertThrows(() => stableRank(diagonal([1]), { tolerance: 1 }), RangeError, "tolerance is 1");
  const bad: readonly (readonly [number[], string])[] = [
    [[], "the matrix must have entries"],
    [[NaN], "every entry must be finite: a[0, 0] is NaN"],
    [[1, Infinity], "a[0, 1] is Infinity"],
    [[0, 0], "it is not defined for zero"],
  ];
  for (const [entries, text] of bad) {
    const a = matrix(1, entries.length, entries);
    assertThrows(() => stableRank(a, { tolerance: 0.1 }), RangeError, text);
  }
});
