/**
 * Schedules: settings as functions of the step.
 *
 * @module
 */
import { checkInteger, checkNumber, checkOptions } from "../check.ts";

/** A setting as a function of the step, which counts from 0. */
export type Schedule = (step: number) => number;

/** A setting: one number, or a schedule. */
export type Rate = number | Schedule;

/** Start, end and length of a decay. */
export type DecayOptions = {
  /** Value at step 0, at least 0. */
  readonly start: number;
  /** Value from step `steps` on, at least 0. Default: 0. */
  readonly end?: number;
  /** Number of steps, an integer of at least 1. */
  readonly steps: number;
};

/**
 * A schedule that does not change.
 *
 * **Definition** `r(t) = value`.
 *
 * @param value The value, at least 0
 * @returns a function of the step
 * @throws {RangeError} if the value is negative or not finite
 *
 * @example The same at each step
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { constant } from "resolvent";
 *
 * assertEquals([0, 10].map(constant(0.1)), [0.1, 0.1]);
 * ```
 *
 * Source: optax, `constant_schedule`.
 */
export function constant(value: number): Schedule {
  checkNumber("make a constant schedule", "value", value, { min: 0 });
  return function constantRate(): number {
    return value;
  };
}

/**
 * A schedule that goes from start to end in a straight line, and stays.
 *
 * **Definition** `r(t) = start + (end - start) min(t / steps, 1)`.
 *
 * @param options Start and end, at least 0, and the number of steps, at least 1
 * @returns a function of the step
 * @throws {RangeError} if a value is negative or not finite, or the number of steps is not at least 1
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example Half way, and after the end
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linearDecay } from "resolvent";
 *
 * assertEquals([0, 5, 10, 99].map(linearDecay({ start: 1, steps: 10 })), [1, 0.5, 0, 0]);
 * ```
 *
 * Source: optax, `linear_schedule`.
 */
export function linearDecay(options: DecayOptions): Schedule {
  const { start, end, steps } = checkedDecay("make a linear decay", options);
  return function linearRate(step: number): number {
    const done = Math.min(step / steps, 1);
    return (1 - done) * start + done * end;
  };
}

/**
 * A schedule that goes from start to end along half a wave of a cosine, and stays.
 *
 * **Definition** `r(t) = end + (start - end) (1 + cos(pi min(t / steps, 1))) / 2`.
 *
 * @param options Start and end, at least 0, and the number of steps, at least 1
 * @returns a function of the step
 * @throws {RangeError} if a value is negative or not finite, or the number of steps is not at least 1
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example Half way
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { cosineDecay } from "resolvent";
 *
 * const rate = cosineDecay({ start: 1, end: 0.2, steps: 10 });
 * assertAlmostEquals(rate(5), 0.6, 1e-15);
 * ```
 *
 * Source: Loshchilov and Hutter (2016), SGDR, arXiv:1608.03983, equation 5, without restarts.
 */
export function cosineDecay(options: DecayOptions): Schedule {
  const { start, end, steps } = checkedDecay("make a cosine decay", options);
  return function cosineRate(step: number): number {
    return end + (start - end) * (1 + Math.cos(Math.PI * Math.min(step / steps, 1))) / 2;
  };
}

/**
 * A schedule that rises in a straight line to another one's start, and then follows it.
 *
 * **Definition** `r(t) = next(0) (t + 1) / (steps + 1)` for `t < steps`, then `next(t - steps)`.
 *
 * @param steps Number of steps below the full rate, an integer of at least 0
 * @param next What follows, a number of at least 0 or a schedule
 * @returns a function of the step; it is not 0 at step 0, as a step of length 0 would be wasted
 * @throws {RangeError} if the number of steps is not an integer of at least 0, or `next` is negative
 *
 * @example Three steps up, then the decay from its beginning
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linearDecay, warmup } from "resolvent";
 *
 * const rate = warmup(3, linearDecay({ start: 1, steps: 2 }));
 * assertEquals([0, 1, 2, 3, 4, 5].map(rate), [0.25, 0.5, 0.75, 1, 0.5, 0]);
 * ```
 *
 * Source: Goyal et al. (2017), arXiv:1706.02677, section 2.2 (gradual warmup). Differs from the paper
 * in counting from one step's share instead of from a rate of its own.
 */
export function warmup(steps: number, next: Rate): Schedule {
  checkInteger("make a warmup", "steps", steps, { min: 0 });
  const following = typeof next === "function" ? next : constant(next);
  return function warmupRate(step: number): number {
    return step < steps ? following(0) * (step + 1) / (steps + 1) : following(step - steps);
  };
}

/** Returns a setting that may be a schedule after a look at its number, which a schedule has later. */
export function checkRate(
  doing: string,
  name: string,
  rate: Rate,
  limits: { readonly min?: number; readonly above?: number },
): Rate {
  return typeof rate === "function" ? rate : checkNumber(doing, name, rate, limits);
}

/** Value of a setting at a step, which must be within its limits. */
export function rateAt(
  doing: string,
  name: string,
  rate: Rate,
  step: number,
  limits: { readonly min?: number; readonly above?: number },
): number {
  if (typeof rate === "number") return rate;
  return checkNumber(doing, `${name} at step ${step}`, rate(step), limits);
}

/** The settings of a decay, checked. */
function checkedDecay(doing: string, options: DecayOptions): Required<DecayOptions> {
  const { start, end = 0, steps } = checkOptions(doing, options);
  checkNumber(doing, "start", start, { min: 0 });
  checkNumber(doing, "end", end, { min: 0 });
  checkInteger(doing, "steps", steps, { min: 1 });
  return { start, end, steps };
}
