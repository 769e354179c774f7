import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  activationFunction,
  dualActivation,
  gaussianExpectation,
  type GaussianPair,
} from "resolvent";

/** Closed forms on both sides. */
const ROUNDING = 1e-13;
/** What the series promises, relative to the root of both mean squares. */
const SERIES = 1e-10;

const gelu = activationFunction("gelu");

/** The normal distribution function, which gelu divides out. */
function cdf(h: number): number {
  return h === 0 ? 0.5 : gelu(h) / h;
}

function density(h: number): number {
  return Math.exp(-h * h / 2) / Math.sqrt(2 * Math.PI);
}

/** Functions with derivatives that have a closed form as well. */
const CLOSED = {
  relu: { f: (h: number) => Math.max(h, 0), derivative: (h: number) => h > 0 ? 1 : 0 },
  abs: { f: Math.abs, derivative: Math.sign },
  leakyRelu: { f: (h: number) => h > 0 ? h : h / 100, derivative: (h: number) => h > 0 ? 1 : 0.01 },
  relu2: { f: (h: number) => Math.max(h, 0) ** 2, derivative: (h: number) => 2 * Math.max(h, 0) },
  square: { f: (h: number) => h * h, derivative: (h: number) => 2 * h },
  identity: { f: (h: number) => h, derivative: () => 1 },
  gelu: { f: gelu, derivative: (h: number) => cdf(h) + h * density(h) },
} as const;

const PAIRS: readonly GaussianPair[] = [
  { variance: 1, covariance: 0.5 },
  { variance: 1, covariance: 1 },
  { variance: 2, covariance: -2 },
  { variance: 0.5, otherVariance: 2, covariance: -0.9 },
  { variance: 1.5, otherVariance: 0.2, covariance: 0 },
  { variance: 1, otherVariance: 4, covariance: 2 },
];

for (const [name, given] of Object.entries(CLOSED)) {
  Deno.test(`dualActivation() of ${name} is that by its Hermite series`, () => {
    const closed = dualActivation(name as keyof typeof CLOSED), series = dualActivation(given);
    for (const pair of PAIRS) {
      assertAlmostEquals(series.value(pair), closed.value(pair), 6 * SERIES);
      assertAlmostEquals(series.derivative(pair), closed.derivative(pair), 6 * SERIES);
    }
  });
}

Deno.test("dualActivation() of erf is that by its Hermite series", () => {
  const erf = (h: number): number => 2 * cdf(Math.SQRT2 * h) - 1;
  const derivative = (h: number): number => 2 / Math.sqrt(Math.PI) * Math.exp(-h * h);
  const closed = dualActivation("erf"), series = dualActivation({ f: erf, derivative });
  for (const pair of PAIRS) {
    assertAlmostEquals(series.value(pair), closed.value(pair), SERIES);
    assertAlmostEquals(series.derivative(pair), closed.derivative(pair), SERIES);
  }
});

Deno.test("dualActivation() of polynomials has Gaussian moments by hand", () => {
  const p = 1.3, q = 0.7, c = 0.4, pair = { variance: p, otherVariance: q, covariance: c };
  const square = dualActivation({ polynomial: [0, 0, 1] });
  assertAlmostEquals(square.value(pair), p * q + 2 * c * c, ROUNDING);
  assertAlmostEquals(square.derivative(pair), 4 * c, ROUNDING);
  const cube = dualActivation({ polynomial: [0, 0, 0, 1] });
  assertAlmostEquals(cube.value(pair), 9 * p * q * c + 6 * c ** 3, ROUNDING);
  assertAlmostEquals(cube.derivative(pair), 9 * (p * q + 2 * c * c), ROUNDING);
  const mixed = dualActivation({ polynomial: [2, 0, -1] });
  assertAlmostEquals(mixed.value(pair), 4 - 2 * p - 2 * q + p * q + 2 * c * c, ROUNDING);
});

Deno.test("dualActivation() of polynomials at full correlation has the moments by quadrature", () => {
  const coefficients = fc.array(fc.integer({ min: -16, max: 16 }).map((k) => k / 8), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(coefficients, fc.double({ min: 0.01, max: 2, noNaN: true }), (polynomial, p) => {
      const f = (h: number): number => polynomial.reduceRight((sum, c) => sum * h + c, 0);
      const size = gaussianExpectation((h) => f(h) ** 2, { variance: p });
      const { value } = dualActivation({ polynomial });
      const terms = polynomial.map(Math.abs);
      const most = gaussianExpectation(
        (h) => terms.reduceRight((sum, c) => sum * Math.abs(h) + c, 0) ** 2,
        { variance: p },
      );
      assertAlmostEquals(value({ variance: p, covariance: p }), size, 1e-11 * most);
    }),
    { numRuns: 60, seed: 9 },
  );
});

