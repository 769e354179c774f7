/**
 * A claim: declared first, measured afterwards.
 *
 * @module
 */
import { checkOptions } from "../check.ts";
import type { Rng } from "../random/types.ts";
import {
  controlMeasures,
  controlOutcome,
  type DecideOptions,
  measureClaim,
  type Outcome,
  searchWorse,
  seedsOf,
} from "./decide.ts";
import { declarationHash, declare } from "./declaration.ts";
import { estimandText } from "./estimand.ts";
import type { ClaimFields, ClaimInput, Profile } from "./fields.ts";
import { isRandom, samplesNeeded } from "./judge.ts";
import { digits } from "./line.ts";
import type { Measure } from "./measure.ts";
import { rowOf, type RowOptions, type SensitivityRow } from "./sensitivity.ts";
import { settledStatus } from "./settle.ts";
import { type CommittedVerdict, displayed, type ShownVerdict, type Verdict } from "./verdict.ts";

/** A declared claim. */
export type Claim = ClaimFields & {
  /** Hash of the declaration. */
  readonly declarationHash: string;
  /**
   * Runs the measure on exactly n seeds, `key.split(n)`, and the control on the same seeds; for
   * `forall` the measure gives the value of one problem that satisfies the hypothesis.
   */
  readonly decide: (key: Rng, measure: Measure, options?: DecideOptions) => Promise<ShownVerdict>;
  /** Judges another reasonable choice by the same criterion and n, without a control. */
  readonly sensitivityRow: (
    label: string,
    key: Rng,
    measure: Measure,
    options?: RowOptions,
  ) => Promise<SensitivityRow>;
};

/**
 * Declares a claim, before anything is measured.
 *
 * **Definition** with the 99 % interval `I` of the estimand over exactly `n` seeds: `reproduced` if `I`
 * lies wholly inside the criterion; `contradicted` if wholly outside and the statement covers the sizes
 * run, else `differs`; otherwise, or if the control is not wholly outside, `inconclusive`. `fragile`
 * if an end of `I` is within 10 % of its width from an edge of the criterion.
 *
 * @param fields The declaration, as a claim file has it: `id`, `statement`, `where`, `estimand`,
 * `criterion`, `origin`, `setup`, `sizes` (or `scale`), `covers` (default true), `n` (a number or
 * `{ quick, full }`), `expectedSd`, `control` (or `{ none: reason }`), `sensitivity`, `profile`
 * (default "quick"), and `choices` for what the setup leaves open; all enter the hash but `power`,
 * `cost` and the criterion's `why`
 * @returns The fields with `declarationHash`, `decide` and `sensitivityRow`
 * @throws {TypeError} if a field is missing or of another kind
 * @throws {RangeError} if a field has a value that is not allowed
 *
 * @example A mean and its control
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { atLeast, claim, mean, rng } from "resolvent";
 *
 * const shifted = claim({
 *   id: "example/shifted",
 *   statement: "Normal numbers of mean 3 are above 1 on average",
 *   estimand: mean({ of: "one number" }),
 *   criterion: atLeast(1),
 *   origin: "theorem",
 *   n: 16,
 *   control: { statement: "mean 0", expected: "0 is below 1" },
 * });
 * const verdict = await shifted.decide(rng(1), (key) => key.normal(1, { mean: 3 })[0], {
 *   control: (key) => key.normal(1)[0] - 1,
 * });
 * assertEquals(verdict.status, "reproduced");
 * assertEquals(verdict.control?.holds, true);
 * ```
 *
 * Source: section "Claims" of the project's design; intervals as in `meanInterval`, `medianInterval`
 * and `proportionInterval`.
 */
export function claim(fields: ClaimInput): Claim {
  const declared = declare(fields);
  return {
    ...declared,
    declarationHash: declarationHash(declared),
    decide: (key, measure, options) => decide(declared, key, measure, options),
    sensitivityRow: (label, key, measure, options) => rowOf(declared, label, key, measure, options),
  };
}

/** Decides a claim. */
async function decide(
  fields: ClaimFields,
  key: Rng,
  measure: Measure,
  options: DecideOptions = {},
): Promise<ShownVerdict> {
  const doing = `decide claim ${fields.id}`;
  const { profile = "quick", onProgress } = options;
  const n = seedsOf(doing, fields, { profile, key });
  const controls = controlMeasures(doing, fields, options.control);
  const keys = key.split(n);
  const total = n * (1 + controls.length);
  let done = 0;
  const onDone = () => onProgress?.({ done: ++done, total });
  const [main, ...arms] = await Promise.all([
    measureClaim(doing, fields, keys, measure, onDone),
    ...controls.map(({ measure }) =>
      measureClaim(`${doing} by its control`, fields, keys, measure, onDone)
    ),
  ]);
  const outcome = fields.estimand.kind === "forall"
    ? await searchWorse(fields, key.fork("search"), main, options)
    : main;
  const control = "none" in fields.control ? undefined : controlOutcome(
    fields.control.statement,
    arms.map((arm, i) => ({ label: controls[i].label, outcome: arm })),
  );
  const verdict = verdictOf(fields, profile, n, outcome, control, options);
  return displayed(verdict, { shown: outcome.shown, key: key.state });
}

