import { assertAlmostEquals, assertEquals, assertGreaterOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  compareSteps,
  matrix,
  matrixRegression,
  matrixWithSpectrum,
  nuclearRank,
  oneStepGuarantees,
  rng,
  stableRank,
} from "resolvent";

/** Rounding of singular values of order 12, relative. */
const ROUNDING = 1e-12;

const PROBLEMS = fc.record({
  seed: fc.integer(),
  features: fc.integer({ min: 1, max: 12 }),
  outputs: fc.integer({ min: 1, max: 12 }),
  decay: fc.double({ min: 0, max: 3, noNaN: true }),
});

/** A random least-squares problem with features of decaying spectrum, and a random start. */
function draw(
  { seed, features, outputs, decay }: {
    seed: number;
    features: number;
    outputs: number;
    decay: number;
  },
) {
  const key = rng(seed);
  const samples = features + 5;
  const values = Array.from({ length: features }, (_, i) => (i + 1) ** -decay);
  const a = matrixWithSpectrum(key.fork("features"), [samples, features], values);
  const y = key.fork("targets").normal([samples, outputs]);
  const weights = key.fork("weights").normal([features, outputs]);
  return { a, weights, problem: matrixRegression(a, y) };
}

Deno.test("oneStepGuarantees() have the ratio of nuclear rank and stable rank", () => {
  fc.assert(
    fc.property(PROBLEMS, (options) => {
      const { a, weights, problem } = draw(options);
      const g = problem.gradient(weights);
      const { euclidean, spectral, ratio } = oneStepGuarantees(g, a);
      assertAlmostEquals(ratio / (nuclearRank(g) / stableRank(a)), 1, ROUNDING);
      assertAlmostEquals(spectral / euclidean / ratio, 1, ROUNDING);
    }),
    { seed: 41 },
  );
});

Deno.test("oneStepGuarantees() are kept by the steps, and decide the winner at twice", () => {
  fc.assert(
    fc.property(PROBLEMS, (options) => {
      const { a, weights, problem } = draw(options);
      const found = oneStepGuarantees(problem.gradient(weights), a);
      const steps = compareSteps(problem, weights);
      const slack = ROUNDING * (problem.loss(weights) + found.euclidean + found.spectral);
      assertGreaterOrEqual(steps.euclideanDecrease + slack, found.euclidean);
      assertGreaterOrEqual(steps.spectralDecrease + slack, found.spectral);
      assertGreaterOrEqual(2 * found.euclidean + slack, steps.euclideanDecrease);
      if (found.ratio >= 2) {
        assertGreaterOrEqual(steps.spectralDecrease + slack, steps.euclideanDecrease);
      }
      assertAlmostEquals(found.nuclearRank, steps.nuclearRank, 1e-9);
      assertAlmostEquals(found.stableRank, steps.stableRank, 1e-9);
    }),
    { seed: 42 },
  );
});

Deno.test("oneStepGuarantees() do not change their ratio with scale", () => {
  const { a, weights, problem } = draw({ seed: 1, features: 6, outputs: 4, decay: 1 });
  const g = problem.gradient(weights);
  const { ratio } = oneStepGuarantees(g, a);
  const small = matrix(g.rows, g.cols, g.data.map((value) => 1e-150 * value));
  assertAlmostEquals(oneStepGuarantees(small, a).ratio, ratio, ROUNDING);
});

Deno.test("oneStepGuarantees() refuse shapes that do not fit, and zeros", () => {
  assertThrows(
    () => oneStepGuarantees(matrix(2, 1, [1, 1]), matrix(4, 3)),
    TypeError,
    "the gradient needs one row per feature: the shapes are [2, 1] and [4, 3]",
  );
  assertThrows(() => oneStepGuarantees(matrix(2, 1), matrix(1, 2, [1, 1])), RangeError, "for zero");
  assertThrows(() => oneStepGuarantees(matrix(2, 1, [1, 1]), matrix(1, 2)), RangeError, "for zero");
  assertThrows(() => oneStepGuarantees(matrix(1, 1, [NaN]), matrix(1, 1)), RangeError, "NaN");
  assertEquals(oneStepGuarantees(matrix(1, 1, [2]), matrix(1, 1, [3])).ratio, 1);
});
