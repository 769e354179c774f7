import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { matmul, matrix, matrixRegression, rng, singularValues } from "resolvent";
import fc from "fast-check";

/** Rounding of products of at most 40 terms of order 1, squared and summed. */
const ROUNDING = 1e-11;

Deno.test("matrixRegression() has the loss and gradient of its definition, by finite differences", () => {
  const key = rng("regression");
  const a = key.fork("a").normal([12, 4]), y = key.fork("y").normal([12, 3]);
  const w = key.fork("w").normal([4, 3]);
  const problem = matrixRegression(a, y);
  const residual = matmul(a, w).data.map((value, at) => value - y.data[at]);
  const expected = residual.reduce((sum, r) => sum + r * r, 0) / 24;
  assertAlmostEquals(problem.loss(w), expected, ROUNDING);
  const g = problem.gradient(w);
  for (let at = 0; at < 12; at++) {
    const nudged = (by: number) =>
      problem.loss(matrix(4, 3, w.data.map((v, i) => v + (i === at ? by : 0))));
    // A central difference of a quadratic is exact up to rounding over its step.
    assertAlmostEquals(g.data[at], (nudged(1e-3) - nudged(-1e-3)) / 2e-3, 1e-9);
  }
});

Deno.test("matrixRegression() knows its sizes, wide or tall", () => {
  for (const n of [2, 9]) {
    const { samples, features, outputs } = matrixRegression(matrix(n, 4), matrix(n, 3));
    assertEquals([samples, features, outputs], [n, 4, 3]);
  }
});

Deno.test("matrixRegression() predicts the decrease of any update exactly, wide or tall", () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(3, 5, 20), (seed, n) => {
      const key = rng(seed);
      const problem = matrixRegression(key.fork("a").normal([n, 5]), key.fork("y").normal([n, 2]));
      const w = key.fork("w").normal([5, 2]), u = key.fork("u").normal([5, 2]);
      const moved = matrix(5, 2, w.data.map((value, at) => value + u.data[at]));
      const decrease = problem.decrease(problem.gradient(w), u);
      const scale = problem.loss(w) + problem.loss(moved);
      assertAlmostEquals(decrease, problem.loss(w) - problem.loss(moved), ROUNDING * scale);
    }),
    { numRuns: 50, seed: 1 },
  );
});

Deno.test("matrixRegression() bounds the curvature by both constants, whose ratio is the stable rank", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const key = rng(seed);
      const a = key.fork("a").normal([9, 6]), u = key.fork("u").normal([6, 4]);
      const problem = matrixRegression(a, key.fork("y").normal([9, 4]));
      const s = singularValues(u);
      const frobenius = s.reduce((sum, value) => sum + value * value, 0);
      const curvature = problem.curvatureAlong(u);
      assert(curvature <= problem.euclideanCurvature * frobenius * (1 + ROUNDING));
      assert(curvature <= problem.spectralCurvature * s[0] ** 2 * (1 + ROUNDING));
      const sa = singularValues(a);
      const stable = sa.reduce((sum, value) => sum + value * value, 0) / sa[0] ** 2;
      assertAlmostEquals(problem.spectralCurvature / problem.euclideanCurvature, stable, 1e-10);
    }),
    { numRuns: 50, seed: 2 },
  );
});

Deno.test("matrixRegression() sees a realizable loss fall to rounding squared", () => {
  const key = rng("realizable");
  const a = key.fork("a").normal([40, 10]), teacher = key.fork("t").normal([10, 3]);
  const problem = matrixRegression(a, matmul(a, teacher));
  assertLess(problem.loss(teacher), 1e-27 * problem.loss(matrix(10, 3)));
});

Deno.test("matrixRegression() refuses targets of another number of samples and values not finite", () => {
  assertThrows(
    () => matrixRegression(matrix(3, 2), matrix(4, 1)),
    TypeError,
    "Cannot make a matrix regression as features and targets need the same number of samples",
  );
  assertThrows(
    () => matrixRegression(matrix(1, 1, [NaN]), matrix(1, 1)),
    RangeError,
    "features[0, 0] is NaN",
  );
});

Deno.test("matrixRegression() gives gradients that later calls leave alone", () => {
  const key = rng("rooms");
  const problem = matrixRegression(key.fork("a").normal([9, 4]), key.fork("y").normal([9, 3]));
  const [w, other] = [key.fork("w").normal([4, 3]), key.fork("other").normal([4, 3])];
  const first = problem.lossAndGradient(w), kept = structuredClone(first);
  problem.lossAndGradient(other);
  problem.curvatureAlong(other);
  assertEquals(first, kept);
  assertEquals(problem.lossAndGradient(w), kept);
});

Deno.test("matrixRegression() refuses weights of another shape wherever they are used", () => {
  const problem = matrixRegression(matrix(2, 1, [1, 1]), matrix(2, 1, [1, 3]));
  for (const use of [problem.loss, problem.gradient, problem.curvatureAlong]) {
    for (const weights of [matrix(2, 1), matrix(1, 2)]) {
      assertThrows(() => use(weights), TypeError, "weights must be [1, 1]");
    }
  }
});
