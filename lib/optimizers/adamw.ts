/**
 * Adam with decoupled weight decay.
 *
 * @module
 */
import { operationsOf } from "../backend/kinds.ts";
import { checkNumber, checkOptions } from "../check.ts";
import { type LikeParams, operationsFor, type Optimizer } from "./kinds.ts";
import { checkRate, type Rate, rateAt } from "./schedules.ts";

/** Settings of {@linkcode adamW}; the defaults are PyTorch's. */
export type AdamWOptions = {
  /** Step length, at least 0, or a schedule. Default: 0.001. */
  readonly learningRate?: Rate;
  /** Share of the past that the mean of gradients keeps, in [0, 1). Default: 0.9. */
  readonly beta1?: number;
  /** Share of the past that the mean of squared gradients keeps, in [0, 1). Default: 0.999. */
  readonly beta2?: number;
  /** Added to the root in the denominator, above 0. Default: 1e-8. */
  readonly epsilon?: number;
  /** Decoupled decay, at least 0. Default: 0.01 (optax: 0.0001). */
  readonly weightDecay?: number;
};

/** State of {@linkcode adamW}. */
export type AdamWState = {
  /** Number of steps taken. */
  readonly step: number;
  /** Running mean of gradients, not corrected. */
  readonly mean: LikeParams;
  /** Running mean of squared gradients, not corrected. */
  readonly square: LikeParams;
};

/**
 * Adam with bias correction and decoupled weight decay.
 *
 * **Definition** `M_t = b1 M_{t-1} + (1 - b1) G`, `V_t = b2 V_{t-1} + (1 - b2) G²` entry by entry,
 * `update = -lr (M_t / (1 - b1^t) / (sqrt(V_t / (1 - b2^t)) + eps) + lambda W)`, t counted from 1.
 *
 * @param options Learning rate, the two shares, epsilon, weight decay
 * @returns an optimizer of arrays of any shape
 * @throws {RangeError} if a rate or the decay is negative, a share is not in [0, 1), epsilon not above 0
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example The first step has the length of the learning rate
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { adamW, matrix } from "resolvent";
 *
 * const rule = adamW({ learningRate: 0.1 });
 * const w = matrix(1, 2, [1, 0]);
 * const [update] = rule.update(matrix(1, 2, [5, -0.2]), rule.init(w), w);
 * assertAlmostEquals(update.data[0], -0.1 - 0.001, 1e-8); // the decay of 1 is 0.1 * 0.01
 * assertAlmostEquals(update.data[1], 0.1, 1e-8);
 * ```
 *
 * Source: Loshchilov and Hutter (2017), arXiv:1711.05101, algorithm 2; Kingma and Ba (2014),
 * arXiv:1412.6980, algorithm 1. Differs from the paper in that the decay is multiplied by the learning
 * rate, as in PyTorch and optax.
 */
export function adamW(options: AdamWOptions = {}): Optimizer<AdamWState> {
  const doing = "take a step of AdamW";
  const {
    learningRate = 1e-3,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    weightDecay = 1e-2,
  } = checkOptions(doing, options);
  checkRate(doing, "learningRate", learningRate, { min: 0 });
  checkNumber(doing, "beta1", beta1, { min: 0, below: 1 });
  checkNumber(doing, "beta2", beta2, { min: 0, below: 1 });
  checkNumber(doing, "epsilon", epsilon, { above: 0 });
  checkNumber(doing, "weightDecay", weightDecay, { min: 0 });
  return {
    init: (params) => {
      const zeros = operationsOf(doing, params).zerosLike(params);
      return { step: 0, mean: zeros, square: zeros };
    },
    update: (gradient, state, params) => {
      const ops = operationsFor(doing, gradient, params);
      const { add, addScalar, divide, multiply, scale, sqrt } = ops;
      const rate = rateAt(doing, "learningRate", learningRate, state.step, { min: 0 });
      const step = state.step + 1;
      const mean = add(scale(state.mean, beta1), scale(gradient, 1 - beta1));
      const squares = multiply(gradient, gradient);
      const square = add(scale(state.square, beta2), scale(squares, 1 - beta2));
      const size = addScalar(sqrt(scale(square, 1 / (1 - beta2 ** step))), epsilon);
      const direction = divide(scale(mean, 1 / (1 - beta1 ** step)), size);
      const decayed = weightDecay === 0 ? direction : add(direction, scale(params, weightDecay));
      return [scale(decayed, -rate), { step, mean, square }];
    },
  };
}
