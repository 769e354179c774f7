import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  cholesky,
  gradientFlowPrediction,
  infiniteWidthKernels,
  matmul,
  type Matrix,
  matrix,
  type NetworkKernels,
  rng,
  solve,
  trainedEnsemble,
} from "resolvent";

/** Rounding times the condition of kernels of five points. */
const ROUNDING = 1e-10;

const key = rng("ensemble");
const x = key.fork("x").normal([5, 2]), y = key.fork("y").normal([5, 1]);
const test = key.fork("test").normal([3, 2]);
const { kernels } = infiniteWidthKernels({
  hiddenLayers: 2,
  activation: "relu",
  biasVariance: 0.1,
});
const all = { train: kernels(x), cross: kernels(test, x), test: kernels(test) };

function assertClose(actual: Matrix, expected: Matrix, tolerance: number): void {
  assertEquals([actual.rows, actual.cols], [expected.rows, expected.cols]);
  expected.data.forEach((value, at) => assertAlmostEquals(actual.data[at], value, tolerance));
}

Deno.test("trainedEnsemble() is the law of flows that start from draws of the prior", () => {
  const together = kernels(matrix(8, 2, [...x.data, ...test.data])).nngp;
  const root = cholesky(together), draws = 4000, t = 0.8, learningRate = 0.5;
  const starts = matmul(root, key.fork("draws").normal([8, draws])).data;
  const initial = matrix(5, draws, starts.slice(0, 5 * draws));
  const targets = matrix(5, draws, (i) => y.data[i]);
  for (const discrete of [false, true]) {
    const time = discrete ? 3 : t, options = { learningRate, discrete };
    const flow = gradientFlowPrediction(all.train.ntk, targets, { ...options, initial });
    const found = flow.predict(all.cross.ntk, matrix(3, draws, starts.slice(5 * draws)))(time);
    const { mean, covariance, variance } = trainedEnsemble(all, y, options)(time);
    for (let i = 0; i < 3; i++) {
      const row = found.data.slice(i * draws, (i + 1) * draws);
      const average = row.reduce((sum, v) => sum + v, 0) / draws;
      // four standard errors of a mean and of a covariance of 4,000 draws
      assertAlmostEquals(average, mean.data[i], 4 * Math.sqrt(variance[i] / draws));
      for (let j = 0; j < 3; j++) {
        const other = found.data.slice(j * draws, (j + 1) * draws);
        const product = row.reduce(
          (sum, v, k) => sum + (v - mean.data[i]) * (other[k] - mean.data[j]),
          0,
        ) / draws;
        const error = 4 * Math.sqrt(2 * variance[i] * variance[j] / draws);
        assertAlmostEquals(product, covariance.data[3 * i + j], error);
      }
    }
  }
});

Deno.test("trainedEnsemble() starts at the prior and has the flow's mean", () => {
  const law = trainedEnsemble(all, y),
    at = gradientFlowPrediction(all.train.ntk, y).predict(all.cross.ntk);
  assertClose(law(0).mean, matrix(3, 1), 0);
  assertEquals(law(0).covariance, all.test.nngp);
  for (const t of [0.1, 3, Infinity]) assertClose(law(t).mean, at(t), ROUNDING);
});

Deno.test("trainedEnsemble() of the last layer alone is the posterior of the Gaussian process", () => {
  // With the NNGP kernel in place of the tangent kernel the law at Infinity is Bayes' (Lee and others).
  function alone({ nngp }: NetworkKernels): NetworkKernels {
    return { nngp, ntk: nngp };
  }
  const last = { train: alone(all.train), cross: alone(all.cross), test: all.test };
  const { mean, covariance } = trainedEnsemble(last, y)(Infinity);
  const cross = all.cross.nngp, turned = matrix(5, 3, (i, j) => cross.data[5 * j + i]);
  const gain = solve(all.train.nngp, turned);
  assertClose(mean, matmul(gain, y, { transposeA: true }), ROUNDING);
  const known = matmul(cross, gain);
  const posterior = matrix(3, 3, all.test.nngp.data.map((v, at) => v - known.data[at]));
  assertClose(covariance, posterior, ROUNDING);
});

Deno.test("trainedEnsemble() at the training points loses its spread", () => {
  const own = { train: kernels(x), cross: kernels(x), test: kernels(x) };
  const law = trainedEnsemble(own, y);
  assertClose(law(Infinity).mean, y, ROUNDING);
  assertClose(law(Infinity).covariance, matrix(5, 5), ROUNDING);
  let before = law(0).variance;
  for (const t of [0.1, 1, 10, 100]) {
    const { variance } = law(t), sum = variance.reduce((total, v) => total + v, 0);
    assertEquals(sum < before.reduce((total, v) => total + v, 0), true);
    before = variance;
  }
});

Deno.test("trainedEnsemble() refuses kernels that do not fit or are of different networks", () => {
  const refused = [
    [
      () => trainedEnsemble({ ...all, cross: all.train }, y),
      TypeError,
      "cross.nngp must have a row",
    ],
    [() => trainedEnsemble(all, test), TypeError, "train.nngp must have a row"],
    [
      () => trainedEnsemble({ ...all, test: undefined } as never, y),
      TypeError,
      "test must be a record",
    ],
  ] as const;
  for (const [call, kind, text] of refused) assertThrows(call, kind, text);
  const small = matrix(3, 3, all.test.nngp.data.map((v) => v / 100));
  const other = { ...all, test: { nngp: small } };
  assertThrows(() => trainedEnsemble(other, y)(1), RangeError, "must be those of one network");
  assertThrows(() => trainedEnsemble(all, y)(-1), RangeError, "time must be a finite number");
});
