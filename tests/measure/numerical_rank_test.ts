import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { matmul, matrix, matrixWithSpectrum, numericalRank, rng, scale } from "resolvent";

Deno.test("numericalRank() counts singular values above the tolerance", () => {
  const a = matrixWithSpectrum(rng(1), [8, 6], [1, 1e-3, 1e-6, 1e-18]);
  assertEquals(numericalRank(a), 3);
  assertEquals(numericalRank(a, { tolerance: 1e-4 }), 2);
  assertEquals(numericalRank(scale(a, 1e-150)), 3);
  assertEquals(numericalRank(matrix(4, 2)), 0);
  assertEquals(numericalRank({ singularValues: Float64Array.of(0, 2, 1e-20) }), 1);
});

Deno.test("numericalRank() of a product of Gaussian factors is the inner size", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 7 }), (seed, rank) => {
      const key = rng(seed);
      const [left, right] = [key.fork(0).normal([12, rank]), key.fork(1).normal([rank, 9])];
      return numericalRank(matmul(left, right)) === rank;
    }),
    { seed: 15 },
  );
});

Deno.test("numericalRank() refuses tolerances outside [0, 1)", () => {
  assertThrows(
    () => numericalRank(matrix(1, 1, [1]), { tolerance: 1 }),
    RangeError,
    "Cannot compute a numerical rank as tolerance must be a finite number at least 0 and below 1",
  );
  assertThrows(() => numericalRank(matrix(0, 2)), RangeError, "the matrix must have entries");
});
