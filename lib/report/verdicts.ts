/**
 * What a report takes from the record of a run.
 *
 * @module
 */
import { shown } from "../check.ts";
import type { Verdict } from "../claims/verdict.ts";

/** A verdict, as far as a row of the table needs it. */
export type VerdictRow = Verdict;

/** Tells a plain record from everything else. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The verdicts in a record `{ verdicts: [...] }`; none where it has no such list. */
export function verdictsOf(record: Readonly<Record<string, unknown>>): readonly VerdictRow[] {
  const { verdicts = [] } = record;
  if (!Array.isArray(verdicts)) {
    throw new TypeError(
      `Cannot read the record of a run as its verdicts must be a list: verdicts is ${
        shown(verdicts)
      }`,
    );
  }
  verdicts.forEach((verdict, at) => {
    const fields = isRecord(verdict) ? verdict : {};
    const holds = typeof fields.id === "string" && typeof fields.status === "string" &&
      typeof fields.statement === "string" && isRecord(fields.criterion);
    if (holds) return;
    throw new TypeError(
      `Cannot read the record of a run as each verdict must have id, statement, status and criterion: verdict ${
        at + 1
      } is ${shown(verdict)}`,
    );
  });
  return verdicts.map((verdict) => ({ notes: [], kind: "mean", ...verdict }));
}
