/**
 * Descent along the signs of the gradient.
 *
 * @module
 */
import { checkNumber, checkOptions } from "../check.ts";
import { operationsFor, type Optimizer, startCount, type StepState } from "./kinds.ts";
import { checkRate, type Rate, rateAt } from "./schedules.ts";

/** Settings of {@linkcode signDescent}. */
export type SignDescentOptions = {
  /** Length of the step in each entry, at least 0, or a schedule. */
  readonly learningRate: Rate;
  /** Decoupled decay, at least 0. Default: 0. */
  readonly weightDecay?: number;
};

/**
 * Descent along the signs of the gradient: steepest descent in the largest entry, at fixed length.
 *
 * **Definition** `update = -lr (sign(G) + lambda W)`, with sign(0) = 0.
 *
 * @param options Learning rate and weight decay
 * @returns an optimizer of arrays of any shape
 * @throws {RangeError} if the rate or the decay is negative
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example The size of a gradient does not matter
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, signDescent } from "resolvent";
 *
 * const rule = signDescent({ learningRate: 0.5 });
 * const w = matrix(1, 3);
 * const [update] = rule.update(matrix(1, 3, [1e-9, -4, 2]), rule.init(w), w);
 * assertEquals([...update.data], [-0.5, 0.5, -0.5]);
 * ```
 *
 * Source: Bernstein et al. (2018), signSGD, arXiv:1802.04434, algorithm 1.
 */
export function signDescent(options: SignDescentOptions): Optimizer<StepState> {
  const doing = "take a step of sign descent";
  const { learningRate, weightDecay = 0 } = checkOptions(doing, options);
  checkRate(doing, "learningRate", learningRate, { min: 0 });
  checkNumber(doing, "weightDecay", weightDecay, { min: 0 });
  return {
    init: startCount(doing),
    update: (gradient, { step }, params) => {
      const { add, scale, sign } = operationsFor(doing, gradient, params);
      const rate = rateAt(doing, "learningRate", learningRate, step, { min: 0 });
      const signs = sign(gradient);
      const decayed = weightDecay === 0 ? signs : add(signs, scale(params, weightDecay));
      return [scale(decayed, -rate), { step: step + 1 }];
    },
  };
}
