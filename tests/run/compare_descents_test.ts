import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLessOrEqual,
  assertRejects,
} from "@std/assert";
import {
  closeWorkers,
  compareDescents,
  matmul,
  type Matrix,
  matrix,
  type MatrixRegression,
  matrixRegression,
  onWorkers,
  polarFactor,
  type Rng,
  rng,
  singularValues,
} from "resolvent";
import fc from "fast-check";

/** Relative rounding of 20 steps with products and decompositions at sides of at most 9. */
const ROUNDING = 1e-10;

/** A random problem. */
function problemOf(key: Rng, [n, k, m]: readonly [number, number, number]): MatrixRegression {
  return matrixRegression(key.fork("a").normal([n, k]), key.fork("y").normal([n, m]));
}

/** Losses of `w -> w - step(gradient)`, entry by entry. */
function lossesOf(
  problem: MatrixRegression,
  { start, steps, step }: {
    readonly start: Matrix;
    readonly steps: number;
    readonly step: (gradient: Matrix) => Float64Array;
  },
): number[] {
  const losses = [problem.loss(start)];
  for (let t = 0, w = start; t < steps; t++) {
    const by = step(problem.gradient(w));
    w = matrix(w.rows, w.cols, w.data.map((value, at) => value - by[at]));
    losses.push(problem.loss(w));
  }
  return losses;
}

Deno.test("compareDescents() takes the steps of its definition, from a start or from zero", async () => {
  const key = rng("descents"), steps = 20;
  const problem = problemOf(key, [9, 5, 4]);
  for (const start of [key.fork("w").normal([5, 4]), undefined]) {
    const found = await compareDescents(problem, { steps, start });
    const from = { start: start ?? matrix(5, 4), steps };
    const euclidean = lossesOf(problem, {
      ...from,
      step: (g) => g.data.map((value) => value / problem.euclideanCurvature),
    });
    const spectral = lossesOf(problem, {
      ...from,
      step: (g) => {
        const nuclear = singularValues(g).reduce((sum, s) => sum + s, 0);
        return polarFactor(g).data.map((x) => x * nuclear / problem.spectralCurvature);
      },
    });
    assertEquals([found.euclidean.length, found.spectral.length], [steps + 1, steps + 1]);
    for (let t = 0; t <= steps; t++) {
      assertAlmostEquals(found.euclidean[t] / euclidean[t], 1, ROUNDING);
      assertAlmostEquals(found.spectral[t] / spectral[t], 1, ROUNDING);
    }
  }
});

Deno.test("compareDescents() never lets a loss rise", async () => {
  const side = fc.integer({ min: 1, max: 9 });
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.tuple(side, side, side), async (seed, sizes) => {
      const found = await compareDescents(problemOf(rng(seed), sizes), { steps: 10 });
      for (const losses of [found.euclidean, found.spectral]) {
        const slack = ROUNDING * losses[0];
        losses.forEach((loss, t) => assertLessOrEqual(loss, (losses[t - 1] ?? loss) + slack));
      }
    }),
    { seed: 1, numRuns: 30 },
  );
});

Deno.test("compareDescents() leaves out the method not asked for", async () => {
  const problem = problemOf(rng(2), [6, 3, 2]);
  const both = await compareDescents(problem, { steps: 4 });
  const none = new Float64Array(0);
  for (const only of ["euclidean", "spectral"] as const) {
    const found = await compareDescents(problem, { steps: 4, only });
    assertEquals(found, { euclidean: none, spectral: none, [only]: both[only] });
  }
});

Deno.test("compareDescents() solves a problem of one weight in one step, by either method", async () => {
  const { euclidean, spectral } = await compareDescents(
    matrixRegression(matrix(1, 1, [2]), matrix(1, 1, [6])),
    { steps: 1 },
  );
  assertAlmostEquals(euclidean[0], 18, ROUNDING);
  assertAlmostEquals(euclidean[1], 0, ROUNDING);
  assertAlmostEquals(spectral[1], 0, ROUNDING);
});

Deno.test("compareDescents() of features with equal singular values ends the Euclidean way at once", async () => {
  // With A'A = n I the Euclidean step is Newton's.
  const features = matrix(4, 2, [1, 1, 1, -1, 1, 1, 1, -1]);
  const targets = matmul(features, rng(3).normal([2, 3]));
  const { euclidean, spectral } = await compareDescents(matrixRegression(features, targets), {
    steps: 1,
  });
  assertAlmostEquals(euclidean[1], 0, ROUNDING);
  assert(spectral[1] > 1e-3);
});

Deno.test("compareDescents() runs in a worker", async () => {
  const there = onWorkers((key: Rng) => {
    const problem = matrixRegression(key.fork("a").normal([6, 3]), key.fork("y").normal([6, 2]));
    return compareDescents(problem, { steps: 3 });
  });
  try {
    const here = await compareDescents(problemOf(rng(4), [6, 3, 2]), { steps: 3 });
    assertEquals(await there(rng(4)), here);
  } finally {
    await closeWorkers();
  }
});

Deno.test("compareDescents() refuses other shapes, steps, methods, and zero features", async () => {
  const problem = problemOf(rng(5), [6, 3, 2]);
  await assertRejects(
    () => compareDescents(problem, { steps: 1, start: matrix(2, 3) }),
    TypeError,
    "Cannot compare descents as start must be a 3 x 2 matrix: start is a 2 x 3 matrix",
  );
  await assertRejects(
    () => compareDescents(problem, { steps: 1, start: 0 as never }),
    TypeError,
    "Cannot compare descents as start must be a 3 x 2 matrix: start is 0",
  );
  await assertRejects(
    () => compareDescents(problem, { steps: -1 }),
    RangeError,
    "Cannot compare descents as steps must be an integer of at least 0: steps is -1",
  );
  await assertRejects(
    () => compareDescents(problem, { steps: 1, only: "adam" as never }),
    RangeError,
    'Cannot compare descents as only must be one of "euclidean", "spectral": only is "adam"',
  );
  await assertRejects(
    () => compareDescents(matrixRegression(matrix(2, 1), matrix(2, 1)), { steps: 1 }),
    RangeError,
    "Cannot compare descents as the features must not be zero: euclideanCurvature is 0",
  );
});
