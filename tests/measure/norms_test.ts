import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  frobeniusNorm,
  matrix,
  matrixWithSpectrum,
  nuclearNorm,
  rng,
  scale,
  singularValues,
  spectralNorm,
} from "resolvent";

const NORMS = [frobeniusNorm, nuclearNorm, spectralNorm];

/** Rounding of a decomposition of order 300. */
const ROUNDING = 1e-12;

Deno.test("frobeniusNorm(), nuclearNorm(), spectralNorm() of a matrix known by hand", () => {
  const a = matrix(2, 3, [0, 3, 0, 4, 0, 0]);
  NORMS.forEach((norm, i) => assertAlmostEquals(norm(a), [5, 7, 4][i], 1e-14));
  const spectrum = { singularValues: Float64Array.of(3, 4) };
  NORMS.forEach((norm, i) => assertAlmostEquals(norm(spectrum), [5, 7, 4][i], 1e-14));
  NORMS.forEach((norm) => assertEquals(norm(matrix(2, 2)), 0));
});

Deno.test("spectralNorm() by Lanczos equals the largest singular value of a full SVD", () => {
  // Above 128 on both sides: an isolated value, a dense cluster, noise.
  const isolated = matrixWithSpectrum(rng(1), [300, 200], [5, 1, 0.5]);
  assertAlmostEquals(spectralNorm(isolated), 5, 5 * ROUNDING);
  const falling = Array.from({ length: 150 }, (_, i) => 2 - i * 1e-5);
  assertAlmostEquals(spectralNorm(matrixWithSpectrum(rng(2), [150, 150], falling)), 2, 1e-10);
  const noise = rng(3).normal([256, 129]);
  assertAlmostEquals(spectralNorm(noise) / singularValues(noise)[0], 1, ROUNDING);
});

Deno.test("the norms are homogeneous from 1e-150 to 1e150", () => {
  for (const shape of [[5, 4], [140, 130]] as const) {
    const a = rng("scales").normal(shape);
    for (const factor of [1e-150, 1e150]) {
      for (const norm of NORMS) {
        assertAlmostEquals(norm(scale(a, factor)) / factor / norm(a), 1, ROUNDING);
      }
    }
  }
});

Deno.test("the norms obey |A| <= |A|_F <= |A|_* and the triangle inequality", () => {
  const entry = fc.double({ min: -10, max: 10, noNaN: true });
  const size = fc.integer({ min: 1, max: 6 });
  const pair = fc.tuple(size, size).chain(([rows, cols]) => {
    const entries = fc.array(entry, { minLength: rows * cols, maxLength: rows * cols });
    return fc.tuple(fc.constant([rows, cols] as const), entries, entries);
  });
  fc.assert(
    fc.property(pair, ([[rows, cols], x, y]) => {
      const [a, b] = [matrix(rows, cols, x), matrix(rows, cols, y)];
      const sum = matrix(rows, cols, x.map((value, i) => value + y[i]));
      const slack = ROUNDING * (1 + nuclearNorm(a) + nuclearNorm(b));
      assert(spectralNorm(a) <= frobeniusNorm(a) + slack);
      assert(frobeniusNorm(a) <= nuclearNorm(a) + slack);
      for (const norm of NORMS) assert(norm(sum) <= norm(a) + norm(b) + slack);
    }),
    { seed: 3 },
  );
});

Deno.test("the norms refuse what has no norm", () => {
  assertThrows(
    () => spectralNorm(matrix(1, 2, [1, NaN])),
    RangeError,
    "Cannot compute a spectral norm as every entry must be finite: a[0, 1] is NaN",
  );
  assertThrows(() => nuclearNorm(matrix(0, 3)), RangeError, "the matrix must have entries");
  assertThrows(() => frobeniusNorm(matrix(1, 1, [Infinity])), RangeError, "a[0, 0] is Infinity");
  assertThrows(
    () => frobeniusNorm({ singularValues: new Float64Array() }),
    RangeError,
    "there must be singular values",
  );
  assertThrows(
    () => nuclearNorm({ singularValues: Float64Array.of(1, -1) }),
    RangeError,
    "every singular value must be finite and at least 0: singularValues[1] is -1",
  );
  assertThrows(() => nuclearNorm([1] as unknown as ReturnType<typeof matrix>), TypeError, "matrix");
});
