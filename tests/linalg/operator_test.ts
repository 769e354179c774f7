import { matmul, matrix, matrixOperator, rng } from "resolvent";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

/** Rounding of sums of at most 40 products. */
const ROUNDING = 1e-12;

Deno.test("matrixOperator() applies a matrix and its transpose", () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(side, side, fc.nat(), (m, n, seed) => {
      const key = rng(seed);
      const a = key.normal([m, n]), x = key.fork("x").normal(n), y = key.fork("y").normal(m);
      const { rows, cols, apply, applyTransposed } = matrixOperator(a);
      assertEquals([rows, cols], [m, n]);
      const image = apply(x), back = applyTransposed(y);
      const expected = matmul(a, matrix(n, 1, x)).data;
      expected.forEach((value, i) => assertAlmostEquals(image[i], value, ROUNDING));
      // The two are adjoint: (A x) . y = x . (A^T y)
      const left = image.reduce((sum, value, i) => sum + value * y[i], 0);
      const right = back.reduce((sum, value, j) => sum + value * x[j], 0);
      assertAlmostEquals(left, right, ROUNDING * m * n);
    }),
    { seed: 19, numRuns: 40 },
  );
});

Deno.test("matrixOperator() refuses vectors of another length", () => {
  const { apply, applyTransposed } = matrixOperator(matrix(2, 3));
  assertThrows(
    () => apply(new Float64Array(2)),
    TypeError,
    "Cannot apply an operator as the vector must have length a.cols, 3: the vector is [0, 0]",
  );
  assertThrows(() => applyTransposed(new Float64Array(3)), TypeError, "length a.rows, 2");
  assertThrows(() => matrixOperator(matrix(1, 1, [NaN])), RangeError, "a[0, 0] is NaN");
});
