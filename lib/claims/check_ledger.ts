/**
 * Checks a ledger: every entry follows from what is stored beside it and from the catalogue.
 *
 * @module
 */
import { bareCriterion } from "./criterion.ts";
import { canonicalJson, declarationHash } from "./declaration.ts";
import type { ClaimFields } from "./fields.ts";
import { type Evidence, judge, type Judgement } from "./judge.ts";
import { isConfirmed, unpacked } from "./ledger.ts";
import {
  type Ledger,
  type LedgerEntry,
  type LedgerVerdict,
  parseLedger,
  renderLedger,
} from "./ledger_schema.ts";
import { settledStatus } from "./settle.ts";

/** Relative difference of a recomputed number: another machine's last bits. */
const SAME = 1e-9;

/**
 * Problems of a ledger, each a line of text; none if it is in order.
 *
 * Recomputed are each interval, status, fragility and control from the stored values, `confirmed`, the
 * hash of every declaration that is not amended, and the text itself, which must be as it is written.
 */
export function checkLedger(text: string, catalog: readonly ClaimFields[]): readonly string[] {
  let ledger: Ledger;
  try {
    ledger = parseLedger(text);
  } catch (error) {
    return [(error as Error).message];
  }
  const problems = renderLedger(ledger) === text ? [] : ["the text is not as it is written"];
  const declared = new Map(catalog.map((fields) => [fields.id, fields]));
  for (const [id, entry] of Object.entries(ledger.claims)) {
    problems.push(...checkDeclaration(entry, declared.get(id)).map((line) => `${id}: ${line}`));
    for (const profile of ["quick", "full"] as const) {
      const verdict = entry.verdicts[profile];
      if (verdict === undefined) continue;
      const lines = checkVerdict(entry, verdict);
      if (!(verdict.provenance in ledger.provenance)) lines.push("its provenance is missing");
      problems.push(...lines.map((line) => `${id} (${profile}): ${line}`));
    }
    if (entry.confirmed !== isConfirmed(entry.verdicts)) {
      problems.push(`${id}: confirmed is ${entry.confirmed}`);
    }
  }
  return problems;
}

/** Problems of an entry's declarations. */
function checkDeclaration(entry: LedgerEntry, fields: ClaimFields | undefined): string[] {
  if (fields === undefined) return ["the catalogue does not know it"];
  const problems: string[] = [];
  entry.declarations.slice(1).forEach(({ reason, hash }) => {
    if (reason === undefined) problems.push(`declaration ${hash.slice(0, 12)} has no reason`);
  });
  const { hash, reason, seed, choices, censoredUpTo } = entry.declarations.at(-1)!;
  if (reason !== undefined) return problems;
  const own = { seed, choices, censoredUpTo };
  if (declarationHash({ ...fields, ...own }) !== hash) {
    problems.push("its declaration is not the catalogue's, and no reason is given");
  }
  const here = [entry.kind, entry.covers, entry.criterion];
  const there = [fields.estimand.kind, fields.covers, bareCriterion(fields.criterion)];
  if (canonicalJson(here) !== canonicalJson(there)) {
    problems.push("kind, criterion or cover are not the catalogue's");
  }
  return problems;
}

/** Problems of a verdict, recomputed from its values. */
function checkVerdict(entry: LedgerEntry, verdict: LedgerVerdict): string[] {
  const problems: string[] = [];
  const { hash, censoredUpTo } = entry.declarations.at(-1)!;
  if (verdict.hash !== hash) problems.push("it belongs to an earlier declaration");
  const { n } = verdict;
  const { kind, criterion, covers } = entry;
  const judged = recompute({ kind, criterion, covers, n, values: verdict.values });
  if (typeof judged === "string") return [...problems, judged];
  if (!sameEstimate(judged, verdict)) problems.push("its interval does not follow from its values");
  if (judged.fragile !== verdict.fragile) problems.push(`fragile is ${verdict.fragile}`);
  for (const arm of verdict.control?.arms ?? []) {
    const again = recompute({ kind, criterion, covers, n, values: arm.values });
    if (typeof again === "string" || !sameEstimate(again, arm)) {
      problems.push("the interval of its control does not follow from its values");
    } else if (again.place !== "outside" && verdict.control?.holds) {
      problems.push("its control does not hold");
    }
  }
  const { status } = settledStatus({
    judgement: judged,
    n,
    censored: verdict.censored ?? 0,
    censoredUpTo,
    controlHolds: verdict.control?.holds,
  });
  if (status !== verdict.status) problems.push(`its status should be ${status}: ${verdict.status}`);
  return problems;
}

/** A judgement from the numbers that the ledger keeps, or why there is none. */
function recompute(evidence: Evidence): Judgement | string {
  const { kind } = evidence;
  try {
    return judge({ ...evidence, values: unpacked(kind, evidence.values) });
  } catch (error) {
    return (error as Error).message;
  }
}

/** Tells whether estimate and interval are the same up to the last bits. */
function sameEstimate(
  a: Pick<Judgement, "estimate" | "interval">,
  b: { estimate: number; interval: readonly [number, number] },
): boolean {
  const pairs = [[a.estimate, b.estimate], ...a.interval.map((end, i) => [end, b.interval[i]])];
  const size = Math.max(...pairs.flat().map(Math.abs));
  return pairs.every(([x, y]) => Math.abs(x - y) <= SAME * size);
}
