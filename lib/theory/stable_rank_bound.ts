/**
 * The paper's bounds on stable ranks of features and tokens.
 *
 * @module
 */
import { checkNumber, checkOptions } from "../check.ts";
import { activationName, leakySlope } from "../data/activations.ts";
import { checkFeatureActivation, type FeatureActivation } from "../data/random_features.ts";

/**
 * Gives the paper's bound on the noise-to-signal ratio of an activation, which bounds the stable rank.
 *
 * **Definition** `st(A) <= E|z|^2 / |E z|^2 <= bound`: `pi/2` for abs, `pi` for relu,
 * `pi (1 + a^2) / (1 - a)^2` for leaky ReLU of slope a, 6 for relu2, `2 pi (1 + s^2) / s^2` for gelu with `s^2` the
 * smallest pre-activation variance
 *
 * @param activation A name, `{ name: "leakyRelu", slope }`, "swiglu", or a function
 * @param options `smallestVariance`, the smallest pre-activation variance, above 0, used by gelu; default 1
 * @returns The bound, or `Infinity` where the paper gives none: identity, tanh, swiglu (centred: there
 * is none), silu, sigmoid, square and functions
 * @throws {RangeError} if the activation is not known or the variance not above 0
 *
 * @example ReLU
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { stableRankBound } from "resolvent";
 *
 * assertEquals(stableRankBound("relu"), Math.PI);
 * assertEquals(stableRankBound("swiglu"), Infinity);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, Lemma 2.1 and the table of Figure 12.
 */
export function stableRankBound(
  activation: FeatureActivation,
  options: { readonly smallestVariance?: number } = {},
): number {
  const doing = "bound a stable rank";
  const { smallestVariance = 1 } = checkOptions(doing, options);
  const variance = checkNumber(doing, "smallestVariance", smallestVariance, { above: 0 });
  checkFeatureActivation(doing, activation);
  if (typeof activation === "function" || activation === "swiglu") return Infinity;
  switch (activationName(doing, activation)) {
    case "abs":
      return Math.PI / 2;
    case "relu":
      return Math.PI;
    case "leakyRelu": {
      const slope = leakySlope(activation);
      return Math.PI * (1 + slope ** 2) / (1 - slope) ** 2;
    }
    case "relu2":
      return 6;
    case "gelu":
      return 2 * Math.PI * (1 + variance) / variance;
    default:
      return Infinity;
  }
}

/**
 * Gives the paper's bound on the stable rank of tokens with Gaussian embeddings.
 *
 * **Definition** `st(X) <= (1 + e) / (1 - e) / p_max`, where all squared lengths of the embeddings lie within
 * `1 - e` and `1 + e`; with embeddings N(0, 1/d) this holds for `e = sqrt(C ln(types) / d)`
 *
 * @param largestShare p_max, the share of the most frequent token, above 0 and at most 1
 * @param options `spread`, the e of the definition, from 0 to below 1
 * @returns The bound, at least 1
 * @throws {RangeError} if the share or the spread is out of its range
 *
 * @example Without spread it is the stable rank of the one-hot matrix
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { embeddedTokenBound } from "resolvent";
 *
 * assertEquals(embeddedTokenBound(0.25, { spread: 0 }), 4);
 * assertAlmostEquals(embeddedTokenBound(0.25, { spread: 0.5 }), 12);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, Theorem 2.9 and eq. 2.15.
 */
export function embeddedTokenBound(
  largestShare: number,
  options: { readonly spread: number },
): number {
  const doing = "bound the stable rank of embedded tokens";
  checkNumber(doing, "largestShare", largestShare, { above: 0, max: 1 });
  const { spread } = checkOptions(doing, options);
  checkNumber(doing, "spread", spread, { min: 0, below: 1 });
  return (1 + spread) / (1 - spread) / largestShare;
}