Deno.test("dualActivation() has the derivative of its value in the covariance (Price)", () => {
  const step = 1e-4;
  for (const name of ["relu", "gelu", "erf", "relu2", "abs", "tanh", "silu", "sigmoid"] as const) {
    const { value, derivative } = dualActivation(name);
    const at = (covariance: number): GaussianPair => ({
      variance: 0.8,
      otherVariance: 1.7,
      covariance,
    });
    for (const c of [-0.7, 0.1, 0.9]) {
      const difference = (value(at(c + step)) - value(at(c - step))) / (2 * step);
      // central difference: the square of the step times a third derivative of order 1
      assertAlmostEquals(derivative(at(c)), difference, 1e-7);
    }
  }
});

Deno.test("dualActivation() of equal variables is a mean square also for large variances", () => {
  for (const name of ["tanh", "sigmoid", "silu"] as const) {
    const f = activationFunction(name), { value } = dualActivation(name);
    for (const variance of [0, 1e-8, 1, 100]) {
      const square = gaussianExpectation((h) => f(h) ** 2, { variance });
      const found = value({ variance, covariance: variance });
      assertAlmostEquals(found, square, 1e-12 * (1 + square));
    }
  }
});

Deno.test("dualActivation() refuses pairs on which a series does not reach its tolerance", () => {
  const strict = dualActivation(CLOSED.relu);
  const loose = dualActivation({ ...CLOSED.relu, tolerance: 0.1 });
  const near = { variance: 1, covariance: 0.9999 };
  const closed = dualActivation("relu");
  assertThrows(() => strict.derivative(near), RangeError, "as its error must reach the tolerance");
  const gap = Math.abs(loose.derivative(near) - closed.derivative(near));
  assert(gap < 0.1 && gap > SERIES, `${gap}`);
  const far = { variance: 1, covariance: 0.98 };
  assertAlmostEquals(strict.derivative(far), closed.derivative(far), SERIES);
});

Deno.test("dualActivation() refuses a derivative of another function, jumps, and kinks off 0", () => {
  const pair = { variance: 1.3, covariance: 0.3 };
  const wrong = [
    { f: Math.tanh, derivative: Math.cos },
    { f: Math.tanh, derivative: (h: number) => 1.0001 * (1 - Math.tanh(h) ** 2) },
    { f: Math.sign, derivative: () => 0 },
    {
      f: (h: number) => Math.max(-1, Math.min(1, h)),
      derivative: (h: number) => Math.abs(h) < 1 ? 1 : 0,
    },
  ];
  for (const activation of wrong) {
    assertThrows(
      () => dualActivation(activation).value(pair),
      RangeError,
      "as the function must be continuous, with the given derivative and with no kink but at 0",
    );
  }
});

Deno.test("dualActivation() refuses what is no activation and pairs that cannot be", () => {
  assertThrows(() => dualActivation("swish" as "relu"), RangeError, "activation must be one of");
  assertThrows(() => dualActivation(3 as unknown as "relu"), TypeError, "record of settings");
  assertThrows(() => dualActivation({} as unknown as "relu"), TypeError, "activation must be");
  assertThrows(() => dualActivation({ polynomial: [] }), RangeError, "from 1 to 21 coefficients");
  assertThrows(() => dualActivation({ polynomial: [NaN] }), RangeError, "polynomial[0] is NaN");
  assertThrows(() => dualActivation({ f: Math.sin } as never), TypeError, "derivative must be");
  const tolerance = { ...CLOSED.relu, tolerance: 0 };
  assertThrows(() => dualActivation(tolerance), RangeError, "tolerance must be");
  const { value } = dualActivation("erf");
  assertThrows(() => value({ variance: 1, covariance: 1.1 }), RangeError, "covariance must be");
  const exploding = dualActivation({ f: Math.exp, derivative: Math.exp });
  const huge = { variance: 1e6, covariance: 0 };
  assertThrows(() => exploding.value(huge), RangeError, "must be finite");
});
