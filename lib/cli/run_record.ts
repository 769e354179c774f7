/**
 * The record of a run: verdicts, sensitivity, provenance, times.
 *
 * @module
 */
import { loadCatalog, paperClaims } from "../claims/catalog.ts";
import { isRandom, LEVEL } from "../claims/judge.ts";
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
      backend: run.backend, // of the process that ran
      cells: cellsHash(run.notebook),
    },
    seconds: run.seconds,
    cells: run.cells,
    ...(run.error === null ? {} : { error: run.error }),
  };
}

/** The fields of a verdict that belong to a run, as far as a page shows them. */
const OWN_FIELDS = ["id", "status", "fragile", "amended", "estimate", "interval", "n", "committed"];

/** The fields of a verdict that a page shows and its declaration has. */
const DECLARED_FIELDS = ["statement", "criterion", "kind", "level", "exploratory"];

/** The declared fields by the names of their claims; none for a slug without a claim file. */
function declaredFields(slug: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  if (loadCatalog().every((paper) => paper.slug !== slug)) return new Map();
  const { claims, ours } = paperClaims(slug);
  return new Map([...claims, ...ours].map(({ id, statement, criterion, estimand, origin }) => {
    const level = isRandom(estimand.kind) ? LEVEL : null;
    const exploratory = origin === "pilot";
    return [id, { statement, criterion, kind: estimand.kind, level, exploratory }];
  }));
}

/**
 * The record as far as a page shows it and a notebook can carry it: of a claim in the catalogue
 * only what the run found, since `fullRecord` finds the rest in its declaration.
 */
export function slimRecord(
  { slug, verdicts, provenance, profile, seed }: RunRecord,
): Readonly<Record<string, unknown>> {
  const declared = declaredFields(slug);
  const slim = verdicts.map((verdict) => {
    const names = declared.has(verdict.id) ? OWN_FIELDS : [...OWN_FIELDS, ...DECLARED_FIELDS];
    const fields = verdict as unknown as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
      names.flatMap((name) => fields[name] === undefined ? [] : [[name, fields[name]]]),
    );
  });
  return { profile, seed, verdicts: slim, provenance };
}

/** A stored record with the declared fields of its verdicts. */
export function fullRecord(
  slug: string,
  record: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (!Array.isArray(record.verdicts)) return record;
  const declared = declaredFields(slug);
  const verdicts = record.verdicts.map((verdict) => ({ ...declared.get(verdict.id), ...verdict }));
  return { ...record, verdicts };
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
