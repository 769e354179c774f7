import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  applyUpdate,
  compareAlongPath,
  compareSteps,
  gaussianTeacher,
  matmul,
  matrix,
  matrixRegression,
  nuclearRank,
  type Optimizer,
  rng,
  sgd,
  spectralDescent,
  stableRank,
} from "resolvent";
import fc from "fast-check";

/** Rounding of one decomposition of an 8 x 6 matrix. */
const ROUNDING = 1e-10;

function randomProblem(seed: number) {
  const key = rng(seed);
  const a = key.fork("a").normal([16, 8]), w = key.fork("w").normal([8, 6]);
  return { a, w, problem: matrixRegression(a, key.fork("y").normal([16, 6])) };
}

Deno.test("compareSteps() has the ranks of measure, and both guaranteed decreases with ratio nr/st", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { a, w, problem } = randomProblem(seed);
      const g = problem.gradient(w);
      const steps = compareSteps(problem, w);
      assertAlmostEquals(steps.nuclearRank, nuclearRank(g), ROUNDING);
      assertAlmostEquals(steps.stableRank, stableRank(a), ROUNDING);
      const square = g.data.reduce((sum, value) => sum + value * value, 0);
      const euclidean = square / (2 * problem.euclideanCurvature);
      const spectral = nuclearRank(g) * square / (2 * problem.spectralCurvature);
      assertAlmostEquals(spectral / euclidean, steps.nuclearRank / steps.stableRank, ROUNDING);
      assert(steps.euclideanDecrease >= euclidean * (1 - ROUNDING));
      assert(steps.spectralDecrease >= spectral * (1 - ROUNDING));
    }),
    { numRuns: 100, seed: 3 },
  );
});

Deno.test("compareSteps() measures what the loss after the steps says, of any rank", () => {
  const key = rng("losses");
  // full row rank from singular values alone, and three gradients that lack it
  const shapes = [[6, 9, 9], [6, 6, 6], [9, 6, 6], [6, 9, 2]] as const;
  for (const [features, outputs, rank] of shapes) {
    const a = key.fork(features).normal([20, features]);
    const solution = gaussianTeacher(key.fork(outputs), {
      features,
      outputs,
      rank: Math.min(rank, features),
    });
    const problem = matrixRegression(a, matmul(a, solution)), w = matrix(features, outputs);
    const { euclideanDecrease, spectralDecrease } = compareSteps(problem, w);
    const after = <S>(rule: Optimizer<S>) =>
      problem.loss(applyUpdate(w, rule.update(problem.gradient(w), rule.init(w), w)[0]));
    const loss = problem.loss(w), rounding = ROUNDING * loss;
    const euclidean = after(sgd({ learningRate: 1 / problem.euclideanCurvature }));
    assertAlmostEquals(euclideanDecrease, loss - euclidean, rounding);
    const spectral = after(spectralDescent({ curvature: problem.spectralCurvature }));
    assertAlmostEquals(spectralDecrease, loss - spectral, rounding);
  }
});

Deno.test("compareAlongPath() records what the steps that it takes gain", () => {
  const { problem, w } = randomProblem(5);
  for (const follow of ["euclidean", "spectral"] as const) {
    const path = compareAlongPath(problem, { steps: 6, follow, start: w });
    const gained = follow === "spectral" ? path.spectralDecrease : path.euclideanDecrease;
    for (let t = 0; t < 6; t++) {
      assertAlmostEquals(path.loss[t] - path.loss[t + 1], gained[t], ROUNDING * path.loss[0]);
    }
    assertEquals(path.loss.length, 7);
  }
});

Deno.test("compareAlongPath() refuses a method that it does not know", () => {
  const { problem, w } = randomProblem(6);
  assertThrows(
    () => compareAlongPath(problem, { steps: 1, start: w, follow: "newton" as "spectral" }),
    RangeError,
    'follow must be one of "euclidean", "spectral": follow is "newton"',
  );
});
