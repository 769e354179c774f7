/**
 * The softplus function, a ReLU without its kink.
 *
 * @module
 */
import { type Tensor, tf } from "../backend/tf.ts";
import { checkNumber } from "../check.ts";
import type { ActivationWithDerivative } from "./activations.ts";

/**
 * Makes a softplus activation of a sharpness.
 *
 * **Definition** `f(x) = log(1 + exp(s x)) / s`, `f'(x) = 1 / (1 + exp(-s x))`; ReLU as s tends to
 * infinity, from which it differs by at most `log(2) / s`, at 0
 *
 * @param sharpness s, above 0. Default: 1.
 * @returns The function with its derivative and its form on tensors, for `mlp` and other models
 * @throws {RangeError} if the sharpness is not a finite number above 0
 *
 * @example Between 0 and the identity
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { softplus } from "resolvent";
 *
 * const { f, derivative } = softplus(4);
 * assertEquals([f(-1000), f(1000)], [0, 1000]);
 * assertAlmostEquals(f(0), Math.LN2 / 4);
 * assertEquals(derivative(0), 0.5);
 * ```
 *
 * Source: Dugas, Bengio, Bélisle, Nadeau and Garcia (2001), Incorporating second-order functional
 * knowledge for better option pricing, NeurIPS 13. Differs from the paper in the sharpness.
 */
export function softplus(sharpness = 1): ActivationWithDerivative {
  const doing = "make a softplus activation";
  const s = checkNumber(doing, "sharpness", sharpness, { above: 0 });
  return {
    // No exponential of a positive number, which could overflow.
    f: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(s * x))) / s,
    derivative: (x) => 1 / (1 + Math.exp(-s * x)),
    onTensor: (x: Tensor) => {
      const t = tf(doing);
      return t.mul(t.softplus(t.mul(x, s)), 1 / s);
    },
  };
}
