import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { leastSquares, matrix, rng, slopeFit } from "resolvent";

/** Rounding of sums of at most 20 terms of size 100. */
const ROUNDING = 1e-9;

Deno.test("slopeFit() fits Anscombe's first set", () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const { slope, intercept, residualSd } = slopeFit(x, y);
  assertAlmostEquals(slope, 0.5001, 5.1e-5);
  assertAlmostEquals(intercept, 3.0001, 5.1e-5);
  assertAlmostEquals(residualSd, 1.2366, 5.1e-5); // the printed residual standard error is 1.237
});

Deno.test("slopeFit() agrees with leastSquares()", () => {
  const x = rng(1).normal(20);
  const y = rng(2).normal(20);
  const design = matrix(20, 2, (i, j) => j === 0 ? 1 : x[i]);
  const [intercept, slope] = leastSquares(design, matrix(20, 1, y)).data;
  const fit = slopeFit(x, y);
  assertAlmostEquals(fit.slope, slope, 1e-12);
  assertAlmostEquals(fit.intercept, intercept, 1e-12);
});

Deno.test("slopeFit() finds every line, and every power law on logarithms", () => {
  const number = fc.double({ min: -50, max: 50, noNaN: true });
  fc.assert(
    fc.property(number, number, (a, b) => {
      const x = [1, 2, 4, 7];
      assertAlmostEquals(slopeFit(x, x.map((v) => a + b * v)).slope, b, ROUNDING);
      const power = b / 10;
      const fit = slopeFit(x, x.map((v) => 3 * v ** power), { log: true });
      assertAlmostEquals(fit.slope, power, ROUNDING);
      assertAlmostEquals(fit.intercept, Math.log(3), ROUNDING);
    }),
    { seed: 1, numRuns: 200 },
  );
  assertEquals(slopeFit([0, 2], [1, 5]), { slope: 2, intercept: 1, residualSd: 0 });
});

Deno.test("slopeFit() refuses points that give no line", () => {
  assertThrows(() => slopeFit([1, 1], [0, 1]), RangeError, "at least two different values");
  assertThrows(
    () => slopeFit([1, 2], [1]),
    RangeError,
    "Cannot fit a line as the number of y must be an integer of at least 2",
  );
  assertThrows(() => slopeFit([1, 2, 3], [1, 2]), TypeError, "y must have as many values as x, 3");
  assertThrows(
    () => slopeFit([1, 2], [1, 0], { log: true }),
    RangeError,
    "Cannot fit a line as logarithms need positive values: y[1] is 0",
  );
  assertThrows(() => slopeFit([1, Infinity], [1, 2]), RangeError, "x[1] is Infinity");
});
