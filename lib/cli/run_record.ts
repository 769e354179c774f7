/**
 * The record of a run: verdicts, sensitivity, provenance, times.
 *
 * @module
 */
import type { LedgerRecord } from "../claims/ledger.ts";
import type { SensitivityRow } from "../claims/sensitivity.ts";
import type { Verdict } from "../claims/verdict.ts";
import { cellsHash } from "../notebook/cells_hash.ts";
import type { CellTime, ExecutedNotebook } from "../notebook/run_notebook.ts";
import type { StudyRow } from "../notebook/study_tables.ts";
import { type Provenance, provenance } from "../run/provenance.ts";

/** What `record.json` holds. */
export type RunRecord = {
  readonly slug: string;
  readonly status: ExecutedNotebook["status"];
  readonly profile: string;
  /** Root seed; null where the notebook opened no study and none was given. */
  readonly seed: string | null;
  readonly verdicts: readonly Verdict[];
  readonly sensitivity: readonly StudyRow[];
  readonly provenance: Provenance & { readonly cells: string };
  readonly seconds: number;
  readonly cells: readonly CellTime[];
  /** Lines of the error that ended the run; absent in a complete one. */
  readonly error?: readonly string[];
};

/** Settings that a run was asked for. */
export type RunSettings = { readonly profile: string; readonly seed?: string };

/** A seed as a number where it is one. */
function plainSeed(seed: string | null): number | string | null {
  return seed !== null && Number.isSafeInteger(Number(seed)) ? Number(seed) : seed;
}

/** The record of a run. */
export function runRecord(run: ExecutedNotebook, settings: RunSettings): RunRecord {
  const seed = run.study?.seed ?? settings.seed ?? null;
  const profile = run.study?.profile ?? settings.profile;
  return {
    slug: run.slug,
    status: run.status,
    profile,
    seed,
    verdicts: run.study?.verdicts ?? [],
    sensitivity: run.study?.sensitivity ?? [],
    provenance: {
      ...provenance({ seed: plainSeed(seed), profile }),
      cells: cellsHash(run.notebook),
    },
    seconds: run.seconds,
    cells: run.cells,
    ...(run.error === null ? {} : { error: run.error }),
  };
}

/** The fields of a verdict that a page's table shows. */
const SHOWN_FIELDS = [
  "id",
  "statement",
  "status",
  "fragile",
  "exploratory",
  "amended",
  "kind",
  "estimate",
  "interval",
  "level",
  "n",
  "criterion",
  "committed",
] as const;

/** The record as far as a page shows it and a notebook can carry it. */
export function slimRecord({ verdicts, provenance, profile, seed }: RunRecord) {
  const slim = verdicts.map((verdict) => {
    const { why: _, ...criterion } = verdict.criterion;
    const whole = { ...verdict, criterion };
    return Object.fromEntries(
      SHOWN_FIELDS.flatMap((name) => whole[name] === undefined ? [] : [[name, whole[name]]]),
    );
  });
  return { profile, seed, verdicts: slim, provenance };
}

/** Tells a row that this run measured from one that stands for a committed one. */
function isMeasured(row: StudyRow): boolean {
  return row.source === "this run" && row.status !== "not run";
}

/** What a run adds to the ledger, or null for a notebook without a study. */
export function ledgerRecord(run: ExecutedNotebook, record: RunRecord): LedgerRecord | null {
  if (run.study === null) return null;
  const { slug, profile, seed, defaultSeed, verdicts, sensitivity } = run.study;
  const rows = sensitivity.filter(isMeasured).map(({ source: _, ...row }) => row);
  return {
    slug,
    profile,
    seed,
    defaultSeed,
    verdicts,
    sensitivity: rows as readonly SensitivityRow[],
    date: record.provenance.date,
    provenance: record.provenance,
  };
}
