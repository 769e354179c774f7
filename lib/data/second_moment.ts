/**
 * Means and second moments of activations of Gaussian variables, in closed form where there is one.
 *
 * @module
 */
import { checkNumber, checkOptions } from "../check.ts";
import { type Activation, activationName, leakySlope } from "./activations.ts";

/** Two centred Gaussian variables. */
export type GaussianPair = {
  /** Variance of the first, at least 0. */
  readonly variance: number;
  /** Variance of the second, at least 0; default that of the first. */
  readonly otherVariance?: number;
  /** Their covariance, of size at most the root of the product of the variances. */
  readonly covariance: number;
};

/**
 * Computes the mean of an activation of a Gaussian variable in closed form.
 *
 * **Definition** `E s(z)`, `z ~ N(0, q)`: 0 for identity and tanh, `(1 - slope) sqrt(q / (2 pi))` for
 * leaky ReLU (slope 0 is ReLU, -1 is abs), `q/2` for relu2, `q` for square,
 * `q / sqrt(2 pi (1 + q))` for gelu, `1/2` for sigmoid
 *
 * @param activation A name, `{ name: "leakyRelu", slope }`, or a function
 * @param variance The variance q, at least 0
 * @returns The mean, or `null` for silu and for functions, which have no closed form here
 * @throws {RangeError} if the variance is not a finite number of at least 0
 *
 * @example ReLU of a standard normal variable
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { activationMean } from "resolvent";
 *
 * assertAlmostEquals(activationMean("relu", 1)!, 1 / Math.sqrt(2 * Math.PI));
 * ```
 *
 * Source: the first absolute moment of the normal distribution; for gelu, Stein's identity
 * `E z Phi(z) = q E phi(z)`. Differs from arXiv:2512.04299, section 3.1.1, which prints 1/(2 pi) for ReLU.
 */
export function activationMean(activation: Activation, variance: number): number | null {
  const doing = "compute the mean of an activation";
  const q = checkNumber(doing, "variance", variance, { min: 0 });
  if (typeof activation === "function") return null;
  switch (activationName(doing, activation)) {
    case "identity":
    case "tanh":
      return 0;
    case "relu":
      return leakyMean(0, q);
    case "abs":
      return leakyMean(-1, q);
    case "leakyRelu":
      return leakyMean(leakySlope(activation), q);
    case "relu2":
      return q / 2;
    case "square":
      return q;
    case "gelu":
      return q / Math.sqrt(2 * Math.PI * (1 + q));
    case "sigmoid":
      return 0.5;
    case "silu":
      return null;
  }
}

/**
 * Computes the second moment of an activation of two correlated Gaussian variables in closed form.
 *
 * **Definition** `E s(u) s(v)`, `(u, v)` centred Gaussian with variances p, q and covariance c, and
 * `t = c / sqrt(p q)`: identity `c`; leaky ReLU of slope a (0 is ReLU, -1 is abs)
 * `((1+a)/2)^2 c + ((1-a)/2)^2 (2/pi) sqrt(p q) (sqrt(1 - t^2) + t arcsin t)`; square `p q + 2 c^2`; relu2
 * `p q / (2 pi) (3 t sqrt(1 - t^2) + (pi - arccos t)(1 + 2 t^2))`; gelu
 * `c/4 + c/(2 pi) arcsin(c / sqrt((1+p)(1+q))) + (p q - c^2 + c^2/(1+p) + c^2/(1+q)) / (2 pi sqrt((1+p)(1+q) - c^2))`
 *
 * @param activation A name, `{ name: "leakyRelu", slope }`, or a function
 * @param pair Variances and covariance
 * @returns The second moment, or `null` for silu, sigmoid, tanh and functions
 * @throws {RangeError} if a variance is negative or the covariance larger than the variances allow
 * @throws {TypeError} if `pair` is not a record
 *
 * @example ReLU of one variable, and of two independent ones
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { activationSecondMoment } from "resolvent";
 *
 * assertAlmostEquals(activationSecondMoment("relu", { variance: 1, covariance: 1 })!, 0.5);
 * assertAlmostEquals(
 *   activationSecondMoment("relu", { variance: 1, covariance: 0 })!,
 *   1 / (2 * Math.PI),
 * );
 * ```
 *
 * Source: Cho and Saul (2009), Kernel methods for deep learning, eqs. 3 to 6 (arc-cosine kernels);
 * Tsuchida and others, arXiv:2002.08517 (GELU); used in arXiv:2512.04299, section 3.1.1.
 */
