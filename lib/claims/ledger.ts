/**
 * Merges a run into the ledger.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { cannot } from "../check.ts";
import { bareCriterion } from "./criterion.ts";
import { canonicalJson } from "./declaration.ts";
import type { EstimandKind } from "./estimand.ts";
import type { Profile } from "./fields.ts";
import type { Ledger, LedgerEntry, LedgerRow, LedgerVerdict } from "./ledger_schema.ts";
import type { SensitivityRow } from "./sensitivity.ts";
import type { Verdict } from "./verdict.ts";

/** What a run of a notebook adds to the ledger. */
export type LedgerRecord = {
  /** Name of the paper. */
  readonly slug: string;
  /** Profile of the run. */
  readonly profile: Profile;
  /** Root seed of the run. */
  readonly seed: string;
  /** Root seed that the notebook declares; only its runs enter the ledger. */
  readonly defaultSeed: string;
  /** Verdicts. */
  readonly verdicts: readonly Verdict[];
  /** Sensitivity rows that were measured in this run. */
  readonly sensitivity: readonly SensitivityRow[];
  /** Day of the run, year-month-day (a longer ISO time is cut). */
  readonly date: string;
  /** Where the run came from, plain data; its own date is left out. */
  readonly provenance: Readonly<Record<string, unknown>>;
};

/** The ledger with a run merged into it; nothing is changed in place. */
export function mergeLedger(ledger: Ledger, record: LedgerRecord): Ledger {
  const doing = `merge ${record.slug} (${record.profile}) into the ledger`;
  if (record.seed !== record.defaultSeed) {
    throw new RangeError(
      cannot(
        doing,
        `only runs with the declared seed ${record.defaultSeed} enter`,
        "seed",
        record.seed,
      ),
    );
  }
  const date = record.date.slice(0, 10);
  const { date: _time, ...origin } = record.provenance;
  const name = createHash("sha256").update(canonicalJson(origin)).digest("hex").slice(0, 12);
  const claims = { ...ledger.claims };
  for (const verdict of record.verdicts) {
    if (!verdict.id.startsWith(`${record.slug}/`)) {
      throw new RangeError(cannot(doing, "a run decides its own claims", "id", verdict.id));
    }
    if (verdict.status === "not decided") continue;
    const stored = ledgerVerdict(verdict, { date, seed: record.seed, provenance: name });
    claims[verdict.id] = withVerdict(doing, claims[verdict.id], verdict, stored, record.profile);
  }
  for (const row of record.sensitivity) {
    const entry = claims[row.id];
    if (entry === undefined) {
      throw new RangeError(cannot(doing, "a row belongs to a decided claim", "its claim", row.id));
    }
    claims[row.id] = { ...entry, sensitivity: withRow(entry.sensitivity, row, date) };
  }
  const used = new Set(
    Object.values(claims).flatMap(({ verdicts }) =>
      [verdicts.quick, verdicts.full].flatMap((verdict) => verdict?.provenance ?? [])
    ),
  );
  const provenance = Object.entries({ ...ledger.provenance, [name]: origin })
    .filter(([key]) => used.has(key));
  return { claims, provenance: Object.fromEntries(provenance) };
}

/** A verdict as the ledger keeps it. */
function ledgerVerdict(
  verdict: Verdict,
  run: Pick<LedgerVerdict, "date" | "seed" | "provenance">,
): LedgerVerdict {
  const { status, fragile, estimate, interval, level, n, values, control, censored } = verdict;
  return {
    hash: verdict.declarationHash,
    status: status as LedgerVerdict["status"],
    fragile,
    estimate: estimate!,
    interval: [...interval!],
    level,
    n,
    values: packed(verdict.kind, values),
    ...(control === undefined ? {} : {
      control: {
        holds: control.holds,
        arms: control.arms.map((arm) => ({
          ...(arm.label === undefined ? {} : { label: arm.label }),
          estimate: arm.estimate,
          interval: [...arm.interval],
          values: packed(verdict.kind, arm.values),
        })),
      },
    }),
    ...(censored === undefined ? {} : { censored }),
    ...run,
  };
}

/** Numbers as the ledger keeps them: of a proportion the counts of ones and of zeros. */
function packed(kind: EstimandKind, values: readonly number[]): number[] {
  if (kind !== "proportion") return [...values];
  const ones = values.filter((value) => value === 1).length;
  return [ones, values.length - ones];
}

/** The numbers that `packed` kept; of a proportion in another order. */
export function unpacked(kind: EstimandKind, values: readonly number[]): readonly number[] {
  if (kind !== "proportion") return values;
  const [ones = 0, zeros = 0] = values;
  return [...Array(ones).fill(1), ...Array(zeros).fill(0)];
}

/** An entry with a verdict; a hash that is new after a first measurement needs its reason. */
function withVerdict(
  doing: string,
  entry: LedgerEntry | undefined,
  verdict: Verdict,
  stored: LedgerVerdict,
  profile: Profile,
): LedgerEntry {
  const { seed, choices, censoredUpTo } = verdict.settled;
  const declaration = {
    hash: stored.hash,
    first: stored.date,
    ...(verdict.amended === undefined ? {} : { reason: verdict.amended }),
    ...(seed === undefined ? {} : { seed }),
    ...(choices === undefined ? {} : { choices: [...choices] }),
    ...(censoredUpTo === undefined ? {} : { censoredUpTo }),
  };
  const earlier = entry?.declarations ?? (
    verdict.amends === undefined ? [] : [{ hash: verdict.amends, first: stored.date }]
  );
  const current = earlier.at(-1)?.hash === stored.hash;
  if (!current && earlier.length > 0 && verdict.amended === undefined) {
    throw new RangeError(
      cannot(
        doing,
        `the declaration of ${verdict.id} changed after its first measurement, which needs a reason`,
        "its hash",
        stored.hash,
      ),
    );
  }
  const verdicts = { ...(current ? entry?.verdicts : {}), [profile]: stored };
  return {
    kind: verdict.kind,
    criterion: bareCriterion(verdict.criterion) as LedgerEntry["criterion"],
    covers: verdict.covers,
    declarations: current ? [...earlier] : [...earlier, declaration],
    verdicts,
    confirmed: isConfirmed(verdicts),
    sensitivity: current ? entry?.sensitivity ?? [] : [],
  };
}

/** Tells whether both profiles came to the same verdict, and one that decides. */
export function isConfirmed({ quick, full }: LedgerEntry["verdicts"]): boolean {
  return quick !== undefined && quick.status === full?.status && quick.status !== "inconclusive";
}

/** Rows with one added or replaced, in the order of their labels and profiles. */
function withRow(rows: readonly LedgerRow[], row: SensitivityRow, date: string): LedgerRow[] {
  const { id: _id, interval: [low, high], status, ...others } = row;
  const added: LedgerRow = {
    ...others,
    status: status as LedgerRow["status"],
    interval: [low, high],
    date,
  };
  const key = ({ label, profile }: LedgerRow) => `${label}\n${profile}`;
  return [...rows.filter((other) => key(other) !== key(added)), added]
    .sort((a, b) => key(a) < key(b) ? -1 : 1);
}
