import { matmul, matrix, rng, scale, singularValues, svd, transpose } from "resolvent";
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { orthonormal, spectrumDistance } from "./matrices.ts";

/** Backward errors at sides of at most 30. */
const ROUNDING = 1e-13;

Deno.test("svd() decomposes a reflection with a stretch by hand", () => {
  const { u, s, v } = svd(matrix(2, 2, [0, -2, 5, 0]));
  assertAlmostEquals(s[0], 5, ROUNDING);
  assertAlmostEquals(s[1], 2, ROUNDING);
  assertAlmostEquals(Math.abs(u.data[2]), 1, ROUNDING);
  assertAlmostEquals(u.data[2] * v.data[0], 1, ROUNDING);
  assertAlmostEquals(u.data[1] * v.data[3], -1, ROUNDING);
});

Deno.test("svd() and singularValues() of an empty matrix are empty", () => {
  assertEquals(svd(matrix(0, 4)), {
    u: matrix(0, 0),
    s: new Float64Array(0),
    v: matrix(4, 0),
  });
  assertEquals(singularValues(matrix(4, 0)), new Float64Array(0));
});

Deno.test("singularValues() do not see orthogonal factors and transposition, and scale", () => {
  const side = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(side, side, fc.nat(), fc.double({ min: 1e-3, max: 1e3 }), (m, n, seed, c) => {
      const key = rng(seed);
      const a = key.normal([m, n]);
      const s = singularValues(a);
      const turned = matmul(orthonormal(key.fork("left"), m, m), a);
      assertLess(spectrumDistance(s, singularValues(turned)), ROUNDING);
      assertLess(spectrumDistance(s, singularValues(transpose(a))), ROUNDING);
      assertLess(
        spectrumDistance(s.map((value) => c * value), singularValues(scale(a, c))),
        ROUNDING,
      );
      // Their squares sum to those of the entries.
      const energy = a.data.reduce((sum, value) => sum + value * value, 0);
      const squares = s.reduce((sum, value) => sum + value * value, 0);
      assertAlmostEquals(squares / energy, 1, ROUNDING);
    }),
    { seed: 4, numRuns: 40 },
  );
});

Deno.test("singularValues() of a Gaussian matrix approach the edges of Marchenko and Pastur", () => {
  const n = 400, m = 100;
  const s = singularValues(rng(5).normal([n, m]));
  // Fluctuations at the edges are of order n^(1/6) (Tracy and Widom), 2.7 here.
  assertLess(Math.abs(s[0] - (Math.sqrt(n) + Math.sqrt(m))), 1);
  assertLess(Math.abs(s[m - 1] - (Math.sqrt(n) - Math.sqrt(m))), 1);
});

Deno.test("svd() and singularValues() refuse entries that are not finite", () => {
  assertThrows(
    () => svd(matrix(1, 2, [1, NaN])),
    RangeError,
    "Cannot compute a singular value decomposition as every entry must be finite: a[0, 1] is NaN",
  );
  assertThrows(
    () => singularValues(matrix(1, 1, [-Infinity])),
    RangeError,
    "Cannot compute singular values as every entry must be finite: a[0, 0] is -Infinity",
  );
});
