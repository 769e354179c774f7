/**
 * Training in continuous time: the gradient flow of a loss, in float64.
 *
 * @module
 */
import { cannot, checkFunction, checkInteger, checkNumber, checkOptions } from "../check.ts";
import type { Params } from "../models/kinds.ts";
import { Flow } from "./gradient_flow_points.ts";

/** Settings of {@linkcode followGradientFlow}. */
export type GradientFlowRun<P extends Params> = {
  /** Parameters at time 0; not changed. */
  readonly params: P;
  /** The loss and its gradient, such as `squareLoss` makes. */
  readonly lossAndGradient: (params: P) => { readonly loss: number; readonly gradient: Params };
  /** Time at which the flow ends, above 0. Default: Infinity, with `until`. */
  readonly time?: number;
  /** Ends the flow at the time at which it becomes true of the loss. Default: never. */
  readonly until?: (loss: number) => boolean;
  /** Length of a step as a share of the time until then, in (0, 1]. Default: 0.1. */
  readonly share?: number;
  /** Most evaluations of the gradient, an integer of at least 1. Default: 100,000. */
  readonly maxEvaluations?: number;
};

/** Where a flow ends. */
export type GradientFlowEnd<P extends Params> = {
  /** Parameters there. */
  readonly params: P;
  /** The time. */
  readonly time: number;
  /** The loss there. */
  readonly loss: number;
  /** Times of the steps, from 0. */
  readonly times: Float64Array;
  /** Losses at these times; but for rounding, they never rise. */
  readonly losses: Float64Array;
  /** Number of evaluations of the gradient. */
  readonly evaluations: number;
};

const DOING = "follow a gradient flow";
/** Steps after which the largest curvature is measured again. */
const REMEASURE = 3;
/** By how much steps that were shortened lengthen from one to the next. */
const RECOVERY = 1.1;
/** Rise of the loss that counts as rounding, as a share of it. */
const ROUNDING = 1e-12;

/**
 * Follows the gradient flow of a loss, however stiff: where descent takes as many steps as the largest
 * curvature asks, this takes about their root.
 *
 * **Definition** `dW/dt = -grad L(W)`, `W(0) = params`, until `time`, or until `until(L(W))`
 *
 * A step of order 2 lasts `share` of the time until then, so that a mode of any rate has passed when
 * steps are long beside it: for a quadratic loss the error, relative to the first residual, is of the
 * order `share²/100`. The number of gradients in a step grows with the root of its length times the
 * largest curvature, which differences of gradients measure. A step in which the loss rises is taken
 * again at half of the length, to which the next ones return by and by. The end by `until` is found on the cubic through the ends of the last step.
 *
 * @param options Parameters, loss with gradient, end, length of steps
 * @returns parameters, time and loss at the end, times and losses of the steps, number of gradients
 * @throws {RangeError} if a setting is out of range, there is no end, a loss is not finite or rises on
 * however short a step, or the evaluations do not suffice
 * @throws {TypeError} if `lossAndGradient` or `until` is not a function
 *
 * @example A curvature of 10,000 beside one of 1
 * ```ts
 * import { assertAlmostEquals, assertLess } from "@std/assert";
 * import { followGradientFlow, matrix } from "resolvent";
 *
 * const curvature = [1, 1e4];
 * const end = followGradientFlow({
 *   params: { w: matrix(1, 2, [1, 1]) },
 *   lossAndGradient: ({ w }) => ({
 *     loss: curvature.reduce((sum, c, i) => sum + c * w.data[i] ** 2 / 2, 0),
 *     gradient: { w: matrix(1, 2, curvature.map((c, i) => c * w.data[i])) },
 *   }),
 *   time: 1,
 * });
 * assertAlmostEquals(end.params.w.data[0], Math.exp(-1), 1e-3);
 * assertLess(end.evaluations, 1500); // descent of stable length takes 5,000 steps at least
 * ```
 *
 * Source: Sommeijer, Shampine and Verwer (1998), RKC: an explicit solver for parabolic PDEs, J. Comput.
 * Appl. Math. 88. Differs in the length of steps, which they choose by an estimate of the error: where a
 * network has kinks, the estimate sees nothing else.
 */
export function followGradientFlow<P extends Params>(
  options: GradientFlowRun<P>,
): GradientFlowEnd<P> {
  const { time: end, share, until, ...rest } = checked(options);
  const flow = new Flow(rest);
  let point = flow.start(), curvature = flow.curvature(point), age = 0, pace = 1;
  const times = [0], losses = [point.loss];
  let done = until(point.loss);
  while (!done && point.time < end) {
    if (point.slope.every((f) => f === 0)) {
      point = { ...point, time: flow.rest(point, end) };
      break;
    }
    if (age === REMEASURE) [curvature, age] = [flow.curvature(point), 0];
    const wanted = pace * share * Math.max(point.time, 1 / curvature);
    const left = end - point.time;
    const length = Math.min(wanted, left, flow.longestStep(curvature));
    const next = flow.step(point, length, curvature);
    const slack = ROUNDING * Math.max(Math.abs(losses[0]), Math.abs(point.loss));
    if (!(next.loss <= point.loss + slack)) {
      pace = flow.slower(pace, next);
      curvature = flow.curvature(point);
      continue;
    }
    done = until(next.loss);
    const whole = length === left ? { ...next, time: end } : next;
    point = done ? flow.crossing(point, whole, until) : whole;
    times.push(point.time);
    losses.push(point.loss);
    [age, pace] = [age + 1, Math.min(1, RECOVERY * pace)];
  }
  return {
    params: flow.arrays(point.at),
    time: point.time,
    loss: point.loss,
    times: Float64Array.from(times),
    losses: Float64Array.from(losses),
    evaluations: flow.evaluations,
  };
}

/** Settings with their defaults, checked. */
function checked<P extends Params>(options: GradientFlowRun<P>) {
  const { time = Infinity, until, share = 0.1, maxEvaluations = 100_000, ...rest } = checkOptions(
    DOING,
    options,
  );
  checkOptions(DOING, rest.params, "params");
  checkFunction(DOING, "lossAndGradient", rest.lossAndGradient);
  if (time !== Infinity) checkNumber(DOING, "time", time, { above: 0 });
  if (time === Infinity && until === undefined) {
    throw new RangeError(cannot(DOING, "it needs an end: time or until", "time", time));
  }
  checkNumber(DOING, "share", share, { above: 0, max: 1 });
  checkInteger(DOING, "maxEvaluations", maxEvaluations, { min: 1 });
  const end = checkFunction(DOING, "until", until ?? (() => false));
  return { ...rest, time, until: end, share, maxEvaluations };
}
