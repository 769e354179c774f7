import {
  diagonal,
  matmul,
  matrix,
  polar,
  polarFactor,
  rng,
  scale,
  slopeFit,
  svd,
  transpose,
} from "resolvent";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { orthonormal, product, relativeDistance, withSpectrum } from "./matrices.ts";

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

Deno.test("polarFactor() through the Gram matrix equals that of the decomposition, tall or wide", () => {
  const side = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(side, side, fc.nat(), fc.constantFrom(1e-150, 1, 1e150), (m, n, seed, size) => {
      // Singular values from 1 to 2, so that squares lose nothing.
      const spectrum = Array.from({ length: Math.min(m, n) }, (_, i) => 2 - i / Math.min(m, n));
      const a = scale(withSpectrum(rng(seed), spectrum, [m, n]), size);
      const found = polarFactor(a, { method: "gram" });
      assertLess(relativeDistance(polarFactor(a), found), ROUNDING);
    }),
    { seed: 13, numRuns: 30 },
  );
});

Deno.test("polarFactor() through the Gram matrix errs as the square of the condition number", () => {
  const conditions = [1e2, 1e3, 1e4, 1e5];
  const errors = conditions.map((condition) => {
    const distances = rng("gram").split(20).map((key) => {
      const spectrum = Array.from({ length: 8 }, (_, i) => condition ** (-i / 7));
      const u = orthonormal(key.fork("u"), 12, 8), v = orthonormal(key.fork("v"), 8, 8);
      const a = product(u, Float64Array.from(spectrum), v);
      const exact = matmul(u, v, { transposeB: true });
      const distance = relativeDistance(exact, polarFactor(a, { method: "gram" }));
      assertLess(relativeDistance(exact, polarFactor(a)), 100 * condition * 2 ** -53);
      assertLess(distance, 100 * condition ** 2 * 2 ** -53);
      return Math.log(distance);
    });
    return Math.exp(distances.reduce((sum, log) => sum + log, 0) / 20);
  });
  // Means of 20 logarithms of a spread of about 1 over a range of log 1000.
  assertAlmostEquals(slopeFit(conditions, errors, { log: true }).slope, 2, 0.15);
  assertGreater(errors[3], 1e-8);
});

Deno.test("polarFactor() through the Gram matrix leaves out what counts as zero", () => {
  const gram = (entries: readonly number[], tolerance?: number) =>
    Array.from(
      polarFactor(diagonal(entries), { method: "gram", tolerance }).data,
      (x) => Number(x.toFixed(8)),
    );
  assertEquals(gram([1, 0.9e-6]), [1, 0, 0, 0]);
  assertEquals(gram([1, 1.1e-6]), [1, 0, 0, 1]);
  // A tolerance is a singular value, in the unit of the entries, tiny ones too.
  assertEquals(gram([3, 1], 1), [1, 0, 0, 0]);
  assertEquals(gram([3, 1], 0.9), [1, 0, 0, 1]);
  assertEquals(gram([3e-200, 1e-200], 1.1e-200), [1, 0, 0, 0]);
  assertEquals(gram([3e-200, 1e-200], 0.9e-200), [1, 0, 0, 1]);
  assertEquals(gram([0, 0]), [0, 0, 0, 0]);
  assertEquals(polarFactor(matrix(0, 3), { method: "gram" }), matrix(0, 3));
});

Deno.test("polarFactor() refuses methods it does not know, and the same input by each", () => {
  assertThrows(
    () => polarFactor(matrix(1, 1, [1]), { method: "newton" as never }),
    RangeError,
    'Cannot compute a polar factor as method must be one of "svd", "gram": method is "newton"',
  );
  const gram = { method: "gram" } as const;
  assertThrows(
    () => polarFactor(matrix(1, 1, [1]), { ...gram, tolerance: -1 }),
    RangeError,
    "tolerance is -1",
  );
  assertThrows(() => polarFactor(matrix(1, 1, [NaN]), gram), RangeError, "a[0, 0] is NaN");
});

Deno.test("polar() gives factors and vectors that later calls leave alone", () => {
  const a = rng("first").normal([40, 30]), b = rng("second").normal([40, 30]);
  const first = polar(a), kept = structuredClone(first);
  const decomposed = svd(a), keptVectors = structuredClone(decomposed);
  polar(b);
  svd(b);
  assertEquals(first, kept);
  assertEquals(decomposed, keptVectors);
});
