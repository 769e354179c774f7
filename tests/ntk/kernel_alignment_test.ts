import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  innerProduct,
  kernelAlignment,
  kernelDistance,
  kernelTargetAlignment,
  matmul,
  type Matrix,
  matrix,
  rng,
  scale,
  singularValues,
  subtract,
  transpose,
} from "resolvent";

const ROUNDING = 1e-12;

/** Features of the same ten points, and their kernels. */
function pair(seed: number): { readonly features: Matrix; readonly kernel: Matrix } {
  const features = rng(seed).normal([10, 3], { mean: 0.7 });
  return { features, kernel: matmul(features, features, { transposeB: true }) };
}

Deno.test("kernelAlignment() has values by hand", () => {
  const a = matrix(2, 2, [2, 1, 1, 0]), b = matrix(2, 2, [1, 0, 0, 3]);
  assertAlmostEquals(kernelAlignment(a, b), 2 / Math.sqrt(60), ROUNDING);
  // centred: H a H has entries +-0, so of [[1, 0], [0, 3]]: +-1 and of [[4, 1], [1, 2]]: +-1
  assertAlmostEquals(
    kernelAlignment(matrix(2, 2, [4, 1, 1, 2]), b, { centred: true }),
    1,
    ROUNDING,
  );
});

Deno.test("kernelAlignment() centred is CKA by the features' cross-covariance", () => {
  const one = pair(1), other = pair(2);
  function centred(f: Matrix): Matrix {
    const means = [0, 1, 2].map((j) => {
      let sum = 0;
      for (let i = 0; i < 10; i++) sum += f.data[3 * i + j] / 10;
      return sum;
    });
    return matrix(10, 3, (i, j) => f.data[3 * i + j] - means[j]);
  }
  // Kornblith and others, eq. 5: |Y^T X|_F^2 / (|X^T X|_F |Y^T Y|_F)
  const [x, y] = [centred(one.features), centred(other.features)];
  function size(a: Matrix, b: Matrix): number {
    const product = matmul(a, b, { transposeA: true });
    return Math.sqrt(innerProduct(product, product));
  }
  const expected = size(y, x) ** 2 / (size(x, x) * size(y, y));
  assertAlmostEquals(
    kernelAlignment(one.kernel, other.kernel, { centred: true }),
    expected,
    ROUNDING,
  );
});

Deno.test("kernelAlignment() is symmetric, blind to scale, and 1 for a multiple", () => {
  const factor = fc.double({ min: -100, max: 100, noNaN: true }).map((e) => 10 ** e);
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), factor, fc.boolean(), (s1, s2, c, centred) => {
      const a = pair(s1).kernel, b = pair(s2).kernel;
      const alignment = kernelAlignment(a, b, { centred });
      assert(alignment >= 0 && alignment <= 1);
      assertAlmostEquals(kernelAlignment(b, a, { centred }), alignment, ROUNDING);
      assertAlmostEquals(kernelAlignment(scale(a, c), b, { centred }), alignment, ROUNDING);
      assertAlmostEquals(kernelAlignment(a, scale(a, c), { centred }), 1, ROUNDING);
      assertAlmostEquals(kernelAlignment(a, scale(a, -c), { centred }), -1, ROUNDING);
    }),
    { numRuns: 50, seed: 1 },
  );
});

Deno.test("kernelAlignment() centred does not see a shift of the features", () => {
  const { features, kernel } = pair(3), other = pair(4).kernel;
  const shifted = matrix(10, 3, features.data.map((v) => v + 5));
  const moved = matmul(shifted, shifted, { transposeB: true });
  const options = { centred: true };
  assertAlmostEquals(
    kernelAlignment(moved, other, options),
    kernelAlignment(kernel, other, options),
    1e-11,
  );
  assert(Math.abs(kernelAlignment(moved, other) - kernelAlignment(kernel, other)) > 0.01);
});

Deno.test("kernelTargetAlignment() is the alignment with the targets' kernel", () => {
  const { kernel } = pair(5), y = rng(6).normal([10, 2], { mean: 1 });
  const ofTargets = matmul(y, y, { transposeB: true });
  for (const centred of [false, true]) {
    assertAlmostEquals(
      kernelTargetAlignment(kernel, y, { centred }),
      kernelAlignment(kernel, ofTargets, { centred }),
      ROUNDING,
    );
  }
  const one = matrix(10, 1, rng(7).normal(10));
  const tiny = scale(one, 1e-150);
  assertAlmostEquals(
    kernelTargetAlignment(kernel, tiny),
    kernelTargetAlignment(kernel, one),
    ROUNDING,
  );
});

Deno.test("kernelDistance() is relative to its second argument", () => {
  const a = pair(8).kernel, b = pair(9).kernel;
  const norm = (k: Matrix): number => Math.hypot(...singularValues(k));
  assertAlmostEquals(kernelDistance(a, b), norm(subtract(a, b)) / norm(b), ROUNDING);
  assertAlmostEquals(kernelDistance(scale(a, 3), a), 2, ROUNDING);
  assertAlmostEquals(kernelDistance(a, scale(a, 3)), 2 / 3, ROUNDING);
  assertEquals(kernelDistance(a, a), 0);
  assertAlmostEquals(kernelDistance(scale(a, 3e-200), scale(a, 1e-200)), 2, ROUNDING);
  const wide = matrix(2, 3, [1, 2, 3, 4, 5, 6]);
  assertAlmostEquals(kernelDistance(scale(wide, 1.5), wide), 0.5, ROUNDING);
});

Deno.test("alignment and distance refuse kernels that are zero or do not fit", () => {
  const { kernel } = pair(10), zero = matrix(10, 10), flat = matrix(10, 10, () => 0.1);
  const wide = matrix(2, 3, [1, 2, 3, 4, 5, 6]);
  const centred = { centred: true };
  const constant = matrix(10, 1, () => 0.1);
  const refused = [
    [() => kernelAlignment(zero, kernel), RangeError, "k1 must not be zero"],
    [
      () => kernelAlignment(kernel, flat, centred),
      RangeError,
      "k2 must not be zero once it is centred",
    ],
    [() => kernelAlignment(wide, wide, centred), TypeError, "must be square"],
    [() => kernelAlignment(kernel, wide), TypeError, "one shape"],
    [() => kernelTargetAlignment(kernel, wide), TypeError, "a row for each row of the targets"],
    [
      () => kernelTargetAlignment(kernel, constant, centred),
      RangeError,
      "targets must not be zero",
    ],
    [() => kernelDistance(kernel, zero), RangeError, "reference must not be zero"],
    [() => kernelDistance(kernel, transpose(wide)), TypeError, "one shape"],
  ] as const;
  for (const [call, kind, text] of refused) assertThrows(call, kind, text);
});
