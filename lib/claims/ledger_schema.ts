/**
 * What the ledger holds: every hash that a claim has had, its verdicts and sensitivity rows. Values
 * are one per seed; of a proportion the counts of ones and zeros, of `forall` the worst problems.
 *
 * @module
 */
import * as z from "zod";
import { parseWith } from "./claim_file.ts";
import { KINDS } from "./estimand.ts";

const text = z.string().min(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits");
const day = z.iso.date();
const range = z.tuple([z.number(), z.number()]);
const count = z.int().min(1);
const decided = z.enum(["reproduced", "contradicted", "differs", "inconclusive"]);

const declaration = z.strictObject({
  hash,
  first: day,
  reason: text.optional(),
  seed: z.string().optional(),
  choices: z.array(z.string()).optional(),
  censoredUpTo: z.number().optional(),
});

const control = z.strictObject({
  holds: z.boolean(),
  arms: z.array(z.strictObject({
    label: text.optional(),
    estimate: z.number(),
    interval: range,
    values: z.array(z.number()),
  })),
});

const verdict = z.strictObject({
  hash,
  status: decided,
  fragile: z.boolean(),
  estimate: z.number(),
  interval: range,
  level: z.number().nullable(),
  n: count,
  values: z.array(z.number()),
  control: control.optional(),
  censored: count.optional(),
  date: day,
  seed: z.string(),
  provenance: text,
});

const row = z.strictObject({
  label: text,
  status: z.enum([...decided.options, "reported"]),
  fragile: z.boolean(),
  estimate: z.number(),
  interval: range,
  n: count,
  profile: z.enum(["quick", "full"]),
  date: day,
});

const entry = z.strictObject({
  kind: z.enum(KINDS),
  criterion: z.union([
    z.strictObject({ within: range }),
    z.strictObject({ outside: range }),
    z.strictObject({ atLeast: z.number() }),
    z.strictObject({ atMost: z.number() }),
  ]),
  covers: z.boolean(),
  declarations: z.array(declaration).min(1),
  verdicts: z.strictObject({ quick: verdict.optional(), full: verdict.optional() }),
  confirmed: z.boolean(),
  sensitivity: z.array(row),
});

const ledger = z.strictObject({
  claims: z.record(z.string(), entry),
  provenance: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** Verdict of one profile, as the ledger keeps it. */
export type LedgerVerdict = z.output<typeof verdict>;

/** A sensitivity row, as the ledger keeps it. */
export type LedgerRow = z.output<typeof row>;

/** What the ledger holds of one claim. */
export type LedgerEntry = z.output<typeof entry>;

/** The ledger: claims by name, and the provenances that their verdicts name. */
export type Ledger = z.output<typeof ledger>;

/** A ledger without claims. */
export const EMPTY_LEDGER: Ledger = { claims: {}, provenance: {} };

/** Reads the text of a ledger; an error says where it fails. */
export function parseLedger(text: string): Ledger {
  return parseWith(ledger, "read the ledger", text);
}

/** Writes a ledger: JSON with sorted names, two spaces, and a line feed at the end. */
export function renderLedger(value: Ledger): string {
  return JSON.stringify(sorted(value), null, 2) + "\n";
}

/** Plain data with sorted names. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)
      .map(([key, field]) => [key, sorted(field)]),
  );
}
