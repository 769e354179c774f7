/**
 * Stable ranks of random features in the limit of many features, inputs and samples.
 *
 * @module
 */
import { checkInteger, checkNumber, checkOptions } from "../check.ts";
import { activationFunction } from "../data/activations.ts";
import { checkFeatureActivation, type FeatureActivation } from "../data/random_features.ts";
import { activationMean, activationSecondMoment } from "../data/second_moment.ts";
import { gaussianExpectation } from "../stats/gaussian_expectation.ts";

/** Mean and mean square of an activation of a normal variable. */
export type ActivationMoments = {
  /** `E s(z)`. */
  readonly mean: number;
  /** `E s(z)^2`, at least the square of the mean. */
  readonly second: number;
};

/** Scale of the pre-activations. */
export type PreactivationOptions = {
  /** Variance of a pre-activation, above 0; default 1. */
  readonly preactivationVariance?: number;
};

/** A mean below this part of the root mean square counts as zero: rounding of the quadrature. */
const CENTRED = 1e-14;

/**
 * Computes mean and mean square of an activation of a normal pre-activation.
 *
 * **Definition** `E s(z)` and `E s(z)^2`, `z ~ N(0, q)`; for "swiglu" of the product `silu(z) z'` with an
 * independent `z'` of the same law
 *
 * In closed form where there is one, else by quadrature to 1e-12.
 *
 * @param activation A name, `{ name: "leakyRelu", slope }`, "swiglu", or a function smooth on either
 * side of 0
 * @param options The variance q of the pre-activation
 * @returns Mean and mean square
 * @throws {RangeError} if the variance is not above 0 or the activation not known
 *
 * @example ReLU
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { activationMoments } from "resolvent";
 *
 * const { mean, second } = activationMoments("relu");
 * assertAlmostEquals(mean, 1 / Math.sqrt(2 * Math.PI));
 * assertAlmostEquals(second, 0.5);
 * ```
 *
 * Source: definitions; closed forms as in `activationMean` and `activationSecondMoment`.
 */
export function activationMoments(
  activation: FeatureActivation,
  options: PreactivationOptions = {},
): ActivationMoments {
  const doing = "compute the moments of an activation";
  const { preactivationVariance: variance = 1 } = checkOptions(doing, options);
  checkNumber(doing, "preactivationVariance", variance, { above: 0 });
  checkFeatureActivation(doing, activation);
  if (activation === "swiglu") {
    const gate = activationMoments("silu", options);
    return { mean: 0, second: gate.second * variance };
  }
  const f = activationFunction(activation);
  const mean = activationMean(activation, variance);
  const second = activationSecondMoment(activation, { variance, covariance: variance });
  return {
    mean: mean ?? gaussianExpectation(f, { variance }),
    second: second ?? gaussianExpectation((z) => f(z) ** 2, { variance }),
  };
}

/**
 * Computes the stable rank that random features tend to.
 *
 * **Definition** `E s(z)^2 / (E s(z))^2`, `z ~ N(0, q)`
 *
 * Derivation. Let `A = s(X V)` with n samples, k features and inputs of dimension d, all growing
 * in proportion, and weights whose columns have squared length near q. `A^T A / n` tends to
 * `M[i, j] = E s(v_i . x) s(v_j . x)`. For i = j this is `E s(z)^2`; for i != j the cosine of `v_i` and `v_j`
 * is of order `1/sqrt(d)`, and expanding in it gives `M = mu^2 1 1^T + R`, `mu = E s(z)`, with `R` of bounded
 * norm. So `|A|_F^2 / n` tends to `k E s(z)^2` and `|A|^2 / n` to `k mu^2 (1 + O(1/k))`, and their ratio is the
 * limit. If `mu = 0`, the largest eigenvalue stays bounded and the stable rank grows like k.
 *
 * @param activation A name, `{ name: "leakyRelu", slope }`, "swiglu", or a function smooth on either
 * side of 0
 * @param options The variance q of the pre-activation: |v|^2 for standard normal inputs
 * @returns The limit, at least 1; `Infinity` for centred activations (identity, tanh, swiglu and odd
 * functions), whose stable rank has no limit and grows in proportion to the width
 * @throws {RangeError} if the variance is not above 0, the activation not known, or zero throughout
 *
 * @example ReLU and a centred activation
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { limitingStableRank } from "resolvent";
 *
 * assertAlmostEquals(limitingStableRank("relu"), Math.PI);
 * assertEquals(limitingStableRank("tanh"), Infinity);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, Lemma 2.1 and Theorem 2.6 (as a bound). Differs
 * from the paper in that the limit of GELU is given, which lies below the paper's bound.
 */
export function limitingStableRank(
  activation: FeatureActivation,
  options: PreactivationOptions = {},
): number {
  const { mean, second } = activationMoments(activation, options);
  checkNumber("compute a limiting stable rank", "the mean square", second, { above: 0 });
  return Math.abs(mean) <= CENTRED * Math.sqrt(second) ? Infinity : second / (mean * mean);
}

/**
 * Computes the limiting stable ranks of the layers of a wide ReLU network.
 *
 * **Definition** `1 / c_l` with `c_0 = 0`, `c_{l+1} = (sqrt(1 - c_l^2) + (pi - arccos c_l) c_l) / pi`
 *
 * Derivation. With weights N(0, 2/fan-in) all samples keep one squared length, and `c_l` is the cosine of
 * two samples' activations in layer l; independent inputs have `c_0 = 0`. The Gram matrix of the samples
 * tends to `(1 - c_l) I + c_l 1 1^T` (per unit length), whose trace over its largest eigenvalue is `1 / c_l`.
 *
 * @param layers Number of layers L, an integer of at least 0
 * @returns Limits of layers 1 to L, length L: 3.1416, 2.0254, 1.6534, 1.4685, ..., falling to 1
 * @throws {RangeError} if the number of layers is not an integer of at least 0
 *
 * @example The first layer's limit is pi
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { deepReluStableRanks } from "resolvent";
 *
 * const [first, second] = deepReluStableRanks(2);
 * assertAlmostEquals(first, Math.PI);
 * assertAlmostEquals(second, 2.0254, 1e-4);
 * ```
 *
 * Source: Cho and Saul (2009), Kernel methods for deep learning, eq. 6 (the recursion); the layers of
 * arXiv:2512.04299, Theorem 2.7. Differs from the paper, which bounds every layer by pi.
 */
export function deepReluStableRanks(layers: number): Float64Array {
  checkInteger("compute stable ranks of ReLU layers", "layers", layers, { min: 0 });
  const out = new Float64Array(layers);
  let cosine = 0;
  for (let layer = 0; layer < layers; layer++) {
    // Twice the second moment of ReLU at unit variance and this covariance.
    cosine = Math.min(1, 2 * activationSecondMoment("relu", { variance: 1, covariance: cosine })!);
    out[layer] = 1 / cosine;
  }
  return out;
}
