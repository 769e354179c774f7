import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  gradientFlowPrediction,
  infiniteWidthKernels,
  kernelRegression,
  leastSquares,
  matmul,
  type Matrix,
  matrix,
  rng,
} from "resolvent";

/** Rounding times the condition of kernels of a dozen points. */
const ROUNDING = 1e-10;

function assertClose(actual: Matrix, expected: Matrix, tolerance: number): void {
  assertEquals([actual.rows, actual.cols], [expected.rows, expected.cols]);
  expected.data.forEach((value, at) => assertAlmostEquals(actual.data[at], value, tolerance));
}

const key = rng("kernel regression");
const x = key.fork("x").normal([12, 3]), y = key.fork("y").normal([12, 2]);
const test = key.fork("test").normal([5, 3]);
const { kernels } = infiniteWidthKernels({
  hiddenLayers: 2,
  activation: "relu",
  biasVariance: 0.1,
});
const train = kernels(x).ntk, cross = kernels(test, x).ntk;

Deno.test("kernelRegression() interpolates the targets", () => {
  const { coefficients, predict } = kernelRegression(train, y);
  assertClose(predict(train), y, ROUNDING);
  assertClose(matmul(train, coefficients), y, ROUNDING);
});

Deno.test("kernelRegression() is the limit of gradient flow from zero", () => {
  const { predict } = kernelRegression(train, y);
  const limit = gradientFlowPrediction(train, y).predict(cross)(Infinity);
  assertClose(predict(cross), limit, ROUNDING);
});

Deno.test("kernelRegression() with a linear kernel is ridge regression on the features", () => {
  const ridge = 0.3;
  const linear = matmul(x, x, { transposeB: true });
  const { predict } = kernelRegression(linear, y, { ridge });
  // The rows sqrt(ridge) I below the inputs turn ridge regression into least squares.
  const tall = matrix(
    15,
    3,
    (i, j) => i < 12 ? x.data[3 * i + j] : i - 12 === j ? ridge ** 0.5 : 0,
  );
  const weights = leastSquares(tall, matrix(15, 2, (i, j) => i < 12 ? y.data[2 * i + j] : 0));
  assertClose(predict(matmul(test, x, { transposeB: true })), matmul(test, weights), ROUNDING);
});

Deno.test("kernelRegression() on no points predicts zero", () => {
  const { predict } = kernelRegression(matrix(0, 0), matrix(0, 2));
  assertEquals(predict(matrix(3, 0)), matrix(3, 2));
});

Deno.test("kernelRegression() refuses singular kernels and says what helps", () => {
  const repeated = matrix(3, 1, [1, 1, 2]);
  const { ntk } = kernels(matmul(repeated, matrix(1, 3, [1, 0, 0])));
  const barely = matrix(3, 3, [1, 1, 0, 1, 1 + Number.EPSILON, 0, 0, 0, 1]);
  for (const singular of [ntk, barely, matrix(3, 3, (i, j) => (i + 1) * (j + 1)), matrix(3, 3)]) {
    const error = assertThrows(() => kernelRegression(singular, matrix(3, 1)), RangeError);
    assert(error.message.startsWith("Cannot fit a kernel regression as the kernel with its ridge"));
    assert(error.message.includes("give a ridge, drop repeated points"), error.message);
    assertEquals(kernelRegression(singular, matrix(3, 1), { ridge: 0.1 }).coefficients.rows, 3);
  }
});

Deno.test("kernelRegression() refuses shapes and settings that do not fit", () => {
  assertThrows(() => kernelRegression(matrix(2, 3), y), TypeError, "must be square");
  assertThrows(() => kernelRegression(train, test), TypeError, "one number of rows");
  assertThrows(() => kernelRegression(train, y, { ridge: -1 }), RangeError, "ridge must be");
  assertThrows(() => kernelRegression(train, y).predict(train.rows as never), TypeError, "cross");
  assertThrows(
    () => kernelRegression(train, y).predict(matrix(2, 3)),
    TypeError,
    "a column for each",
  );
  const skew = matrix(2, 2, [1, 2, 0, 1]);
  assertThrows(() => kernelRegression(skew, matrix(2, 1)), RangeError, "must be symmetric");
});
