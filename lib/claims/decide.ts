/**
 * Decides a claim: runs its measure and its control on the declared seeds and judges both.
 *
 * @module
 */
import { cannot, checkChoice, checkInteger } from "../check.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import { ruleOfThree } from "../stats/intervals.ts";
import { moments } from "../stats/values.ts";
import { slack } from "./criterion.ts";
import type { ClaimFields, Profile } from "./fields.ts";
import { isRandom, judge, type Judgement, ordered } from "./judge.ts";
import { digits } from "./line.ts";
import { type DecideProgress, type Measure, type MeasuredRecord, runMeasure } from "./measure.ts";
import type { ControlOutcome } from "./verdict.ts";

/** A problem of a `forall` claim and its value. */
export type WorstProblem = {
  /** Index of its seed. */
  readonly index: number;
  /** Its value. */
  readonly value: number;
};

/** What an adversarial search found: a value, or a value with the problem that has it. */
export type Found = number | {
  /** Its value. */
  readonly value: number;
  /** The problem, as plain data from which a reader can evaluate it again. */
  readonly witness?: unknown;
};

/** How a claim is decided. */
export type DecideOptions = {
  /** Profile, which chooses n; default "quick". */
  readonly profile?: Profile;
  /** Measure of the control, one for each condition; a record names them. */
  readonly control?: Measure | readonly Measure[] | Readonly<Record<string, Measure>>;
  /** For `forall`: a search for a worse problem that starts from the (at most 20) worst ones. */
  readonly search?: (key: Rng, worst: readonly WorstProblem[]) => Promise<Found> | Found;
  /** For `forall`: the value of a problem again, at higher accuracy, before a violation counts. */
  readonly recheck?: (index: number) => Promise<number> | number;
  /** Told after every seed. */
  readonly onProgress?: (progress: DecideProgress) => void;
  /** Root seed of the key, for the record. */
  readonly seed?: string | number | bigint;
  /** Reason for a change of the declaration after its first measurement. */
  readonly amended?: string;
  /** Hash of the declaration that is amended. */
  readonly amends?: string;
};

/** The numbers of a claim and what they come to. */
export type Outcome = {
  /** Where the estimate lies. */
  readonly judgement: Judgement;
  /** The numbers that are kept. */
  readonly values: readonly number[];
  /** Standard deviation over seeds; null where nothing is random. */
  readonly sd: number | null;
  /** What the seeds gave beside their numbers. */
  readonly shown: readonly MeasuredRecord[];
  /** What a reader must know. */
  readonly notes: readonly string[];
  /** The instance that decides. */
  readonly witness?: unknown;
  /** Number of censored values. */
  readonly censored: number;
};

/** Problems of a `forall` claim that are kept: enough to start a search and to be looked at. */
const KEPT = 20;

/** Number of seeds in a profile, or of another, after checking that the claim can be decided there. */
export function seedsOf(
  doing: string,
  fields: ClaimFields,
  { profile, key, seeds = profile }: {
    readonly profile: Profile;
    readonly key: Rng;
    readonly seeds?: Profile;
  },
): number {
  checkChoice(doing, "profile", profile, ["quick", "full"]);
  checkChoice(doing, "seeds", seeds, ["quick", "full"]);
  checkRng(doing, key);
  if (fields.profile === "full" && profile === "quick") {
    throw new RangeError(
      cannot(doing, "it is declared for the full profile (see notDecided)", "profile", profile),
    );
  }
  const { kind } = fields.estimand;
  const min = isRandom(kind) ? 8 : kind === "forall" ? 1000 : 1;
  return checkInteger(doing, `n.${seeds} of a ${kind}`, fields.n[seeds], { min });
}

/** Measures all seeds of a claim and judges their numbers. */
export async function measureClaim(
  doing: string,
  fields: ClaimFields,
  keys: readonly Rng[],
  measure: Measure,
  onDone: () => void,
): Promise<Outcome> {
  const { kind } = fields.estimand;
  const shown = await runMeasure(doing, fields.estimand, measure, keys, onDone);
  const all = shown.map(({ value }) => Number(value));
  const n = keys.length;
  const censored = shown.filter((one) => one.censored === true).length;
  const evidence = { kind, n, criterion: fields.criterion, covers: fields.covers };
  if (!isRandom(kind)) {
    const order = ordered(fields.criterion, all);
    const values = kind === "forall" ? order.slice(0, KEPT) : order;
    const best = shown[all.indexOf(order[kind === "exists" ? n - 1 : 0])];
    const judgement = judge({ ...evidence, values });
    const witness = best.witness;
    return { judgement, values, sd: null, shown, notes: [], censored, witness };
  }
  const { sd } = moments(all);
  const same = sd === 0 && kind !== "proportion"
    ? ["all seeds gave the same number: does the measure use its key?"]
    : [];
  return {
    judgement: judge({ ...evidence, values: all }),
    values: all,
    sd,
    shown,
    notes: same,
    censored,
  };
}

