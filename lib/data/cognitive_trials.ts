/**
 * What the cognitive tasks share: trials of periods, inputs with noise, and a choice at the end.
 *
 * @module
 */
import { checkChoice, checkInteger, checkList, checkNumber, checkOptions } from "../check.ts";
import { type Matrix, matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";

/** Trials of a cognitive task: what enters at each of T steps, and what is wanted there. */
export type CognitiveTrials = {
  /** The inputs of every step, T matrices of shape `[trials, channels]`. */
  readonly inputs: readonly Matrix[];
  /** The class wanted at every step, T lists of length trials: 0 (wait) before the decision, then the choice. */
  readonly targets: readonly Int32Array[];
  /** The right choice of every trial, 1 or 2, length trials. */
  readonly choices: Int32Array;
};

/** What is said of trials in every task. */
export type TrialOptions = {
  /** Number of trials, an integer of at least 1. */
  readonly trials: number;
  /** Deviation of the noise of an input in one step, at least 0; default 0.1, that is 1/sqrt(100 ms). */
  readonly noise?: number;
};

/** When the input that asks to wait is on. */
export type FixationInput = "until decision" | "fixation period";

/** Sizes and strengths of a task that decides on evidence; each task says its defaults. */
export type DecisionOptions = TrialOptions & {
  /** Coherences to draw from, in percent, from 0 to 100. */
  readonly coherences?: ArrayLike<number>;
  /** Lengths of the periods in steps. */
  readonly steps?: {
    /** Waiting before the stimulus. */
    readonly fixation?: number;
    /** The stimulus, at least 1. */
    readonly stimulus?: number;
    /** Waiting after it. */
    readonly delay?: number;
    /** The decision, at least 1. */
    readonly decision?: number;
  };
  /** When the input that asks to wait is 1; default "until decision". */
  readonly fixationInput?: FixationInput;
};

/** A period of a trial. */
export type Period = {
  /** Its length in steps. */
  readonly steps: number;
  /** The mean of an input. */
  readonly mean: (trial: number, channel: number) => number;
  /** Whether an input has noise; none has where left out. */
  readonly noisy?: (channel: number) => boolean;
};

/** Mean of the input of one of two sides when the evidence, in percent, is for it or for the other. */
export function sideMean(coherence: number, isFor: boolean): number {
  // 0.5 + cos(angle) coherence / 200, at the angles 0 and pi
  return 0.5 + (isFor ? coherence : -coherence) / 200;
}

/** Returns the number of trials and the noise, and the length of every period, or throws. */
export function checkTrials<Name extends string>(
  doing: string,
  rng: Rng,
  options: TrialOptions & { readonly steps?: Readonly<Partial<Record<Name, number>>> },
  defaults: Readonly<Record<Name, number>>,
): Required<TrialOptions> & { readonly steps: Readonly<Record<Name, number>> } {
  checkRng(doing, rng);
  const { trials, noise = 0.1, steps = {} } = checkOptions(doing, options);
  checkInteger(doing, "trials", trials, { min: 1 });
  checkNumber(doing, "noise", noise, { min: 0 });
  checkOptions(doing, steps, "steps");
  const lengths = { ...defaults, ...steps };
  for (const name of Object.keys(defaults) as Name[]) {
    // without evidence or without a decision there is no task
    const min = defaults[name] > 0 && name !== "delay" ? 1 : 0;
    checkInteger(doing, `steps.${name}`, lengths[name], { min });
  }
  return { trials, noise, steps: lengths };
}

/** Ones and twos, each as likely. */
export function drawSides(rng: Rng, trials: number): Int32Array {
  return Int32Array.from(rng.integers(trials, { min: 1, max: 3 }));
}

/** Entries of a list, each as likely. */
export function drawFrom(rng: Rng, trials: number, list: readonly number[]): Float64Array {
  return rng.integers(trials, { max: list.length }).map((at) => list[at]);
}

/** Returns the coherences to draw from, and the input that asks to wait after fixation, or throws. */
export function checkDecision(
  doing: string,
  options: DecisionOptions,
  defaults: readonly number[],
): { readonly levels: readonly number[]; readonly held: 0 | 1 } {
  const { coherences = defaults, fixationInput = "until decision" } = options;
  checkChoice(doing, "fixationInput", fixationInput, ["until decision", "fixation period"]);
  const levels = checkCoherences(doing, checkList(doing, "coherences", coherences));
  return { levels, held: fixationInput === "until decision" ? 1 : 0 };
}

/** Returns a list of coherences that can be drawn from, or throws. */
function checkCoherences(doing: string, list: ArrayLike<number>): readonly number[] {
  const coherences = Array.from(list);
  checkInteger(doing, "the number of coherences", coherences.length, { min: 1 });
  return coherences.map((value, at) =>
    checkNumber(doing, `coherences[${at}]`, value, { min: 0, max: 100 })
  );
}

/** Draws the noise of trials and puts periods together; the last of them is the decision. */
export function trialsOf(
  rng: Rng,
  { trials, channels, noise, choices, periods }: {
    readonly trials: number;
    readonly channels: number;
    readonly noise: number;
    readonly choices: Int32Array;
    readonly periods: readonly Period[];
  },
): CognitiveTrials {
  const inputs: Matrix[] = [];
  const targets: Int32Array[] = [];
  periods.forEach(({ steps, mean, noisy = () => false }, at) => {
    const isDecision = at === periods.length - 1;
    for (let step = 0; step < steps; step++) {
      // A key for every step: the first trials of many are the trials of few.
      const { data } = rng.fork(inputs.length).normal([trials, channels], { sd: noise });
      inputs.push(
        matrix(trials, channels, (i, c) => mean(i, c) + (noisy(c) ? data[i * channels + c] : 0)),
      );
      targets.push(isDecision ? choices.slice() : new Int32Array(trials));
    }
  });
  return { inputs, targets, choices };
}
