import { diagonal, matrix, polarExpress, polarFactor, rng, singularValues } from "resolvent";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import { polarExpressSteps } from "../../lib/linalg/polar_express.ts";
import { relativeDistance } from "./matrices.ts";

/** Errors of a few dozen products. */
const ROUNDING = 1e-12;

/** The published polynomials on one singular value of the divided matrix. */
function composed(x: number, steps: number): number {
  return polarExpressSteps(steps).reduce(
    (y, [a, b, c]) => a * y + b * y ** 3 + c * y ** 5,
    x,
  );
}

Deno.test("polarExpress() has the published range on [1e-3, 1]", () => {
  let low = Infinity, high = 0;
  for (let x = 1e-3; x <= 1; x *= 1.0005) {
    low = Math.min(low, composed(x, 5));
    high = Math.max(high, composed(x, 5));
    assertAlmostEquals(composed(x, 9), 1, 1e-9);
  }
  // [0.8462, 1.1236] by an independent evaluation of the published list.
  assertAlmostEquals(low, 0.8462, 1e-4);
  assertAlmostEquals(high, 1.1236, 1e-4);
});

Deno.test("polarExpress() divides the first coefficients by powers of 1.01, the last by none", () => {
  const [first] = polarExpressSteps(1);
  [8.28721201814563 / 1.01, -23.595886519098837 / 1.01 ** 3, 17.300387312530933 / 1.01 ** 5]
    .forEach((value, i) => assertAlmostEquals(first[i], value, ROUNDING));
  assertEquals(polarExpressSteps(9).slice(7), [[1.875, -1.25, 0.375], [1.875, -1.25, 0.375]]);
});

Deno.test("polarExpress() puts every singular value through the polynomials", () => {
  const x = polarExpress(diagonal([3, 4]), { steps: 5 });
  const norm = 1.01 * 5 + 1e-7;
  assertAlmostEquals(x.data[0], composed(3 / norm, 5), ROUNDING);
  assertAlmostEquals(x.data[3], composed(4 / norm, 5), ROUNDING);
});

Deno.test("polarExpress() converges to the polar factor", () => {
  const a = rng(16).normal([12, 7]);
  assertLess(relativeDistance(polarFactor(a), polarExpress(a, { steps: 10 })), ROUNDING);
  const s = singularValues(polarExpress(a));
  assertGreater(s[6], 0.84);
  assertLess(s[0], 1.13);
});

Deno.test("polarExpress() with no steps divides, and refuses steps that are no number of steps", () => {
  assertAlmostEquals(polarExpress(matrix(1, 1, [2]), { steps: 0 }).data[0], 1 / 1.01, 1e-7);
  assertThrows(
    () => polarExpress(matrix(1, 1), { steps: -1 }),
    RangeError,
    "Cannot orthogonalise by Polar Express as steps must be an integer of at least 0: steps is -1",
  );
  assertThrows(() => polarExpress(matrix(1, 1, [NaN])), RangeError, "a[0, 0] is NaN");
});
