import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  eigenvalues,
  matmul,
  type Matrix,
  matrix,
  rng,
  scale,
  spectralNorm,
  spectralRadius,
  transpose,
} from "resolvent";

Deno.test("spectralRadius() of triangular, symmetric and turned matrices", () => {
  assertAlmostEquals(spectralRadius(matrix(2, 2, [1, 100, 0, -3])), 3, 1e-12);
  const g = rng("symmetric").normal([30, 30]), values = eigenvalues(matmul(g, transpose(g)));
  const radius = spectralRadius(matmul(g, transpose(g)));
  assertAlmostEquals(radius / values[29], 1, 1e-12);
  // Eigenvalues of a block [[a, -b], [b, a]] are a ± ib; the other block is smaller.
  const turned = matrix(3, 3, [3, -4, 0, 4, 3, 0, 7, 7, 4.9]);
  assertAlmostEquals(spectralRadius(turned), 5, 1e-12);
});

Deno.test("spectralRadius() is at most the norm, far below it where a matrix is not normal", () => {
  const a = rng("normal").normal([100, 100], { sd: 0.1 });
  assertLess(spectralRadius(a), 1.3);
  assertLess(1.8, spectralNorm(a));
  const u = rng("u").normal([100, 1]), v = rng("v").normal([100, 1]);
  const dot = matmul(u, v, { transposeA: true }).data[0];
  const one = spectralRadius(matmul(u, v, { transposeB: true }));
  assertAlmostEquals(one / Math.abs(dot), 1, 1e-12);
});

Deno.test("spectralRadius() is homogeneous, and 0 of nilpotent matrices", () => {
  const a = rng("scales").normal([6, 6]);
  for (const factor of [1e-300, 1e-150, 1e150, 1e300]) {
    assertAlmostEquals(spectralRadius(scale(a, factor)) / factor / spectralRadius(a), 1, 1e-12);
  }
  assertEquals(spectralRadius(matrix(3, 3, [0, 1, 2, 0, 0, 3, 0, 0, 0])), 0);
  assertEquals(spectralRadius(matrix(2, 2)), 0);
});

Deno.test("spectralRadius() refuses what is not a square matrix of numbers", () => {
  assertThrows(() => spectralRadius(matrix(2, 3)), TypeError, "square");
  assertThrows(() => spectralRadius(matrix(0, 0)), RangeError, "must have entries");
  assertThrows(() => spectralRadius(matrix(1, 1, [NaN])), RangeError, "compute a spectral radius");
  assertThrows(() => spectralRadius(null as unknown as Matrix), TypeError, "matrix");
});