/** The verdict of an outcome. */
function verdictOf(
  fields: ClaimFields,
  profile: Profile,
  n: number,
  outcome: Outcome,
  control: Verdict["control"],
  options: DecideOptions,
): Verdict {
  const { judgement, censored } = outcome;
  const { status, spoiled } = settledStatus({
    judgement,
    n,
    censored,
    censoredUpTo: fields.censoredUpTo,
    controlHolds: control?.holds,
  });
  const notes = [...outcome.notes];
  let needs: number | undefined;
  if (censored > 0) notes.push(`${censored} of ${n} censored`);
  if (spoiled === "censored") notes.push("too many censored values to decide");
  else if (spoiled === "control") {
    notes.push(
      `control failed: it must land wholly outside the criterion; without it ${judgement.status}`,
    );
  } else if (status === "inconclusive") {
    const { estimand: { kind }, criterion, covers } = fields;
    const evidence = { kind, criterion, covers, n, values: outcome.values };
    needs = samplesNeeded(evidence, judgement.estimate);
    notes.push(openNote(fields, needs));
  }
  return {
    ...verdictHead(fields, profile, options.seed),
    status,
    fragile: judgement.fragile,
    estimate: judgement.estimate,
    interval: judgement.interval,
    level: judgement.level,
    n,
    values: outcome.values,
    sd: outcome.sd,
    ...(control === undefined ? {} : { control }),
    ...(options.amended === undefined ? {} : { amended: options.amended }),
    ...(options.amends === undefined ? {} : { amends: options.amends }),
    notes,
    ...(needs === undefined ? {} : { needs }),
    ...(outcome.witness === undefined ? {} : { witness: outcome.witness }),
    ...(censored > 0 ? { censored } : {}),
  };
}

/** Why a claim is open, and what would decide it. */
function openNote(fields: ClaimFields, needs: number | undefined): string {
  const { kind } = fields.estimand;
  if (kind === "exists") return "a witness decides; none was found by the search";
  if (!isRandom(kind)) return "an edge of the criterion is not decided";
  return needs === undefined
    ? "the estimate is so near an edge of the criterion that ten million seeds would not decide"
    : `about ${needs} seeds would decide, if the estimate stays`;
}

/** The part of a verdict that is known before any run. */
function verdictHead(
  fields: ClaimFields,
  profile: Profile,
  seed: string | number | bigint | undefined,
): Omit<
  Verdict,
  "status" | "fragile" | "estimate" | "interval" | "level" | "n" | "values" | "sd" | "notes"
> {
  return {
    id: fields.id,
    statement: fields.statement,
    where: fields.where,
    ...(fields.reading === undefined ? {} : { reading: fields.reading }),
    kind: fields.estimand.kind,
    of: estimandText(fields.estimand),
    log: fields.estimand.over === undefined && (fields.estimand.log ?? false),
    expectedSd: fields.expectedSd,
    criterion: fields.criterion,
    origin: fields.origin,
    exploratory: fields.origin === "pilot",
    covers: fields.covers,
    ...("none" in fields.control ? { noControl: fields.control.none } : {}),
    sizesHere: fields.sizes[profile],
    sizesPaper: fields.sizes.paper,
    declarationHash: declarationHash(fields),
    settled: {
      ...(fields.seed === undefined ? {} : { seed: fields.seed }),
      ...(fields.choices === undefined ? {} : { choices: fields.choices }),
      ...(fields.censoredUpTo === undefined ? {} : { censoredUpTo: fields.censoredUpTo }),
    },
    profile,
    seed: seed === undefined ? null : String(seed),
  };
}

/** What is known of a claim that is not decided in a run. */
export type NotDecidedOptions = {
  /** Number that the code gave at smoke size: it shows that the code runs, and decides nothing. */
  readonly smoke?: number;
  /** The committed verdict of the full profile. */
  readonly committed?: CommittedVerdict;
  /** Profile of the run; default "quick". */
  readonly profile?: Profile;
  /** Root seed of the run. */
  readonly seed?: string | number | bigint;
};

/**
 * Verdict "not decided", for a claim too dear for the profile that runs.
 *
 * **Definition** status "not decided", estimate and interval null, the reason among the notes.
 *
 * @param claim The claim
 * @param reason Why it is not decided here
 * @param options `smoke`: number at smoke size; `committed`: verdict of the full profile; `profile`,
 * default "quick"; `seed`
 * @returns A verdict without an estimate
 *
 * @example A claim for the full profile
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { atLeast, claim, mean, notDecided } from "resolvent";
 *
 * const dear = claim({
 *   id: "example/dear",
 *   statement: "Training takes long",
 *   estimand: mean({ of: "hours" }),
 *   criterion: atLeast(1),
 *   origin: "convention",
 *   n: 8,
 *   profile: "full",
 *   control: { none: "an example" },
 * });
 * const verdict = notDecided(dear, "too dear for a quick run", { smoke: 0.5 });
 * assertEquals([verdict.status, verdict.estimate], ["not decided", null]);
 * ```
 *
 * Source: section "Claims" of the project's design.
 */
export function notDecided(
  claim: ClaimFields,
  reason: string,
  options: NotDecidedOptions = {},
): ShownVerdict {
  const doing = "show a claim that is not decided";
  const { smoke, committed, profile = "quick", seed } = checkOptions(doing, options);
  return displayed({
    ...verdictHead(declare(claim), profile, seed),
    status: "not decided",
    fragile: false,
    estimate: null,
    interval: null,
    level: null,
    n: claim.n[profile],
    values: [],
    sd: null,
    notes: [reason, ...(smoke === undefined ? [] : [`ran at smoke size: ${digits(smoke)}`])],
    ...(committed === undefined ? {} : { committed }),
  });
}
