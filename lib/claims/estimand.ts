/**
 * What a claim is about: the kind of number that its seeds give together.
 *
 * @module
 */
import { cannot } from "../check.ts";

/** Kind of an estimand: how the numbers of the seeds become one, and with which interval. */
export type EstimandKind =
  | "mean"
  | "median"
  | "proportion"
  | "paired"
  | "slope"
  | "forall"
  | "exists"
  | "identity";

/** The kinds of estimand. */
export const KINDS: readonly [EstimandKind, ...EstimandKind[]] = [
  "mean",
  "median",
  "proportion",
  "paired",
  "slope",
  "forall",
  "exists",
  "identity",
];

/** What a claim estimates. */
export type Estimand = {
  /** Kind of the estimand. */
  readonly kind: EstimandKind;
  /** The exact quantity, one number per seed. */
  readonly of: string;
  /** For a slope that is fitted here: the quantity on the horizontal axis, by its name. */
  readonly over?: string;
  /**
   * Whether the number is a natural logarithm that is reported back as a ratio, only for display;
   * with `over`, whether the line is fitted to the logarithms of both quantities.
   */
  readonly log?: boolean;
};

/** Options of an estimand. */
export type EstimandOptions = {
  /** The exact quantity, one number per seed. */
  readonly of: string;
  /** Whether it is a natural logarithm to be reported back as a ratio; default false. */
  readonly log?: boolean;
};

/** Options of the estimand of a slope. */
export type SlopeOptions = {
  /** The slope, one number per seed; with `over`, the name of the quantity on the vertical axis. */
  readonly of: string;
  /** Name of the quantity on the horizontal axis. Default: none, the measure gives the slope itself. */
  readonly over?: string;
  /** With `over`: fit the natural logarithm of one to that of the other; default false. */
  readonly log?: boolean;
};

/**
 * Estimand: the mean over seeds, with Student's t interval.
 *
 * **Definition** `(1/n) Σ xᵢ` over the n seeds.
 *
 * @param options `of`: the quantity, one number per seed; `log`: report back as a ratio
 * @returns The estimand as a plain record
 * @throws {TypeError} if `of` is not a text
 *
 * @example The estimand of a claim file
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mean } from "resolvent";
 *
 * assertEquals(mean({ of: "stable rank" }), { kind: "mean", of: "stable rank" });
 * ```
 *
 * Source: `meanInterval`.
 */
export function mean(options: EstimandOptions): Estimand {
  return estimand("mean", options);
}

/**
 * Estimand: the median over seeds, with an exact interval from order statistics.
 *
 * **Definition** the middle of the sorted `xᵢ`.
 *
 * @param options `of`: the quantity, one number per seed; `log`: report back as a ratio
 * @returns The estimand as a plain record
 * @throws {TypeError} if `of` is not a text
 *
 * @example The estimand of a claim file
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { median } from "resolvent";
 *
 * assertEquals(median({ of: "step of the switch" }).kind, "median");
 * ```
 *
 * Source: `medianInterval`.
 */
export function median(options: EstimandOptions): Estimand {
  return estimand("median", options);
}

/**
 * Estimand: the share of seeds for which something holds, with the interval of Clopper and Pearson.
 *
 * **Definition** the number of seeds where it holds, divided by `n`.
 *
 * @param options `of`: what holds or does not, for each seed
 * @returns The estimand as a plain record
 * @throws {TypeError} if `of` is not a text
 *
 * @example The estimand of a claim file
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { proportion } from "resolvent";
 *
 * assertEquals(proportion({ of: "the loss falls" }).kind, "proportion");
 * ```
 *
 * Source: `proportionInterval`.
 */
export function proportion(options: EstimandOptions): Estimand {
  return estimand("proportion", options);
}

/**
 * Estimand: the mean of differences within seeds, whose two arms share all that is random.
 *
 * **Definition** `(1/n) Σ (aᵢ - bᵢ)`, both arms of seed i on the same data and start.
 *
 * @param options `of`: the difference, one number per seed; `log`: report back as a ratio
 * @returns The estimand as a plain record
 * @throws {TypeError} if `of` is not a text
 *
 * @example The estimand of a claim file
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { paired } from "resolvent";
 *
 * assertEquals(paired({ of: "log(T_a/T_b)", log: true }).log, true);
 * ```
 *
 * Source: `meanInterval`, of differences.
 */