/** Extends a `forall` outcome by rechecks of its violations and an adversarial search. */
export async function searchWorse(
  fields: ClaimFields,
  key: Rng,
  outcome: Outcome,
  { search, recheck }: Pick<DecideOptions, "search" | "recheck">,
): Promise<Outcome> {
  const { criterion, covers, estimand: { kind } } = fields;
  const numbers = outcome.shown.map(({ value }) => Number(value));
  const order = numbers.map((value, index) => ({ index, value }))
    .sort((a, b) => slack(criterion, a.value) - slack(criterion, b.value) || a.index - b.index);
  const notes: string[] = [];
  let rechecked = 0;
  for (const problem of order) {
    if (slack(criterion, problem.value) >= 0 || recheck === undefined) break;
    problem.value = await recheck(problem.index);
    rechecked++;
  }
  if (rechecked > 0) notes.push(`${rechecked} violations evaluated again at higher accuracy`);
  order.sort((a, b) => slack(criterion, a.value) - slack(criterion, b.value) || a.index - b.index);
  const worst = order.slice(0, KEPT);
  const found = search === undefined ? null : await search(key, worst);
  const extreme = found === null ? null : typeof found === "number" ? { value: found } : found;
  if (extreme !== null) {
    if (!Number.isFinite(extreme.value)) {
      throw new RangeError(
        cannot(
          `decide claim ${fields.id}`,
          "the adversarial search must give a finite number",
          "its value",
          extreme.value,
        ),
      );
    }
    notes.push(`adversarial search reached ${digits(extreme.value)}`);
  }
  const values = ordered(criterion, [
    ...worst.map(({ value }) => value),
    ...(extreme === null ? [] : [extreme.value]),
  ]);
  const judgement = judge({ kind, criterion, covers, values, n: numbers.length });
  if (judgement.status === "reproduced") {
    const rate = digits(ruleOfThree(numbers.length));
    notes.push(`no violation: rate at most ${rate} (3/n, at 95 %) among such problems`);
    return { ...outcome, judgement, values, notes, witness: undefined };
  }
  const witness = extreme !== null && values[0] === extreme.value && "witness" in extreme
    ? extreme.witness
    : outcome.shown[worst[0].index].witness ?? { seedIndex: worst[0].index };
  return { ...outcome, judgement, values, notes, witness };
}

/** The measures of a control with their labels. */
export function controlMeasures(
  doing: string,
  fields: ClaimFields,
  given: DecideOptions["control"],
): readonly { readonly label?: string; readonly measure: Measure }[] {
  if ("none" in fields.control) {
    if (given === undefined) return [];
    throw new TypeError(
      cannot(doing, "its declaration has no control", "control.none", fields.control.none),
    );
  }
  const control = given ?? fields.control.measure;
  if (control === undefined) {
    throw new TypeError(
      cannot(
        doing,
        `its control (${fields.control.statement}) needs a measure`,
        "control",
        control,
      ),
    );
  }
  if (typeof control === "function" || isTogether(control)) return [{ measure: control }];
  const list = Array.isArray(control)
    ? control.map((measure) => ({ measure }))
    : Object.entries(control).map(([label, measure]) => ({ label, measure }));
  if (list.length > 0) return list;
  throw new RangeError(cannot(doing, "a control has at least one condition", "control", control));
}

/** Tells whether a control is a measure of all seeds together, not a record of several. */
function isTogether(control: object): control is Extract<Measure, { all: unknown }> {
  return !Array.isArray(control) && Object.keys(control).join() === "all";
}

/** What the arms of a control came to together. */
export function controlOutcome(
  statement: string,
  arms: readonly { readonly label?: string; readonly outcome: Outcome }[],
): ControlOutcome {
  return {
    statement,
    holds: arms.every(({ outcome }) => outcome.judgement.place === "outside"),
    arms: arms.map(({ label, outcome: { judgement, values } }) => ({
      ...(label === undefined ? {} : { label }),
      estimate: judgement.estimate,
      interval: judgement.interval,
      values,
    })),
  };
}
