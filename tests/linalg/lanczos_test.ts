import {
  diagonal,
  largestSingularValue,
  matrix,
  matrixOperator,
  type Operator,
  rng,
  scale,
  singularValues,
} from "resolvent";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { firstDifference, skewness, withSpectrum } from "./matrices.ts";

/** The default tolerance of the value. */
const TOLERANCE = 1e-8;
/** Rounding of some dozen products. */
const ROUNDING = 1e-12;

Deno.test("largestSingularValue() of vectors, zero and the identity by hand", () => {
  assertAlmostEquals(largestSingularValue(matrix(1, 2, [3, 4])), 5, ROUNDING);
  assertAlmostEquals(largestSingularValue(diagonal([1, -3, 2])), 3, ROUNDING);
  assertAlmostEquals(largestSingularValue(diagonal([2, 2, 2])), 2, ROUNDING);
  assertEquals(largestSingularValue(matrix(5, 4)), 0);
  assertEquals(largestSingularValue(matrix(0, 4)), 0);
});

Deno.test("largestSingularValue() agrees with the decomposition, to its tolerance", () => {
  const side = fc.integer({ min: 1, max: 60 });
  const sizes = fc.constantFrom(1e-150, 1, 1e150);
  fc.assert(
    fc.property(side, side, fc.nat(), sizes, (m, n, seed, unit) => {
      const a = scale(rng(seed).normal([m, n]), unit);
      const exact = singularValues(a)[0];
      assertAlmostEquals(largestSingularValue(a) / exact, 1, TOLERANCE);
      assertAlmostEquals(largestSingularValue(a, { tolerance: 1e-13 }) / exact, 1, ROUNDING);
    }),
    { seed: 17, numRuns: 40 },
  );
});

Deno.test("largestSingularValue() needs few products where one value stands out", () => {
  const s = [100, ...Array.from({ length: 79 }, (_, i) => 1 - i / 100)];
  let products = 0;
  const inner = matrixOperator(withSpectrum(rng(18), s, [90, 80]));
  const counted: Operator = {
    ...inner,
    apply(x): Float64Array {
      products++;
      return inner.apply(x);
    },
  };
  assertAlmostEquals(largestSingularValue(counted) / 100, 1, TOLERANCE);
  // Each step multiplies the error of the value by about (1 / 100)^4.
  assertLess(products, 6);
});

Deno.test("largestSingularValue() finds the edge of a dense spectrum in closed form", () => {
  const n = 200;
  const exact = 2 * Math.sin(n * Math.PI / (2 * (n + 1)));
  assertAlmostEquals(largestSingularValue(firstDifference(n)) / exact, 1, TOLERANCE);
});

Deno.test("largestSingularValue() keeps its vectors orthogonal where they nearly vanish", () => {
  // The images of all vectors are parallel to them up to 1e-9, so each new direction is a small rest.
  const s = Array.from({ length: 30 }, (_, i) => 1 - i * 1e-9);
  const inner = matrixOperator(withSpectrum(rng(19), s, [30, 30]));
  const seen: Float64Array[] = [];
  const recorded: Operator = {
    ...inner,
    apply(x): Float64Array {
      seen.push(x);
      return inner.apply(x);
    },
  };
  assertAlmostEquals(largestSingularValue(recorded, { tolerance: 1e-14 }), 1, ROUNDING);
  assertGreater(seen.length, 5);
  const basis = matrix(30, seen.length, (i, j) => seen[j][i]);
  assertLess(skewness(basis), ROUNDING);
});

Deno.test("largestSingularValue() starts where it is told, and says when it did not converge", () => {
  const a = diagonal([1, 2, 3]);
  // An invariant space that leaves out the largest value.
  const start = Float64Array.of(1, 1, 0);
  assertAlmostEquals(largestSingularValue(a, { start }), 2, ROUNDING);
  assertThrows(
    () => largestSingularValue(firstDifference(100), { maxIterations: 3 }),
    Error,
    "Cannot compute the largest singular value as the relative error must reach 1e-8 in 3 steps: its bound is ",
  );
});

Deno.test("largestSingularValue() refuses wrong operators and options", () => {
  const a = matrix(2, 2, [1, 0, 0, 1]);
  assertThrows(
    () => largestSingularValue({ ...matrixOperator(a), apply: () => new Float64Array(3) }),
    TypeError,
    "an image must be a vector of length 2: an image is [0, 0, 0]",
  );
  assertThrows(
    () => largestSingularValue({ ...matrixOperator(a), apply: () => Float64Array.of(1, NaN) }),
    RangeError,
    "an image[1] must be a finite number: an image[1] is NaN",
  );
  assertThrows(() => largestSingularValue(a, { tolerance: 0 }), RangeError, "tolerance is 0");
  assertThrows(() => largestSingularValue(a, { maxIterations: 0 }), RangeError, "is 0");
  assertThrows(
    () => largestSingularValue(a, { start: new Float64Array(2) }),
    RangeError,
    "start must not be zero",
  );
  assertThrows(() => largestSingularValue(matrix(1, 1, [NaN])), RangeError, "[0, 0] is NaN");
  assert(largestSingularValue(a) > 0);
});
