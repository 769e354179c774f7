/**
 * A cognitive task: which of two noisy inputs is higher on average.
 *
 * @module
 */
import type { Rng } from "../random/types.ts";
import {
  checkDecision,
  checkTrials,
  type CognitiveTrials,
  type DecisionOptions,
  drawFrom,
  drawSides,
  sideMean,
  trialsOf,
} from "./cognitive_trials.ts";

/** Trials of the perceptual decision task. */
export type PerceptualTrials = CognitiveTrials & {
  /** The coherence of every trial in percent, length trials. */
  readonly coherences: Float64Array;
};

/** Sizes and strengths of the perceptual decision task. */
export type PerceptualDecisionOptions = DecisionOptions;

/**
 * Draws trials of the perceptual decision task: two noisy inputs, and at the end which was higher.
 *
 * **Definition** channels: 0 asks to wait, 1 and 2 are the two sides. In the stimulus channel k is
 * N(0.5 + coherence / 200, noise^2) if it is the right choice, N(0.5 - coherence / 200, noise^2) if not,
 * independently at each step; else it is 0. Choice and coherence are uniform. The target is 0 until the
 * decision, then the choice (1 or 2).
 *
 * By default coherences are 0, 6.4, 12.8, 25.6 or 51.2, and the periods 0, 7, 0 and 1 steps long.
 * Summing the difference of both sides is best: its accuracy is Phi(sqrt(stimulus / 2) coherence / (100
 * noise)). The first trials of more trials from one key are the same.
 *
 * @param rng Random key
 * @param options Trials, coherences, noise and lengths; one step is 100 ms
 * @returns inputs of shape `[trials, 3]` per step, targets, choices and coherences
 * @throws {RangeError} if a number is out of its range, or the fixation input not known
 * @throws {TypeError} if `rng` is not a random key, there are no options, or coherences are not a list
 *
 * @example Eight steps, the last of them the decision
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { perceptualDecision, rng } from "resolvent";
 *
 * const { inputs, targets, choices } = perceptualDecision(rng(1), { trials: 5 });
 * assertEquals([inputs.length, inputs[0].rows, inputs[0].cols], [8, 5, 3]);
 * assertEquals(targets[6], new Int32Array(5));
 * assertEquals(targets[7], choices);
 * ```
 *
 * Source: Britten, Shadlen, Newsome and Movshon (1992), doi:10.1523/JNEUROSCI.12-12-04745.1992; lengths
 * of Liu et al., arXiv:2310.08513, code; inputs and targets of PerceptualDecisionMaking-v0 in neurogym
 * as of November 2022, the newest before that code, where the input that asks to wait is 1 until the
 * decision; since May 2025 it is 1 in the period of fixation alone, which has length 0 here.
 */
export function perceptualDecision(rng: Rng, options: PerceptualDecisionOptions): PerceptualTrials {
  const doing = "draw trials of perceptual decisions";
  const defaults = { fixation: 0, stimulus: 7, delay: 0, decision: 1 };
  const { trials, noise, steps } = checkTrials(doing, rng, options, defaults);
  const { levels, held } = checkDecision(doing, options, [0, 6.4, 12.8, 25.6, 51.2]);
  const choices = drawSides(rng.fork("choices"), trials);
  const coherences = drawFrom(rng.fork("coherences"), trials, levels);
  const wait = (value: number) => (_: number, channel: number) => channel === 0 ? value : 0;
  const periods = [
    { steps: steps.fixation, mean: wait(1) },
    {
      steps: steps.stimulus,
      mean: (i: number, c: number) => c === 0 ? held : sideMean(coherences[i], choices[i] === c),
      noisy: (c: number) => c > 0,
    },
    { steps: steps.delay, mean: wait(held) },
    { steps: steps.decision, mean: wait(0) },
  ];
  const drawn = trialsOf(rng.fork("noise"), { trials, channels: 3, noise, choices, periods });
  return { ...drawn, coherences };
}
