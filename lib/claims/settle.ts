/**
 * The status of a claim once its control and its censored values are known.
 *
 * @module
 */
import type { Judgement } from "./judge.ts";

/** Share of censored values that a claim bears, unless it says otherwise. */
export const CENSORED_UP_TO = 0.1;

/** What the status depends on. */
export type Settling = {
  /** Where the estimate lies. */
  readonly judgement: Pick<Judgement, "status">;
  /** Number of seeds. */
  readonly n: number;
  /** Number of censored values. */
  readonly censored: number;
  /** Share of them beyond which the claim is open; default 0.1. */
  readonly censoredUpTo?: number;
  /** Whether the control landed outside; undefined without a control. */
  readonly controlHolds?: boolean;
};

/** Status, and why it is open although the estimate decides. */
export function settledStatus(
  { judgement, n, censored, censoredUpTo = CENSORED_UP_TO, controlHolds }: Settling,
): { readonly status: Judgement["status"]; readonly spoiled?: "censored" | "control" } {
  if (censored > n * censoredUpTo) return { status: "inconclusive", spoiled: "censored" };
  if (controlHolds === false) return { status: "inconclusive", spoiled: "control" };
  return { status: judgement.status };
}
