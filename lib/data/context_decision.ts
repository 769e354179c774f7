/**
 * A cognitive task: a decision on one of two pairs of inputs, where a context says which.
 *
 * @module
 */
import { checkChoice } from "../check.ts";
import type { Rng } from "../random/types.ts";
import {
  checkDecision,
  checkTrials,
  type CognitiveTrials,
  type DecisionOptions,
  drawFrom,
  drawSides,
  type Period,
  sideMean,
  trialsOf,
} from "./cognitive_trials.ts";

/** Trials of the context decision task. */
export type ContextTrials = CognitiveTrials & {
  /** The pair that counts, 1 or 2, length trials. */
  readonly contexts: Int32Array;
  /** The side that the pair which does not count speaks for, 1 or 2, length trials. */
  readonly others: Int32Array;
  /** The coherences of the first and of the second pair in percent, each of length trials. */
  readonly coherences: readonly [first: Float64Array, second: Float64Array];
};

/** Sizes and strengths of the context decision task. */
export type ContextDecisionOptions = DecisionOptions & {
  /** Which inputs have noise during the stimulus: all, or the two pairs alone; default "all". */
  readonly noisyInputs?: "all" | "pairs";
};

/**
 * Draws trials of the context decision task: two pairs of noisy inputs, of which one counts.
 *
 * **Definition** channels: 0 asks to wait, 1 and 2 are the sides of the first pair, 3 and 4 of the
 * second, 5 and 6 the contexts. In the stimulus the side that a pair speaks for has mean
 * `0.5 + coherence / 200` and the other `0.5 - coherence / 200`, else both are 0; each pair has its own
 * coherence. The context's channel is 1 at every step, the other 0. During the stimulus all channels
 * have independent noise at each step. The pair that counts speaks for the choice, the other for an
 * independent side; all draws are uniform. The target is 0 until the decision, then the choice.
 *
 * By default coherences are 5, 15 or 50, and the periods 0, 2, 5 and 1 steps long. Best is the sum of
 * differences of the pair that counts: accuracy Phi(sqrt(stimulus / 2) coherence /
 * (100 noise)). The first trials of more trials from one key are the same.
 *
 * @param rng Random key
 * @param options Trials, coherences, noise and lengths; one step is 100 ms
 * @returns inputs of shape `[trials, 7]` per step, targets, choices, contexts, others and coherences
 * @throws {RangeError} if a number is out of its range, or a choice of inputs not known
 * @throws {TypeError} if `rng` is not a random key, there are no options, or coherences are not a list
 *
 * @example Without noise the larger side of the pair that counts is the choice
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { contextDecision, rng } from "resolvent";
 *
 * const { inputs, choices, contexts } = contextDecision(rng(1), { trials: 4, noise: 0 });
 * const found = contexts.map((pair, i) => {
 *   const at = 7 * i + 2 * pair - 1;
 *   return inputs[0].data[at] > inputs[0].data[at + 1] ? 1 : 2;
 * });
 * assertEquals(found, choices);
 * ```
 *
 * Source: Mante, Sussillo, Shenoy and Newsome (2013), doi:10.1038/nature12742; lengths of Liu et al.,
 * arXiv:2310.08513, code; inputs and targets of ContextDecisionMaking-v0 in neurogym as of November
 * 2022, the newest before that code. Since 2025 it has noise on the pairs alone, no input that asks to
 * wait after the period of fixation, and by default one context without a channel.
 */
export function contextDecision(rng: Rng, options: ContextDecisionOptions): ContextTrials {
  const doing = "draw trials of decisions in context";
  const defaults = { fixation: 0, stimulus: 2, delay: 5, decision: 1 };
  const { trials, noise, steps } = checkTrials(doing, rng, options, defaults);
  const { levels, held } = checkDecision(doing, options, [5, 15, 50]);
  const { noisyInputs = "all" } = options;
  checkChoice(doing, "noisyInputs", noisyInputs, ["all", "pairs"]);
  const choices = drawSides(rng.fork("choices"), trials);
  const others = drawSides(rng.fork("others"), trials);
  const contexts = drawSides(rng.fork("contexts"), trials);
  const coherences = [1, 2].map((pair) =>
    drawFrom(rng.fork("coherences").fork(pair), trials, levels)
  ) as [Float64Array, Float64Array];
  const pairMean = (i: number, c: number) => {
    const pair = c < 3 ? 1 : 2;
    const side = contexts[i] === pair ? choices[i] : others[i];
    return sideMean(coherences[pair - 1][i], c === 2 * pair - 2 + side);
  };
  const period = (
    length: number,
    wait: number,
    pairs: (i: number, c: number) => number,
  ): Period => ({
    steps: length,
    mean: (i, c) => c === 0 ? wait : c < 5 ? pairs(i, c) : contexts[i] === c - 4 ? 1 : 0,
  });
  const none = () => 0;
  const noisy = (c: number) => noisyInputs === "all" || c > 0 && c < 5;
  const periods = [
    period(steps.fixation, 1, none),
    { ...period(steps.stimulus, held, pairMean), noisy },
    period(steps.delay, held, none),
    period(steps.decision, 0, none),
  ];
  const drawn = trialsOf(rng.fork("noise"), { trials, channels: 7, noise, choices, periods });
  return { ...drawn, contexts, others, coherences };
}
