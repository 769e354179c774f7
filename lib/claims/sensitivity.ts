/**
 * Rows of the sensitivity table: a claim under another reasonable choice.
 *
 * @module
 */
import type { Rng } from "../random/types.ts";
import { measureClaim, searchWorse, seedsOf, type WorstProblem } from "./decide.ts";
import type { Found } from "./decide.ts";
import type { ClaimFields, Profile } from "./fields.ts";
import type { Status } from "./judge.ts";
import type { DecideProgress, Measure } from "./measure.ts";

/** How a row is measured. */
export type RowOptions = {
  /** Profile, which chooses n; default "quick". */
  readonly profile?: Profile;
  /** Profile whose n the row has instead: a dear row may have fewer seeds than its claim. */
  readonly seeds?: Profile;
  /** Whether the row shows its estimate without a status; default false. */
  readonly reportedOnly?: boolean;
  /** For `forall`: the adversarial search. */
  readonly search?: (key: Rng, worst: readonly WorstProblem[]) => Promise<Found> | Found;
  /** Told after every seed. */
  readonly onProgress?: (progress: DecideProgress) => void;
};

/** A claim under another choice. */
export type SensitivityRow = {
  /** Name of the claim. */
  readonly id: string;
  /** The choice. */
  readonly label: string;
  /** What the same criterion comes to; "reported" where it does not apply. */
  readonly status: Status | "reported";
  /** Whether an end of the interval is near an edge. */
  readonly fragile: boolean;
  /** Estimate. */
  readonly estimate: number;
  /** Its interval. */
  readonly interval: readonly [low: number, high: number];
  /** Number of seeds. */
  readonly n: number;
  /** Profile of the run. */
  readonly profile: Profile;
};

/** Measures a row. */
export async function rowOf(
  fields: ClaimFields,
  label: string,
  key: Rng,
  measure: Measure,
  { profile = "quick", seeds, reportedOnly = false, search, onProgress }: RowOptions = {},
): Promise<SensitivityRow> {
  const doing = `measure row "${label}" of claim ${fields.id}`;
  const n = seedsOf(doing, fields, { profile, key, seeds });
  let done = 0;
  const onDone = () => onProgress?.({ done: ++done, total: n });
  const main = await measureClaim(doing, fields, key.split(n), measure, onDone);
  const outcome = fields.estimand.kind === "forall"
    ? await searchWorse(fields, key.fork("search"), main, { search })
    : main;
  const { status, fragile, estimate, interval } = outcome.judgement;
  return {
    id: fields.id,
    label,
    status: reportedOnly ? "reported" : status,
    fragile: !reportedOnly && fragile,
    estimate,
    interval,
    n,
    profile,
  };
}
