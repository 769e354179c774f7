/**
 * The verdict on a claim: plain data that shows itself in a notebook.
 *
 * @module
 */
import { usedBackend } from "../backend/state.ts";
import type { RngState } from "../random/types.ts";
import { type Provenance, provenance } from "../run/provenance.ts";
import { verdictCard } from "./card.ts";
import type { Criterion } from "./criterion.ts";
import type { EstimandKind } from "./estimand.ts";
import type { Origin, Profile } from "./fields.ts";
import type { Status } from "./judge.ts";
import { verdictLine } from "./line.ts";

/** One condition under which the effect had to vanish. */
export type ControlArm = {
  /** Name of the condition, where a claim has several. */
  readonly label?: string;
  /** Estimate under the condition. */
  readonly estimate: number;
  /** Its interval. */
  readonly interval: readonly [low: number, high: number];
  /** One number per seed, as in the verdict. */
  readonly values: readonly number[];
};

/** What the control came to. */
export type ControlOutcome = {
  /** The condition, as declared. */
  readonly statement: string;
  /** Whether every arm landed wholly outside the criterion. */
  readonly holds: boolean;
  /** Its conditions, usually one. */
  readonly arms: readonly ControlArm[];
};

/** A full verdict that stands beside a claim which is too dear for a quick run. */
export type CommittedVerdict = {
  /** What it came to. */
  readonly status: Status;
  /** Whether an end of its interval is near an edge. */
  readonly fragile: boolean;
  /** Estimate. */
  readonly estimate: number | null;
  /** Its interval. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Number of seeds. */
  readonly n: number;
  /** False where its control failed. */
  readonly controlHolds?: boolean;
  /** Day of the run, as year-month-day. */
  readonly date: string;
};

/** What a notebook settles beyond the claim file. */
export type Settled = {
  /** Default root seed. */
  readonly seed?: string;
  /** What the setup leaves open. */
  readonly choices?: readonly string[];
  /** Share of censored values beyond which the claim is undecided. */
  readonly censoredUpTo?: number;
};

/** Verdict on a claim. */
export type Verdict = {
  /** Name of the claim. */
  readonly id: string;
  /** The claim's statement. */
  readonly statement: string;
  /** Where the paper makes it. */
  readonly where: string;
  /** Which reading of the paper's sentence. */
  readonly reading?: string;
  /** What it came to. */
  readonly status: Status;
  /** Whether an end of the interval is within 10 % of its width from an edge of the criterion. */
  readonly fragile: boolean;
  /** The estimate; null when not decided. */
  readonly estimate: number | null;
  /** Its interval; null when not decided. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Level of the interval; null where nothing is random. */
  readonly level: number | null;
  /** Number of seeds, or of problems. */
  readonly n: number;
  /** Kind of the estimand. */
  readonly kind: EstimandKind;
  /** Exact quantity that was estimated. */
  readonly of: string;
  /** Whether the numbers are natural logarithms that are also reported as ratios. */
  readonly log: boolean;
  /** One number per seed; 0 and 1 for a proportion; the worst ones for `forall`. */
  readonly values: readonly number[];
  /** Standard deviation over seeds; null where nothing is random. */
  readonly sd: number | null;
  /** Standard deviation that was expected. */
  readonly expectedSd: number | null;
  /** What the estimate is held against. */
  readonly criterion: Criterion;
  /** Where the criterion comes from. */
  readonly origin: Origin;
  /** Whether the criterion comes from a pilot. */
  readonly exploratory: boolean;
  /** Whether the statement covers the sizes that were run. */
  readonly covers: boolean;
  /** What the control came to; absent when not decided. */
  readonly control?: ControlOutcome;
  /** Why the claim has no control. */
  readonly noControl?: string;
  /** Sizes that were run. */
  readonly sizesHere: string;
  /** Sizes of the paper. */
  readonly sizesPaper: string;
  /** Hash of the declaration. */
  readonly declarationHash: string;
  /** Reason for a change of the declaration after its first measurement. */
  readonly amended?: string;
  /** Hash of the declaration that was amended. */
  readonly amends?: string;
  /** What the notebook settled beyond the claim file; part of the hash. */
  readonly settled: Settled;
  /** Profile of the run. */
  readonly profile: Profile;
  /** Root seed of the run; null when it was not given. */
  readonly seed: string | null;
  /** What else a reader must know: why it is open, what was counted. */
  readonly notes: readonly string[];
  /** For an open claim, about how many seeds would decide it. */
  readonly needs?: number;
  /** The instance that decides, for `exists`, and for `forall` when violated. */
  readonly witness?: unknown;
  /** Number of censored values. */
  readonly censored?: number;
  /** For a claim not decided here: the committed verdict of the full profile. */
  readonly committed?: CommittedVerdict;
};

/** What the front end of a notebook shows. */
export type Shown = {
  /** The card. */
  readonly "text/html": string;
  /** The line. */
  readonly "text/plain": string;
};

/** A verdict that shows itself, with what its seeds gave beside their numbers. */
export type ShownVerdict = Verdict & {
  /** What the measure returned for each seed, in order; not part of the plain data. */
  readonly shown: readonly Readonly<Record<string, unknown>>[];
  /** Where it came from, described when first asked for; a run's record has it once for all. */
  readonly provenance: Provenance;
  /** Card and line, under `Symbol.for("Jupyter.display")`. */
  readonly [display: symbol]: () => Shown;
};

/** Adds to a verdict its display, what its seeds gave, and its provenance, none of them enumerable. */
export function displayed(
  verdict: Verdict,
  { shown = [], key }: {
    readonly shown?: readonly Readonly<Record<string, unknown>>[];
    readonly key?: RngState;
  } = {},
): ShownVerdict {
  const display = (): Shown => ({
    "text/html": verdictCard(verdict, usedBackend()),
    "text/plain": verdictLine(verdict),
  });
  const { id, declarationHash, profile, seed } = verdict;
  const settings = { seed, profile, claim: id, declarationHash, ...(key && { key }) };
  let origin: Provenance | undefined;
  return Object.defineProperties({ ...verdict }, {
    shown: { value: shown },
    provenance: { get: () => origin ??= provenance(settings) },
    [Symbol.for("Jupyter.display")]: { value: display },
  }) as ShownVerdict;
}
