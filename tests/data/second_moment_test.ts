import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  type Activation,
  activationFunction,
  activationMean,
  activationSecondMoment,
  gaussianExpectation,
} from "resolvent";

const CLOSED: readonly Activation[] = [
  "identity",
  "relu",
  "leakyRelu",
  { name: "leakyRelu", slope: 0.1 },
  "abs",
  "relu2",
  "gelu",
  "square",
];

/** Trapezoids of step 0.05 in two dimensions; a kink costs the step's square over 12. */
const GRID_TOLERANCE = 4e-4;
/** Quadrature on both sides of the kink. */
const TOLERANCE = 1e-12;

Deno.test("activationMean() is the mean by quadrature", () => {
  for (const activation of [...CLOSED, "tanh", "sigmoid"] as const) {
    for (const variance of [0, 0.3, 1, 7]) {
      const mean = gaussianExpectation(activationFunction(activation), { variance });
      assertAlmostEquals(activationMean(activation, variance)!, mean, TOLERANCE * (1 + variance));
    }
  }
});

Deno.test("activationSecondMoment() at full correlation is the mean square by quadrature", () => {
  for (const activation of CLOSED) {
    const f = activationFunction(activation);
    for (const variance of [0.3, 1, 7]) {
      const square = gaussianExpectation((z) => f(z) ** 2, { variance });
      const moment = activationSecondMoment(activation, { variance, covariance: variance })!;
      assertAlmostEquals(moment / square, 1, TOLERANCE);
      const opposite = gaussianExpectation((z) => f(z) * f(-z), { variance });
      const against = activationSecondMoment(activation, { variance, covariance: -variance })!;
      assertAlmostEquals(against, opposite, TOLERANCE * square);
    }
  }
});

Deno.test("activationSecondMoment() of two correlated variables is their integral", () => {
  const [variance, otherVariance, covariance] = [1.5, 0.4, 0.3];
  const slope = covariance / variance;
  const rest = Math.sqrt(otherVariance - covariance * slope);
  for (const activation of CLOSED) {
    const f = activationFunction(activation);
    let integral = 0;
    for (let u = -8; u <= 8; u += 0.05) {
      for (let z = -8; z <= 8; z += 0.05) {
        const density = Math.exp(-(u * u + z * z) / 2) / (2 * Math.PI);
        const first = Math.sqrt(variance) * u;
        integral += 0.05 ** 2 * density * f(first) * f(slope * first + rest * z);
      }
    }
    const moment = activationSecondMoment(activation, { variance, otherVariance, covariance })!;
    assertAlmostEquals(moment, integral, GRID_TOLERANCE, String(activation));
  }
});

Deno.test("activationSecondMoment() of independent variables is the product of the means", () => {
  for (const activation of CLOSED) {
    const pair = { variance: 2, otherVariance: 0.5, covariance: 0 };
    const product = activationMean(activation, 2)! * activationMean(activation, 0.5)!;
    assertAlmostEquals(activationSecondMoment(activation, pair)!, product, 1e-15);
    assertEquals(activationSecondMoment(activation, { variance: 0, covariance: 0 }), 0);
  }
});

Deno.test("activationSecondMoment() lets rounding of a covariance pass, not more", () => {
  const above = { variance: 1, covariance: 1 + 1e-13 };
  assertAlmostEquals(activationSecondMoment("relu", above)!, 0.5, 1e-12);
  assert(activationSecondMoment("silu", above) === null);
  assert(activationSecondMoment(Math.cos, above) === null && activationMean(Math.cos, 1) === null);
  assertThrows(
    () => activationSecondMoment("relu", { variance: 1, covariance: 1.1 }),
    RangeError,
    "Cannot compute the second moment of an activation as covariance must be a finite number",
  );
  assertThrows(() => activationMean("relu", -1), RangeError, "variance is -1");
});
