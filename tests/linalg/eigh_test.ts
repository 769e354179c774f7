import { eigenvalues, eigh, matmul, matrix, rng, svd } from "resolvent";
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { spectrumDistance } from "./matrices.ts";

/** Backward errors at sides of at most 30; values of a Gram matrix are squares. */
const ROUNDING = 1e-12;

Deno.test("eigh() diagonalises a coupling by hand", () => {
  const { values, vectors } = eigh(matrix(2, 2, [1, 2, 2, 1]));
  assertAlmostEquals(values[0], -1, ROUNDING);
  assertAlmostEquals(values[1], 3, ROUNDING);
  assertAlmostEquals(vectors.data[0] / vectors.data[2], -1, ROUNDING);
  assertAlmostEquals(vectors.data[1] / vectors.data[3], 1, ROUNDING);
});

Deno.test("eigh() of an empty matrix is empty", () => {
  assertEquals(eigh(matrix(0, 0)), { values: new Float64Array(0), vectors: matrix(0, 0) });
  assertEquals(eigenvalues(matrix(0, 0)), new Float64Array(0));
});

Deno.test("eigenvalues() of a Gram matrix are the squares of singular values", () => {
  const side = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(side, side, fc.nat(), (m, n, seed) => {
      const a = rng(seed).normal([m, n]);
      const gram = matmul(a, a, { transposeA: true });
      const squares = new Float64Array(n);
      svd(a).s.forEach((value, i) => squares[n - 1 - i] = value * value);
      assertLess(spectrumDistance(squares, eigenvalues(gram)), ROUNDING);
    }),
    { seed: 6, numRuns: 40 },
  );
});

Deno.test("eigh() takes the mean of entries that differ by rounding", () => {
  const [, value] = eigenvalues(matrix(2, 2, [0, 1 + 2 ** -40, 1, 0]));
  assertAlmostEquals(value, 1 + 2 ** -41, 4 * Number.EPSILON);
});

Deno.test("eigh() refuses what is not square or not symmetric", () => {
  assertThrows(
    () => eigh(matrix(2, 3)),
    TypeError,
    "Cannot compute an eigendecomposition as a must be square: a is a 2 x 3 matrix",
  );
  assertThrows(
    () => eigenvalues(matrix(2, 2, [0, 1, 2, 0])),
    RangeError,
    "Cannot compute eigenvalues as a must be symmetric: a[1, 0] - a[0, 1] is 1",
  );
  assertThrows(() => eigh(matrix(1, 1, [NaN])), RangeError, "a[0, 0] is NaN");
});
