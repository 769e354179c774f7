/**
 * Gradient descent with momentum.
 *
 * @module
 */
import { operationsOf } from "../backend/kinds.ts";
import { checkNumber, checkOptions } from "../check.ts";
import { type LikeParams, operationsFor, type Optimizer } from "./kinds.ts";
import { checkRate, type Rate, rateAt } from "./schedules.ts";

/** Settings of {@linkcode sgd}. */
export type SgdOptions = {
  /** Step length, at least 0, or a schedule; 1/L_F for the guaranteed decrease ‖G‖_F²/(2 L_F). */
  readonly learningRate: Rate;
  /** Share of the past step that is kept, in [0, 1). Default: 0. */
  readonly momentum?: number;
  /** Whether to look ahead along the momentum. Default: false. */
  readonly nesterov?: boolean;
  /** Decoupled decay, at least 0. Default: 0. */
  readonly weightDecay?: number;
};

/** State of {@linkcode sgd}. */
export type SgdState = {
  /** Number of steps taken. */
  readonly step: number;
  /** Running sum of gradients. */
  readonly momentum: LikeParams;
};

/**
 * Gradient descent with heavy-ball or Nesterov momentum and decoupled weight decay.
 *
 * **Definition** `M_t = mu M_{t-1} + G`, `D = M_t` or, with Nesterov, `G + mu M_t`;
 * `update = -lr (D + lambda W)`.
 *
 * With momentum 0 and `learningRate` 1/L_F it is the Euclidean step of the paper below: where the
 * gradient is L_F-Lipschitz the loss falls by at least `‖G‖_F² / (2 L_F)`.
 *
 * @param options Learning rate, momentum, Nesterov, weight decay
 * @returns an optimizer of arrays of any shape; its gradient and parameters have that shape
 * @throws {RangeError} if a rate or the decay is negative, or the momentum is not in [0, 1)
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example Two steps with momentum
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, sgd } from "resolvent";
 *
 * const rule = sgd({ learningRate: 0.5, momentum: 0.5 });
 * const w = matrix(1, 1, [1]);
 * const [first, state] = rule.update(matrix(1, 1, [2]), rule.init(w), w);
 * const [second] = rule.update(matrix(1, 1, [2]), state, w);
 * assertEquals([first.data[0], second.data[0]], [-1, -1.5]);
 * ```
 *
 * Source: Sutskever et al. (2013), On the importance of initialization and momentum in deep learning,
 * in the form of PyTorch's `SGD` without dampening; Davis and Drusvyatskiy, arXiv:2512.04299, equation
 * 1.3. Differs from PyTorch in the decay, which does not enter the momentum.
 */
export function sgd(options: SgdOptions): Optimizer<SgdState> {
  const doing = "take a step of sgd";
  const { learningRate, momentum = 0, nesterov = false, weightDecay = 0 } = checkOptions(
    doing,
    options,
  );
  checkRate(doing, "learningRate", learningRate, { min: 0 });
  checkNumber(doing, "momentum", momentum, { min: 0, below: 1 });
  checkNumber(doing, "weightDecay", weightDecay, { min: 0 });
  return {
    init: (params) => ({ step: 0, momentum: operationsOf(doing, params).zerosLike(params) }),
    update: (gradient, { step, momentum: past }, params) => {
      const { add, scale } = operationsFor(doing, gradient, params);
      const rate = rateAt(doing, "learningRate", learningRate, step, { min: 0 });
      const sum = momentum === 0 ? gradient : add(scale(past, momentum), gradient);
      const direction = nesterov ? add(gradient, scale(sum, momentum)) : sum;
      const decayed = weightDecay === 0 ? direction : add(direction, scale(params, weightDecay));
      return [scale(decayed, -rate), { step: step + 1, momentum: sum }];
    },
  };
}