export function activationSecondMoment(activation: Activation, pair: GaussianPair): number | null {
  const [p, q, c] = checkPair("compute the second moment of an activation", pair);
  const moment = closedSecondMoment(activation);
  return moment === null ? null : moment(p, q, c);
}

/** The variances p, q and the covariance c of a pair, or what is wrong with them. */
export function checkPair(
  doing: string,
  pair: GaussianPair,
): readonly [p: number, q: number, c: number] {
  checkOptions(doing, pair, "pair");
  const p = checkNumber(doing, "variance", pair.variance, { min: 0 });
  const q = checkNumber(doing, "otherVariance", pair.otherVariance ?? p, { min: 0 });
  // Covariances computed from data pass the bound by rounding; 1e-12 relative is let through.
  const most = Math.sqrt(p) * Math.sqrt(q) * (1 + 1e-12);
  return [p, q, checkNumber(doing, "covariance", pair.covariance, { min: -most, max: most })];
}

/** The closed form as a function of the variances p, q and the covariance c, unchecked. */
export function closedSecondMoment(
  activation: Activation,
): ((p: number, q: number, c: number) => number) | null {
  if (typeof activation === "function") return null;
  switch (activationName("compute the second moment of an activation", activation)) {
    case "identity":
      return (_p, _q, c) => c;
    case "relu":
      return (p, q, c) => leakySecond(0, p, q, c);
    case "abs":
      return (p, q, c) => leakySecond(-1, p, q, c);
    case "leakyRelu": {
      const slope = leakySlope(activation);
      return (p, q, c) => leakySecond(slope, p, q, c);
    }
    case "relu2":
      return relu2Second;
    case "square":
      return (p, q, c) => p * q + 2 * c * c;
    case "gelu":
      return geluSecond;
    case "silu":
    case "sigmoid":
    case "tanh":
      return null;
  }
}

function leakyMean(slope: number, q: number): number {
  return (1 - slope) * Math.sqrt(q / (2 * Math.PI));
}

/** `s(x) = (1+a)/2 x + (1-a)/2 |x|`; the mixed terms are odd and vanish. */
function leakySecond(slope: number, p: number, q: number, c: number): number {
  const root = Math.sqrt(p) * Math.sqrt(q);
  const t = correlation(root, c);
  const ofAbs = 2 / Math.PI * root * (Math.sqrt(1 - t * t) + t * Math.asin(t));
  return ((1 + slope) / 2) ** 2 * root * t + ((1 - slope) / 2) ** 2 * ofAbs;
}

/** The arc-cosine kernel of order 2. */
function relu2Second(p: number, q: number, c: number): number {
  const t = correlation(Math.sqrt(p) * Math.sqrt(q), c);
  const angular = 3 * t * Math.sqrt(1 - t * t) + (Math.PI - Math.acos(t)) * (1 + 2 * t * t);
  return p * q / (2 * Math.PI) * angular;
}

/** By Stein's identity twice, with `E Phi(u) Phi(v)` from the orthant probability. */
function geluSecond(p: number, q: number, c: number): number {
  const scale = (1 + p) * (1 + q);
  const orthant = 0.25 + Math.asin(c / Math.sqrt(scale)) / (2 * Math.PI);
  const densities = 1 / (2 * Math.PI * Math.sqrt(scale - c * c));
  return c * orthant + (p * q - c * c + c * c / (1 + p) + c * c / (1 + q)) * densities;
}

/** The correlation, kept in [-1, 1] against rounding; 0 where a variance is 0. */
export function correlation(root: number, c: number): number {
  return root > 0 ? Math.min(1, Math.max(-1, c / root)) : 0;
}
