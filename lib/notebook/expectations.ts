/**
 * What a notebook expects its verdicts to be, and where they differ.
 *
 * @module
 */
import { cannot } from "../check.ts";
import type { Profile } from "../claims/fields.ts";
import type { Status } from "../claims/judge.ts";
import { verdictLine } from "../claims/line.ts";
import type { Verdict } from "../claims/verdict.ts";

/** A status that a notebook expects: anything but "reproduced" has its reason. */
export type Expected =
  | Status
  | {
    /** Status in both profiles, or in each. */
    readonly status: Status | Readonly<Record<Profile, Status>>;
    /** Why it does not reproduce, or why the profiles differ. */
    readonly reason: string;
  };

/** Expected statuses by the claims' names. */
export type Expectations = Readonly<Record<string, Expected>>;

/** What a comparison has to know of the study. */
type Comparison = {
  readonly profile: Profile;
  /** Whether the claim file declares a name. */
  readonly known: (id: string) => boolean;
  /** Whether a mismatch is borne: another seed, and an end of the interval near an edge. */
  readonly mayDiffer: (id: string) => boolean;
};

/** Where verdicts and expectations differ: a line for each. */
export function compareVerdicts(
  verdicts: readonly Verdict[],
  expected: Expectations,
  { profile, known, mayDiffer }: Comparison,
): readonly string[] {
  const problems = Object.keys(expected).filter((id) =>
    !verdicts.some((verdict) => verdict.id === id)
  ).map((id) => `${id}: expected, ${known(id) ? "not decided by any cell" : "not declared"}`);
  for (const verdict of verdicts) {
    const wanted = expected[verdict.id];
    if (wanted === undefined) {
      problems.push(`${verdict.id}: nothing is expected, found ${verdict.status}`);
      continue;
    }
    const status = expectedStatus(verdict.id, wanted, profile);
    if (verdict.status === status || verdict.status === "not decided") continue;
    if (mayDiffer(verdict.id)) continue;
    problems.push(`${verdict.id}: expected ${status}, found ${verdictLine(verdict)}`);
  }
  return problems;
}

/** The status that is expected in a profile. */
function expectedStatus(id: string, wanted: Expected, profile: Profile): Status {
  if (typeof wanted === "string") {
    if (wanted === "reproduced" || wanted === "not decided") return wanted;
    throw new TypeError(
      cannot(
        `expect a verdict on ${id}`,
        "what does not reproduce is expected as { status, reason }",
        "the expectation",
        wanted,
      ),
    );
  }
  if (typeof wanted.reason !== "string" || wanted.reason === "") {
    throw new TypeError(
      cannot(`expect a verdict on ${id}`, "it needs a reason", "reason", wanted.reason),
    );
  }
  return typeof wanted.status === "string" ? wanted.status : wanted.status[profile];
}
