/**
 * The fields of a claim, as they are declared before anything is measured.
 *
 * @module
 */
import type { Criterion } from "./criterion.ts";
import type { Estimand } from "./estimand.ts";
import type { Measure } from "./measure.ts";

/** `quick` is what everybody runs, `full` what takes minutes. */
export type Profile = "quick" | "full";

/** Where a criterion comes from; one from a pilot is exploratory whatever its outcome. */
export type Origin = "theorem" | "paper" | "convention" | "pilot";

/** Sizes of the runs, in words. */
export type Sizes = {
  /** Sizes of the quick profile. */
  readonly quick: string;
  /** Sizes of the full profile. */
  readonly full: string;
  /** Sizes of the paper. */
  readonly paper: string;
};

/** Sizes of one run beside the paper's, and whether they are the paper's. */
export type Scale = {
  /** Whether the sizes run are the paper's, or smaller. */
  readonly kind: "paper" | "reduced";
  /** Sizes that are run, in every profile. */
  readonly here: string;
  /** Sizes of the paper. */
  readonly paper: string;
};

/** A condition under which the effect must vanish, or the reason for having none. */
export type Control =
  | {
    /** What is changed. */
    readonly statement: string;
    /** How it is changed. */
    readonly setup?: string;
    /** Why the result must land outside the criterion; a claim file says it. */
    readonly expected?: string;
    /** Its measure, if it is not given to `decide`; no part of the hash. */
    readonly measure?: Measure;
  }
  | {
    /** Why there is no control. */
    readonly none: string;
  };

/** A claim's fields in full. */
export type ClaimFields = {
  /** Name: the paper's slug, a slash, the claim's own name. */
  readonly id: string;
  /** The statement in our words, with one meaning. */
  readonly statement: string;
  /** Where the paper makes it. */
  readonly where: string;
  /** Which reading of the paper's sentence, when it has several. */
  readonly reading?: string;
  /** What is estimated. */
  readonly estimand: Estimand;
  /** What it is held against. */
  readonly criterion: Criterion;
  /** Where the criterion comes from. */
  readonly origin: Origin;
  /** How it is measured. */
  readonly setup: string;
  /** Sizes of the runs beside the paper's. */
  readonly sizes: Sizes;
  /** Whether the statement covers the sizes that are run: outside the criterion is then a contradiction. */
  readonly covers: boolean;
  /** Number of seeds (of problems for `forall`), in each profile. */
  readonly n: { readonly quick: number; readonly full: number };
  /** Standard deviation over seeds that was expected; null where nothing is random or known. */
  readonly expectedSd: number | null;
  /** What n can decide, in words. */
  readonly power?: string;
  /** Control. */
  readonly control: Control;
  /** Choices on which the verdict may depend, each a row of the sensitivity table. */
  readonly sensitivity: readonly string[];
  /** Rough seconds on two cores. */
  readonly cost?: { readonly quick: number; readonly full: number };
  /** The profile in which the claim is decided; `full` is not decided in a quick run. */
  readonly profile: Profile;
  /** What the setup leaves open, settled by the notebook before its first run. */
  readonly choices?: readonly string[];
  /** Share of censored values beyond which the claim is undecided; 0.1 when left out. */
  readonly censoredUpTo?: number;
  /** Default root seed of the notebook. */
  readonly seed?: string;
};

/** What `claim` takes: the fields, of which some have defaults. */
export type ClaimInput =
  & Pick<ClaimFields, "id" | "statement" | "estimand" | "criterion" | "origin" | "control">
  & Partial<Omit<ClaimFields, "n" | "seed">>
  & {
    /** Number of seeds, one for both profiles or one for each. */
    readonly n: number | { readonly quick: number; readonly full: number };
    /** Default root seed of the notebook; enters the hash. */
    readonly seed?: string | number | bigint;
    /** Another name of `where`. */
    readonly source?: string;
    /** Another form of `sizes`; `covers` is then false by default where the scale is reduced. */
    readonly scale?: Scale;
  };
