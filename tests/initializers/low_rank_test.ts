import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  frobeniusNorm,
  lowRank,
  lowRankFactors,
  type LowRankOptions,
  matmul,
  matrix,
  numericalRank,
  rng,
  scaled,
  singularValues,
  spectralNorm,
  svd,
} from "resolvent";

/** Rounding of a decomposition of order 10. */
const ROUNDING = 1e-12;

/** A shape and a rank that it can have. */
const CASES = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 1, max: 9 }),
  cols: fc.integer({ min: 1, max: 9 }),
  part: fc.double({ min: 0, max: 0.999, noNaN: true }),
}).map(({ seed, rows, cols, part }) => ({
  key: rng(seed),
  shape: [rows, cols] as const,
  rank: 1 + Math.floor(part * Math.min(rows, cols)),
}));

Deno.test("lowRank() has the rank, and the Frobenius norm of the draw that all ranks share", () => {
  fc.assert(
    fc.property(CASES, ({ key, shape, rank }) => {
      const w = lowRank(key, shape, { rank, gain: 1.25 });
      assertEquals([w.rows, w.cols], [...shape]);
      assertEquals(numericalRank(w), rank);
      const draw = scaled(key, shape, { gain: 1.25 });
      assertAlmostEquals(frobeniusNorm(w), frobeniusNorm(draw), ROUNDING);
    }),
    { seed: 23 },
  );
});

Deno.test("lowRank() at full rank is the draw itself, g N(0, 1) / sqrt(N)", () => {
  const n = 6;
  for (const norm of ["frobenius", "spectral"] as const) {
    assertEquals(
      lowRank(rng(5), [n, n], { rank: n, gain: 1.25, norm }),
      rng(5).normal([n, n], { sd: 1.25 / Math.sqrt(n) }),
    );
  }
});

Deno.test("lowRank() is the nearest matrix of that rank, rescaled", () => {
  // Rank 1 by power iteration on the draw: no decomposition of this library.
  const draw = scaled(rng(6), [5, 4]);
  let v = [1, 1, 1, 1];
  for (let step = 0; step < 2000; step++) {
    const u = [0, 1, 2, 3, 4].map((i) => v.reduce((s, x, j) => s + draw.data[4 * i + j] * x, 0));
    const w = v.map((_, j) => u.reduce((s, x, i) => s + draw.data[4 * i + j] * x, 0));
    v = w.map((x) => x / Math.hypot(...w));
  }
  const u = [0, 1, 2, 3, 4].map((i) => v.reduce((s, x, j) => s + draw.data[4 * i + j] * x, 0));
  const [s, norm] = [Math.hypot(...u), Math.hypot(...draw.data)];
  const expected = matrix(5, 4, (i, j) => norm * u[i] / s * v[j]);
  const one = lowRank(rng(6), [5, 4], { rank: 1 });
  one.data.forEach((value, at) => assertAlmostEquals(value, expected.data[at], 1e-10));
});

Deno.test("lowRank() keeps the spectral norm where asked: the plain truncation", () => {
  const draw = scaled(rng(7), [6, 8], { gain: 0.5 });
  const { u, s, v } = svd(draw);
  const two = lowRank(rng(7), [6, 8], { rank: 2, gain: 0.5, norm: "spectral" });
  assertAlmostEquals(spectralNorm(two), spectralNorm(draw), ROUNDING);
  const truncated = matrix(
    6,
    8,
    (i, j) => [0, 1].reduce((sum, l) => sum + u.data[6 * i + l] * s[l] * v.data[6 * j + l], 0),
  );
  two.data.forEach((value, at) => assertAlmostEquals(value, truncated.data[at], ROUNDING));
});

Deno.test("lowRank() has the mean square gain^2 / rows over entries, at every rank", () => {
  // |W|_F^2 rows / (gain^2 cols) is chi-squared over its mean: deviation sqrt(2 / (rows cols draws)).
  const [rows, cols, draws, gain] = [12, 20, 60, 1.25];
  for (const rank of [1, 4, 12]) {
    let mean = 0;
    for (const key of rng("norms").split(draws)) {
      mean += frobeniusNorm(lowRank(key, [rows, cols], { rank, gain })) ** 2 / draws;
    }
    const spread = Math.sqrt(2 / (rows * cols * draws));
    assertLess(Math.abs(mean / (gain ** 2 * cols) - 1), 4 * spread);
  }
});

Deno.test("lowRankFactors() are balanced, and their product is lowRank()", () => {
  fc.assert(
    fc.property(CASES, ({ key, shape, rank }) => {
      for (const norm of ["frobenius", "spectral"] as const) {
        const options = { rank, gain: 2, norm };
        const { left, right } = lowRankFactors(key, shape, options);
        assertEquals([left.rows, left.cols, right.rows, right.cols], [
          shape[0],
          rank,
          rank,
          shape[1],
        ]);
        const whole = lowRank(key, shape, options);
        matmul(left, right).data.forEach((value, at) =>
          assertAlmostEquals(value, whole.data[at], 10 * ROUNDING)
        );
        const [a, b] = [
          matmul(left, left, { transposeA: true }),
          matmul(right, right, { transposeB: true }),
        ];
        const s = singularValues(whole);
        a.data.forEach((value, at) => {
          assertAlmostEquals(value, b.data[at], 10 * ROUNDING);
          const diagonal = at % (rank + 1) === 0 ? s[at / (rank + 1)] : 0;
          assertAlmostEquals(value, diagonal, 10 * ROUNDING);
        });
      }
    }),
    { seed: 24 },
  );
});

Deno.test("lowRank() and lowRankFactors() refuse ranks, gains and norms", () => {
  const refuses = (options: unknown, kind: typeof RangeError, text: string) => {
    const given = options as LowRankOptions;
    assertThrows(() => lowRank(rng(1), [3, 2], given), kind, text);
    assertThrows(() => lowRankFactors(rng(1), [3, 2], given), kind, text);
  };
  refuses({ rank: 3 }, RangeError, "rank must be an integer from 1 to 2: rank is 3");
  refuses({ rank: 0 }, RangeError, "rank is 0");
  refuses({}, RangeError, "rank is undefined");
  refuses({ rank: 1, gain: 0 }, RangeError, "gain is 0");
  refuses({ rank: 1, norm: "nuclear" }, RangeError, 'norm is "nuclear"');
  refuses(undefined, TypeError, "options must be a record of settings");
});
