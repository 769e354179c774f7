import { cholesky, leastSquares, matmul, matrix, rng, solve, transpose } from "resolvent";
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { relativeDistance } from "./matrices.ts";

/** Backward errors at sides of at most 12. */
const ROUNDING = 1e-13;

Deno.test("cholesky() roots a matrix by hand", () => {
  assertEquals(
    cholesky(matrix(3, 3, [4, 12, -16, 12, 37, -43, -16, -43, 98])),
    matrix(3, 3, [2, 0, 0, 6, 1, 0, -8, 5, 3]),
  );
  assertEquals(cholesky(matrix(0, 0)), matrix(0, 0));
});

Deno.test("cholesky() factors are undone by their product", () => {
  const side = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(side, fc.nat(), (n, seed) => {
      const b = rng(seed).normal([n, 2 * n]);
      const gram = matmul(b, b, { transposeB: true });
      const l = cholesky(gram);
      assertLess(relativeDistance(gram, matmul(l, l, { transposeB: true })), ROUNDING);
      l.data.forEach((entry, at) => at % n > Math.floor(at / n) && assertEquals(entry, 0));
    }),
    { seed: 10, numRuns: 40 },
  );
});

Deno.test("solve() is exact on integers where elimination is", () => {
  const a = matrix(3, 3, [2, 1, 0, 4, 3, 1, 0, 1, 2]);
  assertEquals(solve(a, matrix(3, 1, [4, 13, 8])), matrix(3, 1, [1, 2, 3]));
  assertEquals(solve(matrix(0, 0), matrix(0, 2)), matrix(0, 2));
});

Deno.test("solve() works on entries of 1e-150 and 1e150", () => {
  for (const unit of [1e-150, 1e150]) {
    const x = solve(matrix(2, 2, [0, unit, 2 * unit, 0]), matrix(2, 1, [3 * unit, 4 * unit]));
    assertAlmostEquals(x.data[0], 2, ROUNDING);
    assertAlmostEquals(x.data[1], 3, ROUNDING);
  }
});

Deno.test("leastSquares() fits a line by hand", () => {
  // Points (0, 1), (1, 3), (2, 5), (3, 8): slope 2.3, intercept 0.8.
  const a = matrix(4, 2, [1, 0, 1, 1, 1, 2, 1, 3]);
  const x = leastSquares(a, matrix(4, 1, [1, 3, 5, 8]));
  assertAlmostEquals(x.data[0], 0.8, ROUNDING);
  assertAlmostEquals(x.data[1], 2.3, ROUNDING);
});

Deno.test("leastSquares() of a wide matrix takes the least norm", () => {
  const x = leastSquares(matrix(1, 2, [3, 4]), matrix(1, 1, [25]));
  assertAlmostEquals(x.data[0], 3, ROUNDING);
  assertAlmostEquals(x.data[1], 4, ROUNDING);
  assertEquals(leastSquares(matrix(0, 2), matrix(0, 1)), matrix(2, 1));
  assertEquals(leastSquares(matrix(2, 2), matrix(2, 1, [1, 1])), matrix(2, 1));
});

Deno.test("equations refuse shapes that do not match", () => {
  assertThrows(
    () => solve(matrix(2, 2), matrix(3, 1)),
    TypeError,
    "a and b must have one number of rows: the shapes are [2, 2] and [3, 1]",
  );
  assertThrows(
    () => solve(matrix(2, 3), matrix(2, 1)),
    TypeError,
    "Cannot solve linear equations as a must be square: a is a 2 x 3 matrix",
  );
  assertThrows(
    () => leastSquares(transpose(matrix(2, 3)), matrix(2, 1)),
    TypeError,
    "Cannot solve least squares as a and b must have one number of rows",
  );
  assertThrows(() => cholesky(matrix(2, 2, [1, 1, 0, 1])), RangeError, "a must be symmetric");
  assertThrows(() => solve(matrix(1, 1, [1]), matrix(1, 1, [NaN])), RangeError, "b[0, 0] is NaN");
});
