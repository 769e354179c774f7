/**
 * Verdicts as lines of text.
 *
 * @module
 */
import { checkList, checkOptions } from "../check.ts";
import type { Criterion } from "./criterion.ts";
import { isRandom } from "./judge.ts";
import type { CommittedVerdict, Verdict } from "./verdict.ts";

/** A number with four significant digits, or as many as an interval of some width can tell apart. */
export function digits(x: number, width = 0): string {
  if (x === 0) return "0";
  const size = Math.max(Math.abs(x), width);
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa, exponent] = x.toExponential(2).split("e");
    return `${Number(mantissa)}e${Number(exponent)}`;
  }
  if (width === 0) return String(Number(x.toPrecision(4)));
  const decimals = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(width))));
  return String(Number(x.toFixed(decimals)));
}

/** An interval in brackets. */
export function bracket([low, high]: readonly [number, number]): string {
  return `[${digits(low, high - low)}, ${digits(high, high - low)}]`;
}

/** A criterion in words. */
export function criterionText(criterion: Criterion): string {
  if ("within" in criterion) return `within ${bracket(criterion.within)}`;
  if ("outside" in criterion) return `outside ${bracket(criterion.outside)}`;
  return "atLeast" in criterion
    ? `at least ${digits(criterion.atLeast)}`
    : `at most ${digits(criterion.atMost)}`;
}

/** Estimate and interval of a verdict, with the ratio where the numbers are logarithms. */
export function estimateText(
  { estimate, interval, log = false }: {
    readonly estimate: number | null;
    readonly interval: readonly [number, number] | null;
    readonly log?: boolean;
  },
): string {
  if (estimate === null || interval === null) return "no estimate";
  const text = withInterval(estimate, interval);
  if (!log) return text;
  const range = [Math.exp(interval[0]), Math.exp(interval[1])] as const;
  return `${text} (ratio ${withInterval(Math.exp(estimate), range)})`;
}

/** A number with its interval, which is left out where it is one point. */
export function withInterval(estimate: number, interval: readonly [number, number]): string {
  const width = interval[1] - interval[0];
  return width === 0 ? digits(estimate) : `${digits(estimate, width)} ${bracket(interval)}`;
}

/** Words that stand beside a status. */
export function flagsOf(verdict: Verdict): readonly string[] {
  return [
    verdict.fragile ? "fragile" : "",
    verdict.exploratory ? "exploratory" : "",
    verdict.amended === undefined ? "" : "amended",
  ].filter(Boolean);
}

/** What n counts. */
export function countText({ kind, n }: Pick<Verdict, "kind" | "n">): string {
  if (kind === "forall") return `${n} problems`;
  return kind === "exists" && n === 1 ? "one search" : `n = ${n}`;
}

/**
 * One line of text for a verdict.
 *
 * **Definition** status, name (flags): estimate [interval], criterion, n; notes.
 *
 * @param verdict The verdict of `decide` or `notDecided`
 * @returns Status, name, estimate with its interval, criterion and n, then notes
 *
 * @example A line for a terminal
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { atLeast, claim, mean, rng, verdictLine } from "resolvent";
 *
 * const positive = claim({
 *   id: "example/positive",
 *   statement: "The number is positive",
 *   estimand: mean({ of: "the number" }),
 *   criterion: atLeast(0),
 *   origin: "convention",
 *   n: 8,
 *   control: { none: "an example" },
 * });
 * const verdict = await positive.decide(rng(1), (_key, index) => 1 + index / 8);
 * assertEquals(
 *   verdictLine(verdict),
 *   "reproduced    example/positive: 1.438 [1.059, 1.816], at least 0, n = 8",
 * );
 * ```
 *
 * Source: section "Claims" of the project's design.
 */
export function verdictLine(verdict: Verdict): string {
  checkOptions("write a verdict in one line", verdict, "verdict");
  const flags = flagsOf(verdict);
  const head = `${verdict.status.padEnd(13)} ${verdict.id}${
    flags.length > 0 ? ` (${flags.join(", ")})` : ""
  }`;
  const notes = verdict.notes.length > 0 ? `; ${verdict.notes.join("; ")}` : "";
  const criterion = criterionText(verdict.criterion);
  if (verdict.status === "not decided") return `${head}: ${criterion}${notes}${beside(verdict)}`;
  return `${head}: ${estimateText(verdict)}, ${criterion}, ${countText(verdict)}${notes}`;
}

/** A committed status with what is to be known of it. */
export function outcomeOf({ status, fragile, controlHolds }: CommittedVerdict): string {
  const flags = [fragile ? "fragile" : "", controlHolds === false ? "control failed" : ""];
  const shown = flags.filter(Boolean).join(", ");
  return shown === "" ? status : `${status} (${shown})`;
}

/** The committed verdict of the full profile, in words. */
export function beside({ committed }: Verdict): string {
  if (committed === undefined) return "; the full profile has not decided it either";
  return `; full, ${committed.date}: ${outcomeOf(committed)}, ${estimateText(committed)}`;
}

/**
 * One line on how many verdicts chance may have got wrong.
 *
 * **Definition** the expected number of false verdicts is at most the sum over the decided claims of
 * the chance that their interval misses the truth, `1 - level`.
 *
 * @param verdicts Verdicts of a notebook or of the whole ledger
 * @returns Number of claims tested, expected number of false verdicts, what has no such rate
 *
 * @example Two claims
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { multiplicityLine } from "resolvent";
 *
 * const two = [{ kind: "mean", level: 0.99 }, { kind: "slope", level: 0.99 }] as const;
 * assertEquals(
 *   multiplicityLine(two.map((verdict) => ({ ...verdict, status: "reproduced" }))),
 *   "2 claims tested, 2 of them by intervals of 99 %: at most 0.02 false verdicts expected by " +
 *     "chance (claims that share runs are dependent: their errors come together)",
 * );
 * ```
 *
 * Source: linearity of the expectation.
 */
export function multiplicityLine(
  verdicts: readonly Pick<Verdict, "status" | "kind" | "level">[],
): string {
  checkList("count verdicts", "verdicts", verdicts);
  const tested = verdicts.filter(({ status }) => status !== "not decided");
  const random = tested.filter(({ kind }) => isRandom(kind));
  const expected = random.reduce((sum, { level }) => sum + (1 - (level ?? 1)), 0);
  const open = verdicts.length - tested.length;
  return [
    `${tested.length} ${tested.length === 1 ? "claim" : "claims"} tested`,
    `, ${random.length} of them by intervals of 99 %: `,
    `at most ${digits(expected)} false verdicts expected by chance `,
    "(claims that share runs are dependent: their errors come together)",
    tested.length > random.length
      ? `; ${tested.length - random.length} by bounds or searches, without such a rate`
      : "",
    open > 0 ? `; ${open} not decided in this profile` : "",
  ].join("");
}
