/**
 * The types of a study: what a notebook calls, and what a captured run records.
 *
 * @module
 */
import type { DecideOptions } from "../claims/decide.ts";
import type { ClaimFields, Profile } from "../claims/fields.ts";
import type { Measure } from "../claims/measure.ts";
import type { RowOptions } from "../claims/sensitivity.ts";
import type { ShownVerdict, Verdict } from "../claims/verdict.ts";
import type { Rng } from "../random/types.ts";
import type { Expectations } from "./expectations.ts";
import type { Displayed, StudyRow } from "./study_tables.ts";

/** How a study decides a claim. */
export type StudyDecideOptions = Omit<DecideOptions, "profile" | "seed" | "amends"> & {
  /** Name of the runs: claims that name the same share their seeds. Default: the claim's id. */
  readonly runs?: string;
};

/** How a study measures a sensitivity row. */
export type StudyRowOptions = Pick<RowOptions, "reportedOnly" | "search" | "seeds"> & {
  /** The profile from which on the row is measured; default "quick". */
  readonly profile?: Profile;
  /** Name of the runs, as in `decide`. Default: those of the claim it belongs to. */
  readonly runs?: string;
};

/** What a study reports to the run that captures it. */
export type StudyRecord = {
  /** Name of the paper. */
  readonly slug: string;
  /** Profile of the run. */
  readonly profile: Profile;
  /** Root seed of the run. */
  readonly seed: string;
  /** Root seed that the notebook declares. */
  readonly defaultSeed: string;
  /** Verdicts so far. */
  readonly verdicts: readonly Verdict[];
  /** Sensitivity rows so far; `source` tells those of this run from committed ones. */
  readonly sensitivity: readonly StudyRow[];
  /** What the notebook expects, once it has said so. */
  readonly expected?: Expectations;
};

/** A notebook's study of one paper. */
export type Study = {
  /** Name of the paper. */
  readonly slug: string;
  /** Profile of this run. */
  readonly profile: Profile;
  /** Root seed of this run. */
  readonly seed: string;
  /** Key of this run; the profiles have keys of their own. */
  readonly key: Rng;
  /** The declared fields of a claim; the slug in its id may be left out. */
  readonly declared: (id: string) => ClaimFields;
  /** Decides a claim in this run's profile; one for the full profile only runs a seed in a quick run. */
  readonly decide: (
    claim: ClaimFields,
    measure: Measure,
    options?: StudyDecideOptions,
  ) => Promise<ShownVerdict>;
  /** Records that a claim is not decided, with the number that its code gave at smoke size. */
  readonly skip: (
    claim: ClaimFields,
    smoke?: number,
    options?: Pick<DecideOptions, "amended">,
  ) => ShownVerdict;
  /** Measures a claim under another choice, or takes the committed row. */
  readonly sensitivity: (
    claim: ClaimFields,
    label: string,
    measure: Measure,
    options?: StudyRowOptions,
  ) => Promise<StudyRow>;
  /** The sensitivity rows so far, as a table. */
  readonly sensitivityTable: () => Displayed;
  /** The verdicts so far, as a table with the line on multiplicity. */
  readonly summary: () => Displayed;
  /** Throws unless the verdicts are those expected. */
  readonly expect: (expected: Expectations) => Displayed;
};

/** Settings of a study. */
export type StudyOptions = {
  /** Root seed that the notebook declares. */
  readonly seed: number | bigint | string;
  /** Folder with catalog.json, claims and ledger.json; default the notebooks of this project. */
  readonly folder?: URL;
};
