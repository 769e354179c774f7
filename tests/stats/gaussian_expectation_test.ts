import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { gaussianExpectation } from "resolvent";
import { gaussLegendre } from "../../lib/stats/gaussian_expectation.ts";

/** What the quadrature promises, relative. */
const TOLERANCE = 1e-12;

Deno.test("gaussLegendre() integrates polynomials of degree 2n - 1 exactly", () => {
  for (const count of [1, 2, 5, 20]) {
    const { nodes, weights } = gaussLegendre(count);
    for (let degree = 0; degree < 2 * count; degree++) {
      const sum = nodes.reduce((total, x, i) => total + weights[i] * x ** degree, 0);
      assertAlmostEquals(sum, degree % 2 === 0 ? 2 / (degree + 1) : 0, 4e-15);
    }
  }
  assertAlmostEquals(gaussLegendre(2).nodes[1], 1 / Math.sqrt(3), 1e-15);
});

Deno.test("gaussianExpectation() has the moments of the normal distribution", () => {
  for (const variance of [0.01, 1, 9]) {
    let factorial = 1;
    for (let k = 0; k <= 10; k += 2) {
      if (k > 0) factorial *= k - 1;
      const moment = gaussianExpectation((z) => z ** k, { variance });
      assertAlmostEquals(moment / (factorial * variance ** (k / 2)), 1, TOLERANCE);
    }
  }
});

Deno.test("gaussianExpectation() takes kinks and jumps at 0, and steep functions", () => {
  const root = Math.sqrt(2 / Math.PI);
  assertAlmostEquals(gaussianExpectation(Math.abs), root, TOLERANCE);
  assertAlmostEquals(gaussianExpectation((z) => z > 0 ? 1 : 0), 0.5, TOLERANCE);
  assertAlmostEquals(gaussianExpectation(Math.cos), Math.exp(-0.5), TOLERANCE);
  // |z| rounded off over a width of 1e-3; the value from mpmath at 30 digits.
  const rounded = gaussianExpectation((z) => Math.sqrt(z * z + 1e-6));
  assertAlmostEquals(rounded, 0.797887815720751887, TOLERANCE);
});

Deno.test("gaussianExpectation() of odd functions is exactly 0", () => {
  assertEquals(gaussianExpectation(Math.tanh, { variance: 3 }), 0);
  assertEquals(gaussianExpectation((z) => z ** 3), 0);
  assertEquals(gaussianExpectation((z) => 2 + z, { variance: 0 }).toFixed(12), "2.000000000000");
});

Deno.test("gaussianExpectation() refuses negative variances and functions that are not finite", () => {
  assertThrows(
    () => gaussianExpectation(Math.abs, { variance: -1 }),
    RangeError,
    "Cannot compute a Gaussian expectation as variance must be a finite number at least 0",
  );
  assertThrows(() => gaussianExpectation(Math.log), RangeError, "the function must be finite");
});