export function paired(options: EstimandOptions): Estimand {
  return estimand("paired", options);
}

/**
 * Estimand: the mean of slopes, one fitted per seed.
 *
 * **Definition** `(1/n) Σ sᵢ`, `sᵢ` the least-squares slope of seed i.
 *
 * With `over`, a seed may give its points instead of its slope: `{ k: [...], nuclearRank: [...] }`, or a
 * list of `{ k, nuclearRank }`; the line is fitted by `slopeFit`.
 *
 * @param options `of`: the slope, one number per seed; or `of` and `over`: the names of the two
 * quantities, and `log`: whether their logarithms are fitted
 * @returns The estimand as a plain record
 * @throws {TypeError} if `of` or `over` is not a text
 *
 * @example The estimand of a claim file
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { slope } from "resolvent";
 *
 * assertEquals(slope({ of: "log-log slope of nr against k" }).kind, "slope");
 * assertEquals(slope({ of: "nr", over: "k", log: true }).over, "k");
 * ```
 *
 * Source: `meanInterval`, of slopes.
 */
export function slope(options: SlopeOptions): Estimand {
  const { over, ...rest } = options ?? {};
  const made = estimand("slope", rest);
  if (over === undefined) return made;
  if (typeof over === "string" && over !== "") return { ...made, over };
  const doing = "name what a claim estimates by its slope";
  throw new TypeError(cannot(doing, "over must be a text that names a quantity", "over", over));
}

/** What is estimated, in words. */
export function estimandText({ of, over, log = false }: Estimand): string {
  return over === undefined ? of : `${log ? "log-log " : ""}slope of ${of} over ${over}`;
}

/**
 * Estimand: the worst value over random problems and an adversarial search; one violation decides.
 *
 * **Definition** the `xᵢ` that is farthest outside the criterion, or nearest to its edge.
 *
 * @param options `of`: the quantity that every problem must keep within the criterion
 * @returns The estimand as a plain record
 * @throws {TypeError} if `of` is not a text
 *
 * @example The estimand of a claim file
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { forall } from "resolvent";
 *
 * assertEquals(forall({ of: "excess loss" }).kind, "forall");
 * ```
 *
 * Source: `ruleOfThree` for the rate that remains possible when none is found.
 */
export function forall(options: EstimandOptions): Estimand {
  return estimand("forall", options);
}

/**
 * Estimand: the best value that a search finds; a witness decides, none leaves the question open.
 *
 * **Definition** the `xᵢ` that is farthest inside the criterion, or nearest to its edge.
 *
 * @param options `of`: the quantity of which one instance must meet the criterion
 * @returns The estimand as a plain record
 * @throws {TypeError} if `of` is not a text
 *
 * @example The estimand of a claim file
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exists } from "resolvent";
 *
 * assertEquals(exists({ of: "ratio of decreases" }).kind, "exists");
 * ```
 *
 * Source: a counterexample.
 */
export function exists(options: EstimandOptions): Estimand {
  return estimand("exists", options);
}

/**
 * Estimand of kind "identity": one number without chance, held against a derived tolerance.
 *
 * **Definition** `x` of the one run.
 *
 * @param options `of`: the deviation from equality
 * @returns The estimand as a plain record
 * @throws {TypeError} if `of` is not a text
 *
 * @example The estimand of a claim file
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { equality } from "resolvent";
 *
 * assertEquals(equality({ of: "|a - b|" }), { kind: "identity", of: "|a - b|" });
 * ```
 *
 * Source: a derived bound of float arithmetic.
 */
export function equality(options: EstimandOptions): Estimand {
  return estimand("identity", options);
}

/** The record of an estimand, checked. */
function estimand(kind: EstimandKind, options: EstimandOptions): Estimand {
  if (typeof options?.of !== "string" || options.of === "") {
    throw new TypeError(
      cannot(
        `name what a claim estimates by its ${kind}`,
        "of must be a text that names the quantity",
        "of",
        options?.of ?? options,
      ),
    );
  }
  return options.log ? { kind, of: options.of, log: true } : { kind, of: options.of };
}
