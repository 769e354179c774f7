import { diagonal, matmul, matrix, polar, polarFactor, rng, scale, transpose } from "resolvent";
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { orthonormal, product, relativeDistance } from "./matrices.ts";

/** Backward errors over the smallest singular value, at sides of at most 20. */
const ROUNDING = 1e-11;

Deno.test("polarFactor() of a rotated stretch is the rotation", () => {
  const c = Math.cos(0.3), s = Math.sin(0.3);
  const rotation = matrix(2, 2, [c, -s, s, c]);
  const stretched = matmul(rotation, matrix(2, 2, [2, 1, 1, 3]));
  assertLess(relativeDistance(rotation, polarFactor(stretched)), ROUNDING);
});

Deno.test("polarFactor() keeps only the numerical range", () => {
  const a = diagonal([2, 1e-20, 0]);
  assertEquals(polarFactor(a), diagonal([1, 0, 0]));
  assertEquals(polarFactor(matrix(2, 3)), matrix(2, 3));
  assertEquals(polarFactor(matrix(0, 3)), matrix(0, 3));
  // A tolerance is an absolute size, and a value of that size does not count.
  assertLess(
    relativeDistance(diagonal([1, 0]), polarFactor(diagonal([3, 1]), { tolerance: 1 })),
    ROUNDING,
  );
  assertLess(
    relativeDistance(diagonal([1, 1]), polarFactor(diagonal([3, 1]), { tolerance: 0.5 })),
    ROUNDING,
  );
});

Deno.test("polarFactor() follows orthogonal factors, and does not see sizes", () => {
  const side = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(side, side, fc.nat(), (m, n, seed) => {
      const key = rng(seed);
      // Singular values from 1 to 2, so that the factor is well determined.
      const k = Math.min(m, n);
      const u = orthonormal(key.fork("u"), m, k), v = orthonormal(key.fork("v"), n, k);
      const a = product(u, Float64Array.from({ length: k }, (_, i) => 1 + i / k), v);
      const factor = polarFactor(a);
      const turn = orthonormal(key.fork("turn"), m, m);
      assertLess(relativeDistance(matmul(u, v, { transposeB: true }), factor), ROUNDING);
      assertLess(relativeDistance(matmul(turn, factor), polarFactor(matmul(turn, a))), ROUNDING);
      assertLess(relativeDistance(transpose(factor), polarFactor(transpose(a))), ROUNDING);
      assertLess(relativeDistance(factor, polarFactor(scale(a, 1e-150))), ROUNDING);
    }),
    { seed: 11, numRuns: 30 },
  );
});

Deno.test("polar() pairs with its matrix to the nuclear norm", () => {
  const a = rng(12).normal([9, 14]);
  const { factor, singularValues } = polar(a);
  assertEquals(factor, polarFactor(a));
  const pairing = a.data.reduce((sum, value, at) => sum + value * factor.data[at], 0);
  assertAlmostEquals(pairing, singularValues.reduce((sum, value) => sum + value, 0), ROUNDING);
});

Deno.test("polarFactor() refuses a negative tolerance and entries that are not finite", () => {
  assertThrows(
    () => polarFactor(matrix(1, 1, [1]), { tolerance: -1 }),
    RangeError,
    "Cannot compute a polar factor as tolerance must be a finite number at least 0: tolerance is -1",
  );
  assertThrows(() => polar(matrix(1, 1, [NaN])), RangeError, "a[0, 0] is NaN");
});
