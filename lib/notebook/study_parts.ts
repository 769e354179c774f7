/**
 * Parts of a study: smoke runs, what the ledger has committed, what differs from a declaration.
 *
 * @module
 */
import type { Claim } from "../claims/claim.ts";
import { canonicalJson, declaredFields } from "../claims/declaration.ts";
import type { ClaimFields } from "../claims/fields.ts";
import type { LedgerEntry } from "../claims/ledger_schema.ts";
import { type Measure, runMeasure } from "../claims/measure.ts";
import type { CommittedVerdict } from "../claims/verdict.ts";
import type { Rng } from "../random/types.ts";
import type { StudyRow } from "./study_tables.ts";

/** The value of one seed, to see that the code runs. */
export async function smokeValue(claim: Claim, measure: Measure, key: Rng): Promise<number> {
  const keys = key.fork("smoke").split(1);
  const doing = `run claim ${claim.id} at smoke size`;
  const [{ value }] = await runMeasure(doing, claim.estimand, measure, keys, () => {});
  return Number(value);
}

/** The committed verdict of the full profile. */
export function committedVerdict(entry: LedgerEntry | undefined): CommittedVerdict | undefined {
  const verdict = entry?.verdicts.full;
  if (verdict === undefined) return undefined;
  const { status, fragile, estimate, interval, n, control, date } = verdict;
  return { status, fragile, estimate, interval, n, controlHolds: control?.holds, date };
}

/** The committed row of the full profile, or one that says that it was not run. */
export function committedRow(id: string, label: string, entry: LedgerEntry | undefined): StudyRow {
  const found = entry?.sensitivity.find((row) => row.label === label && row.profile === "full");
  if (found === undefined) return { id, label, status: "not run", source: "full profile" };
  return { id, ...found, source: found.date };
}

/** Names of the fields in which two declarations differ, of those that enter the hash. */
export function changedFields(a: ClaimFields, b: ClaimFields): readonly string[] {
  const [left, right] = [declaredFields(a), declaredFields(b)];
  const own = ["choices", "seed", "censoredUpTo"];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((name) => !own.includes(name))
    .filter((name) => canonicalJson(left[name] ?? null) !== canonicalJson(right[name] ?? null))
    .sort();
}

/** The root seed of a text: an integer where it is written as one. */
export function seedOf(text: string): bigint | string {
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}
