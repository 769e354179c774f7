/**
 * A cognitive task: whether what is shown now is what was shown before.
 *
 * @module
 */
import type { Rng } from "../random/types.ts";
import {
  checkTrials,
  type CognitiveTrials,
  drawSides,
  sideMean,
  type TrialOptions,
  trialsOf,
} from "./cognitive_trials.ts";

/** Trials of the delayed match task. */
export type DelayedMatchTrials = CognitiveTrials & {
  /** The side that is shown first, 1 or 2, length trials. */
  readonly samples: Int32Array;
};

/** Sizes of the delayed match task. */
export type DelayedMatchOptions = TrialOptions & {
  /** Lengths of the periods in steps; default 0, 1, 5, 1, 1. */
  readonly steps?: {
    /** Waiting before the sample. */
    readonly fixation?: number;
    /** The sample, at least 1. */
    readonly sample?: number;
    /** Waiting after it. */
    readonly delay?: number;
    /** The test, at least 1. */
    readonly test?: number;
    /** The decision, at least 1. */
    readonly decision?: number;
  };
};

/**
 * Draws trials of the delayed match task: a sample, a delay, a test, and whether they were the same.
 *
 * **Definition** channels: 0 asks to wait and is 1 until the decision, 1 and 2 are the two sides. In the
 * sample and in the test the side shown is N(1, noise^2) and the other N(0, noise^2), independently at
 * each step; else both are 0. The sample is uniform over the sides; with equal chances the test is the
 * same (choice 1) or the other (choice 2). The target is 0 until the decision, then the choice.
 *
 * The first trials of more trials from one key are the same.
 *
 * @param rng Random key
 * @param options Trials, noise and lengths; one step is 100 ms
 * @returns inputs of shape `[trials, 3]` per step, targets, choices and samples
 * @throws {RangeError} if a number is out of its range
 * @throws {TypeError} if `rng` is not a random key or there are no options
 *
 * @example A test without noise that is not the sample
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { delayedMatch, rng } from "resolvent";
 *
 * const { inputs, choices } = delayedMatch(rng(1), { trials: 9, noise: 0 });
 * const other = choices.indexOf(2);
 * const [sample, test] = [inputs[0], inputs[6]].map(({ data }) => data.slice(3 * other, 3 * other + 3));
 * assertEquals([...test], [1, sample[2], sample[1]]);
 * ```
 *
 * Source: Miller, Erickson and Desimone (1996), doi:10.1523/JNEUROSCI.16-16-05154.1996; lengths of Liu
 * et al., arXiv:2310.08513, code; inputs and targets of DelayMatchSample-v0 in neurogym as of November
 * 2022, which have not changed since.
 */
export function delayedMatch(rng: Rng, options: DelayedMatchOptions): DelayedMatchTrials {
  const doing = "draw trials of delayed matches";
  const defaults = { fixation: 0, sample: 1, delay: 5, test: 1, decision: 1 };
  const { trials, noise, steps } = checkTrials(doing, rng, options, defaults);
  const choices = drawSides(rng.fork("choices"), trials);
  const samples = drawSides(rng.fork("samples"), trials);
  const tests = samples.map((side, i) => choices[i] === 1 ? side : 3 - side);
  const wait = (value: number) => (_: number, channel: number) => channel === 0 ? value : 0;
  const show = (sides: Int32Array, length: number) => ({
    steps: length,
    mean: (i: number, c: number) => c === 0 ? 1 : sideMean(100, sides[i] === c),
    noisy: (c: number) => c > 0,
  });
  const periods = [
    { steps: steps.fixation, mean: wait(1) },
    show(samples, steps.sample),
    { steps: steps.delay, mean: wait(1) },
    show(tests, steps.test),
    { steps: steps.decision, mean: wait(0) },
  ];
  const drawn = trialsOf(rng.fork("noise"), { trials, channels: 3, noise, choices, periods });
  return { ...drawn, samples };
}
