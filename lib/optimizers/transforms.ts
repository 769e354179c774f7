/**
 * Rules that change a gradient or an update, for use in a chain.
 *
 * @module
 */
import { checkNumber } from "../check.ts";
import { operationsFor, type Optimizer, startCount, type StepState } from "./kinds.ts";
import { checkRate, type Rate, rateAt } from "./schedules.ts";

/**
 * Shortens a gradient to at most a given Frobenius norm.
 *
 * **Definition** `G min(1, max / ‖G‖_F)`.
 *
 * @param max Largest norm, above 0
 * @returns a rule for a chain, before one that descends
 * @throws {RangeError} if `max` is not above 0
 *
 * @example A gradient of norm 5
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { clipNorm, matrix } from "resolvent";
 *
 * const rule = clipNorm(2.5);
 * const g = matrix(1, 2, [3, 4]);
 * assertEquals([...rule.update(g, rule.init(g), g)[0].data], [1.5, 2]);
 * ```
 *
 * Source: Pascanu, Mikolov and Bengio (2012), arXiv:1211.5063, algorithm 1.
 */
export function clipNorm(max: number): Optimizer<StepState> {
  const doing = "clip a gradient";
  checkNumber(doing, "max", max, { above: 0 });
  return {
    init: startCount(doing),
    update: (gradient, { step }, params) => {
      const ops = operationsFor(doing, gradient, params);
      return [ops.clipNorm(gradient, max), { step: step + 1 }];
    },
  };
}

/**
 * Multiplies an update by a number or a schedule.
 *
 * **Definition** `c(t) U`.
 *
 * @param factor At least 0, or a schedule
 * @returns a rule for a chain, after one that descends
 * @throws {RangeError} if the factor is negative
 *
 * @example Half of the spectral step
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { chain, matrix, scaleBy, spectralDescent } from "resolvent";
 *
 * const rule = chain(spectralDescent({ curvature: 1 }), scaleBy(0.5));
 * const w = matrix(1, 1);
 * assertAlmostEquals(rule.update(matrix(1, 1, [4]), rule.init(w), w)[0].data[0], -2);
 * ```
 *
 * Source: optax, `scale_by_schedule`.
 */
export function scaleBy(factor: Rate): Optimizer<StepState> {
  const doing = "scale an update";
  checkRate(doing, "factor", factor, { min: 0 });
  return {
    init: startCount(doing),
    update: (gradient, { step }, params) => {
      const ops = operationsFor(doing, gradient, params);
      const value = rateAt(doing, "factor", factor, step, { min: 0 });
      return [ops.scale(gradient, value), { step: step + 1 }];
    },
  };
}
