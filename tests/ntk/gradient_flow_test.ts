import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  add,
  gradientFlowPrediction,
  identity,
  infiniteWidthKernels,
  matmul,
  type Matrix,
  matrix,
  rng,
  scale,
  solve,
  subtract,
} from "resolvent";

/** Rounding times the condition of kernels of eight points. */
const ROUNDING = 1e-10;

function assertClose(actual: Matrix, expected: Matrix, tolerance: number): void {
  assertEquals([actual.rows, actual.cols], [expected.rows, expected.cols]);
  expected.data.forEach((value, at) => assertAlmostEquals(actual.data[at], value, tolerance));
}

const key = rng("gradient flow");
const x = key.fork("x").normal([8, 2]), y = key.fork("y").normal([8, 3]);
const test = key.fork("test").normal([4, 2]);
const { kernels } = infiniteWidthKernels({
  hiddenLayers: 2,
  activation: "relu",
  biasVariance: 0.1,
});
const train = kernels(x).ntk, cross = kernels(test, x).ntk;
const initial = key.fork("initial").normal([8, 3]),
  initialAtTest = key.fork("at test").normal([4, 3]);

/** exp(-K t), by squaring the Taylor series of a short time. */
function exponential(kernel: Matrix, t: number): Matrix {
  const squarings = 14, step = scale(kernel, -t / 2 ** squarings);
  let term = identity(kernel.rows), sum = term;
  for (let k = 1; k <= 12; k++) sum = add(sum, term = scale(matmul(term, step), 1 / k));
  for (let k = 0; k < squarings; k++) sum = matmul(sum, sum);
  return sum;
}

Deno.test("gradientFlowPrediction() is its definition by matrix exponential and inverse", () => {
  const learningRate = 0.7;
  const flow = gradientFlowPrediction(train, y, { initial, learningRate });
  const at = flow.predict(cross, initialAtTest);
  for (const t of [0, 0.01, 1, 20]) {
    const decay = exponential(train, learningRate * t);
    const residual = matmul(decay, subtract(initial, y));
    assertClose(flow.residual(t), residual, ROUNDING);
    const learnt = subtract(subtract(y, initial), scale(residual, -1));
    assertClose(at(t), add(initialAtTest, matmul(cross, solve(train, learnt))), ROUNDING);
  }
});

Deno.test("gradientFlowPrediction() in steps is gradient descent taken one by one", () => {
  const learningRate = 1.9 / gradientFlowPrediction(train, y).eigenvalues[0];
  const flow = gradientFlowPrediction(train, y, { initial, learningRate, discrete: true });
  const at = flow.predict(cross, initialAtTest);
  let [f, atTest] = [initial, initialAtTest];
  for (let t = 0; t <= 50; t++) {
    assertClose(flow.residual(t), subtract(f, y), ROUNDING);
    assertClose(at(t), atTest, ROUNDING);
    const step = scale(subtract(y, f), learningRate);
    [f, atTest] = [add(f, matmul(train, step)), add(atTest, matmul(cross, step))];
  }
});

Deno.test("gradientFlowPrediction() in small steps comes close to the flow", () => {
  const t = 2, flow = gradientFlowPrediction(train, y).predict(cross)(t);
  const errors = [1e3, 1e4].map((steps) => {
    const options = { learningRate: t / steps, discrete: true };
    const found = gradientFlowPrediction(train, y, options).predict(cross)(steps);
    return Math.max(...subtract(found, flow).data.map(Math.abs));
  });
  assertAlmostEquals(errors[0] / errors[1], 10, 0.5); // Euler's method is of first order
});

Deno.test("gradientFlowPrediction() decays along each eigenvector at its rate, the largest first", () => {
  for (const discrete of [false, true]) {
    const flow = gradientFlowPrediction(train, y, { learningRate: 0.1, discrete });
    const start = flow.components(0), later = flow.components(7);
    flow.eigenvalues.forEach((value, i) => {
      const rate = discrete ? -Math.log(1 - 0.1 * value) : 0.1 * value;
      assertAlmostEquals(flow.rates[i], rate, 1e-14);
      if (i > 0) assertLess(value, flow.eigenvalues[i - 1]);
      for (let k = 0; k < 3; k++) {
        const at = 3 * i + k;
        assertAlmostEquals(later.data[at], start.data[at] * Math.exp(-7 * rate), 1e-12);
      }
    });
    const applied = matmul(train, flow.vectors);
    const scaled = matrix(8, 8, (i, j) => flow.vectors.data[8 * i + j] * flow.eigenvalues[j]);
    assertClose(applied, scaled, 1e-12);
    assertClose(matmul(flow.vectors, later), flow.residual(7), 1e-12);
  }
});

