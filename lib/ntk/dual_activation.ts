/**
 * Dual activations: what an activation and its derivative make of the covariance of two Gaussian
 * variables.
 *
 * @module
 */
import { checkPair, type GaussianPair } from "../data/second_moment.ts";
import type { ClosedDual } from "./closed_duals.ts";
import { dualKind, type KernelActivation } from "./kernel_activation.ts";
import { correlationOf, isParallel } from "./correlation.ts";
import { type PairDual, seriesDual, type SmoothFunction } from "./series_dual.ts";

/** Expectations over a pair of Gaussian variables. */
export type DualActivation = {
  /** `E s(u) s(v)`. */
  readonly value: (pair: GaussianPair) => number;
  /** `E s'(u) s'(v)`. */
  readonly derivative: (pair: GaussianPair) => number;
};

const DOING = "compute a dual activation";

/**
 * Gives the dual of an activation and the dual of its derivative.
 *
 * **Definition** `E s(u) s(v)` and `E s'(u) s'(v)`, `(u, v)` centred Gaussian with variances p, q and covariance
 * c. In closed form for every name but silu, sigmoid and tanh: as `activationSecondMoment`; for leaky ReLU
 * of slope a the second is `a + (1-a)^2 (pi - arccos t) / (2 pi)`, `t = c / sqrt(p q)`; for erf they are
 * `(2/pi) arcsin(2 c / sqrt((1+2p)(1+2q)))` and `(4/pi) / sqrt((1+2p)(1+2q) - 4 c^2)`
 *
 * Polynomials are exact. Others go by their Hermite series `sum_m a_m(p) a_m(q) t^m` with coefficients by
 * quadrature. What a sum leaves out is known from `E s(u)^2`: a value that may be off by more than 1e-10
 * of `sqrt(E s(u)^2 E s(v)^2)` is refused. Smooth functions reach that up to variances of some 10; a
 * function with a kink at 0 reaches it up to `|t| = 0.98`, and at `|t| = 1`.
 *
 * @param activation A name, "erf", `{ name: "leakyRelu", slope }`, `{ polynomial }` by its coefficients, or
 * `{ f, derivative, tolerance }`
 * @returns Functions of variances and covariance; they throw a RangeError where the covariance is
 * larger than the variances allow, where the series does not reach its tolerance, and where a
 * derivative is not that of the function
 * @throws {RangeError} if the name is not known, or a coefficient or the tolerance cannot be used
 * @throws {TypeError} if the activation is none of these
 *
 * @example Derivatives of ReLU: whether both variables are positive
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { dualActivation } from "resolvent";
 *
 * const { value, derivative } = dualActivation("relu");
 * assertAlmostEquals(value({ variance: 1, covariance: 1 }), 1 / 2);
 * assertAlmostEquals(derivative({ variance: 1, covariance: 0 }), 1 / 4);
 * assertAlmostEquals(derivative({ variance: 1, covariance: 0.5 }), 1 / 3);
 * ```
 *
 * Source: Cho and Saul (2009), Kernel methods for deep learning; Williams (1997), Computing with
 * infinite networks, eq. 11 (erf); Daniely, Frostig and Singer, arXiv:1602.05897, section 4 (series).
 */
export function dualActivation(activation: KernelActivation): DualActivation {
  const kind = dualKind(DOING, activation);
  const dual = kind.kind === "series" ? ofOnePair(kind.smooth) : kind.dual;
  return {
    value: (pair) => dual.value(...checkPair(DOING, pair)),
    derivative: (pair) => dual.derivative(...checkPair(DOING, pair)),
  };
}

/** The series, made for each pair anew. */
function ofOnePair(smooth: SmoothFunction): ClosedDual {
  function made(p: number, q: number, c: number): PairDual {
    const sides = [Float64Array.of(p), Float64Array.of(q)] as const;
    const t = Math.abs(correlationOf(p, q, c));
    return seriesDual(smooth, sides, isParallel(t) ? 0 : t);
  }
  return {
    value: (p, q, c) => made(p, q, c).value(0, 0, c),
    derivative: (p, q, c) => made(p, q, c).derivative(0, 0, c),
  };
}
