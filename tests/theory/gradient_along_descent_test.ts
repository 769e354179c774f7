import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  frobeniusNorm,
  gradientAlongDescent,
  matmul,
  matrix,
  matrixRegression,
  rng,
  singularValues,
} from "resolvent";

/** Rounding over 30 steps of products of 24 terms. */
const ROUNDING = 1e-12;

Deno.test("gradientAlongDescent() equals the gradient after steps that are taken one by one", () => {
  const key = rng("descent");
  const a = key.fork("a").normal([24, 8]), y = key.fork("y").normal([24, 5]);
  const problem = matrixRegression(a, y);
  const eta = 0.7 / problem.euclideanCurvature;
  let w = matrix(8, 5);
  const first = problem.gradient(w);
  const moment = matmul(a, a, { transposeA: true });
  const path = gradientAlongDescent(matrix(8, 8, moment.data.map((v) => v / 24)), first);
  for (let t = 0; t <= 30; t++) {
    const g = problem.gradient(w);
    const error = matrix(8, 5, path.gradient(t, eta).data.map((v, at) => v - g.data[at]));
    assertLess(frobeniusNorm(error), ROUNDING * frobeniusNorm(first));
    w = matrix(8, 5, w.data.map((value, at) => value - eta * g.data[at]));
  }
  const direct = singularValues(path.gradient(3, eta));
  path.singularValues(3, eta).forEach((s, i) => assertAlmostEquals(s, direct[i], ROUNDING));
  assertAlmostEquals(path.norm, problem.euclideanCurvature, ROUNDING);
});

Deno.test("gradientAlongDescent() from another gradient equals a descent of its own", () => {
  const moment = matrix(2, 2, [4, 1, 1, 2]), other = matrix(2, 3, [1, -2, 3, 0.5, 0, -1]);
  const shared = gradientAlongDescent(moment, matrix(2, 1, [1, 1])).from(other);
  const own = gradientAlongDescent(moment, other);
  assertEquals(shared.gradient(3, 0.1), own.gradient(3, 0.1));
  assertEquals(shared.norm, own.norm);
  assertThrows(() => shared.from(matrix(3, 1)), TypeError, "one row per feature");
});

Deno.test("gradientAlongDescent() refuses a second moment that is not square and a rate of zero", () => {
  assertThrows(
    () => gradientAlongDescent(matrix(2, 3), matrix(2, 2)),
    TypeError,
    "secondMoment must be square",
  );
  const path = gradientAlongDescent(matrix(1, 1, [1]), matrix(1, 1, [1]));
  assertThrows(() => path.gradient(1, 0), RangeError, "learningRate is 0");
});
