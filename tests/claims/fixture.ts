/**
 * Claims for tests.
 *
 * @module
 */
import { type ClaimInput, within } from "resolvent";

/** Fields of a claim about a mean, with some of them replaced. */
export function fields(replaced: Partial<ClaimInput> = {}): ClaimInput {
  return {
    id: "paper/claim",
    statement: "The slope is one",
    where: "Lemma 1",
    estimand: { kind: "slope", of: "one number" },
    criterion: within(0.9, 1.1, "theorem"),
    origin: "theorem",
    setup: "normal numbers",
    sizes: { quick: "k = 8", full: "k = 16", paper: "k = 512" },
    covers: true,
    n: { quick: 8, full: 16 },
    expectedSd: 0.02,
    control: { statement: "nothing grows", expected: "0 is outside" },
    sensitivity: ["another step"],
    profile: "quick",
    ...replaced,
  };
}
