/**
 * The decision: from the kept numbers of a claim to its interval and status.
 *
 * @module
 */
import { requiredSamples, smallest } from "../stats/power.ts";
import { meanInterval, medianInterval, proportionInterval } from "../stats/intervals.ts";
import { moments } from "../stats/values.ts";
import { type Criterion, edgesOf, placeOf, slack } from "./criterion.ts";
import type { EstimandKind } from "./estimand.ts";

/** What a claim's test comes to. */
export type Status =
  | "reproduced"
  | "contradicted"
  | "differs"
  | "inconclusive"
  | "not decided";

/** Level of every interval that decides. */
export const LEVEL = 0.99;

/** What is judged: the numbers of a claim and what they are held against. */
export type Evidence = {
  /** Kind of the estimand. */
  readonly kind: EstimandKind;
  /** One number per seed; 0 and 1 for a proportion; for `forall` and `exists` the ones that count. */
  readonly values: readonly number[];
  /** Number of seeds, or of problems. */
  readonly n: number;
  /** What the estimate is held against. */
  readonly criterion: Criterion;
  /** Whether the statement covers the sizes that were run. */
  readonly covers: boolean;
};

/** An estimate and where it lies. */
export type Judgement = {
  /** What it comes to. */
  readonly status: Exclude<Status, "not decided">;
  /** Whether an end of the interval is within 10 % of its width from an edge of the criterion. */
  readonly fragile: boolean;
  /** The estimate. */
  readonly estimate: number;
  /** Its interval; both ends are the estimate where nothing is random. */
  readonly interval: readonly [low: number, high: number];
  /** Level of the interval; the exact coverage for a median; null where nothing is random. */
  readonly level: number | null;
  /** Where the interval lies. */
  readonly place: "inside" | "outside" | "across";
};

/** Tells whether a kind of estimand gives an interval that can miss the truth by chance. */
export function isRandom(kind: EstimandKind): boolean {
  return kind !== "forall" && kind !== "exists" && kind !== "identity";
}

/** Judges the numbers of a claim. */
export function judge(evidence: Evidence): Judgement {
  const { kind, criterion, covers } = evidence;
  const { estimate, interval, level } = estimateOf(evidence);
  const place = placeOf(criterion, interval);
  const width = interval[1] - interval[0];
  const fragile = width > 0 &&
    edgesOf(criterion).some((edge) => interval.some((end) => Math.abs(end - edge) <= width / 10));
  const judged = { fragile, estimate, interval, level, place };
  if (place === "inside") return { status: "reproduced", ...judged };
  if (kind === "exists") return { status: "inconclusive", ...judged };
  if (place === "outside") return { status: covers ? "contradicted" : "differs", ...judged };
  return { status: "inconclusive", ...judged };
}

/** The estimate of each kind, with its interval. */
function estimateOf(
  { kind, values, n, criterion }: Evidence,
): Pick<Judgement, "estimate" | "interval" | "level"> {
  if (kind === "proportion") {
    const successes = values.reduce((sum, value) => sum + value, 0);
    return levelled(proportionInterval(successes, n, { level: LEVEL }));
  }
  if (kind === "median") return levelled(medianInterval(values, { level: LEVEL }));
  if (isRandom(kind)) return levelled(meanInterval(values, { level: LEVEL }));
  const order = ordered(criterion, values);
  const estimate = kind === "exists" ? order[order.length - 1] : order[0];
  return { estimate, interval: [estimate, estimate], level: null };
}

/** An interval of lib/stats under the names used here. */
function levelled(
  { estimate, interval, coverage }: {
    readonly estimate: number;
    readonly interval: readonly [number, number];
    readonly coverage: number;
  },
): Pick<Judgement, "estimate" | "interval" | "level"> {
  return { estimate, interval, level: coverage };
}

/** Values from the one farthest outside the criterion to the one farthest inside. */
export function ordered(criterion: Criterion, values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => slack(criterion, a) - slack(criterion, b) || a - b);
}

/** Number of seeds at which an interval around the same estimate would clear the nearest edge. */
export function samplesNeeded(
  { kind, values, n, criterion }: Evidence,
  estimate: number,
): number | undefined {
  const distance = Math.min(...edgesOf(criterion).map((edge) => Math.abs(edge - estimate)));
  if (!isRandom(kind) || !(distance > 0)) return undefined;
  if (kind === "proportion") {
    const clears = (size: number) => {
      const successes = Math.round(estimate * size);
      const { interval } = proportionInterval(successes, size, { level: LEVEL });
      return placeOf(criterion, interval) !== "across";
    };
    return finite(smallest(clears, n + 1));
  }
  const { sd } = moments(values);
  // a median's standard error is √(π/2) times a mean's for normal values
  const spread = kind === "median" ? sd * Math.sqrt(Math.PI / 2) : sd;
  return finite(
    Math.max(n + 1, requiredSamples({ sd: spread, halfWidth: distance, level: LEVEL })),
  );
}

/** A number, or undefined where there is none. */
function finite(count: number): number | undefined {
  return Number.isFinite(count) ? count : undefined;
}