Deno.test("gradientFlowPrediction() at test points that are training points is the residual", () => {
  const time = fc.oneof(
    fc.constantFrom(0, Infinity),
    fc.double({ min: -12, max: 12, noNaN: true }).map((e) => 10 ** e),
  );
  const flow = gradientFlowPrediction(train, y, { initial });
  const at = flow.predict(train, initial);
  fc.assert(
    fc.property(time, (t) => assertClose(subtract(at(t), y), flow.residual(t), ROUNDING)),
    { numRuns: 50, seed: 3 },
  );
});

Deno.test("gradientFlowPrediction() keeps its digits for tiny eigenvalues, times and steps", () => {
  // eigenvalues 1 and 1e-12 along the axes: by hand 1e-12 (1 - e^(-1e-12 t)) / 1e-12
  const kernel = matrix(2, 2, [1, 0, 0, 1e-12]), targets = matrix(2, 1, [1, 1]);
  for (const discrete of [false, true]) {
    const flow = gradientFlowPrediction(kernel, targets, { learningRate: 0.5, discrete });
    const at = flow.predict(matrix(1, 2, [0, 1e-12]));
    for (const t of [1, 1e6, 1e12, 1e15]) {
      const expected = -Math.expm1(-0.5e-12 * t);
      assertAlmostEquals(at(t).data[0] / expected, 1, 1e-11);
    }
    assertAlmostEquals(at(Infinity).data[0], 1, 1e-14);
    assertEquals(flow.residual(Infinity), matrix(2, 1, [0, 0]));
  }
});

Deno.test("gradientFlowPrediction() learns nothing along the null space", () => {
  const points = matrix(3, 2, [1, 0, 1, 0, 0, 1]), targets = matrix(3, 1, [1, 3, 5]);
  const flow = gradientFlowPrediction(kernels(points).ntk, targets);
  assertEquals(flow.eigenvalues[2], 0);
  assertEquals(flow.rates[2], 0);
  for (const t of [1e3, 1e18, Infinity]) {
    const { data } = flow.residual(t);
    if (t > 1e3) [1, -1, 0].forEach((value, i) => assertAlmostEquals(data[i], value, 1e-12));
    const found = flow.predict(kernels(points).ntk)(t).data;
    data.forEach((value, i) => assertAlmostEquals(found[i] - targets.data[i], value, 1e-9));
  }
});

Deno.test("gradientFlowPrediction() diverges or refuses where steps are too large", () => {
  const one = matrix(1, 1, [1]), options = { learningRate: 3, discrete: true };
  const flow = gradientFlowPrediction(one, one, options);
  assertEquals(flow.residual(3).data[0], 8);
  assertThrows(() => flow.residual(Infinity), RangeError, "must be below 2 for a limit: it is 3");
  assertThrows(() => flow.residual(1e5), RangeError, "every entry must be finite");
  const across = gradientFlowPrediction(one, one, { learningRate: 1.5, discrete: true });
  assertAlmostEquals(across.rates[0], Math.LN2, 1e-15);
  assertEquals([across.residual(1).data[0], across.residual(2).data[0]], [0.5, -0.25]);
  const exact = gradientFlowPrediction(one, one, { learningRate: 1, discrete: true });
  assertEquals([exact.residual(0).data[0], exact.residual(1).data[0]], [-1, 0]);
});

Deno.test("gradientFlowPrediction() refuses times, kernels and shapes that it cannot use", () => {
  const flow = gradientFlowPrediction(train, y);
  assertThrows(() => flow.residual(-1), RangeError, "time must be a finite number at least 0");
  assertThrows(() => flow.components(NaN), RangeError, "time is NaN");
  const steps = gradientFlowPrediction(train, y, { discrete: true });
  assertThrows(() => steps.residual(0.5), RangeError, "time must be an integer of at least 0");
  const indefinite = matrix(2, 2, [2, 3, 3, 2]);
  const refused = [
    [() => gradientFlowPrediction(train, test), TypeError, "one number of rows"],
    [
      () => gradientFlowPrediction(train, y, { initial: test }),
      TypeError,
      "the shape of the outputs",
    ],
    [() => flow.predict(test), TypeError, "a column for each training point"],
    [() => flow.predict(cross, y), TypeError, "the shape of the outputs"],
    [
      () => gradientFlowPrediction(train, y, { learningRate: 0 }),
      RangeError,
      "learningRate must be",
    ],
    [() => gradientFlowPrediction(scale(train, -1), y), RangeError, "positive semidefinite"],
    [() => gradientFlowPrediction(indefinite, matrix(2, 1)), RangeError, "least eigenvalue is -"],
  ] as const;
  for (const [call, kind, text] of refused) assertThrows(call, kind, text);
  assert(flow.residual(0).rows === 8);
});
