/**
 * What an estimate is held against.
 *
 * @module
 */
import { cannot, checkNumber } from "../check.ts";

/** The values that a claim allows for its estimate: one of four kinds, and the reason for the edges. */
export type Criterion =
  & (
    | { readonly within: readonly [low: number, high: number] }
    | { readonly atLeast: number }
    | { readonly atMost: number }
    | { readonly outside: readonly [low: number, high: number] }
  )
  & {
    /** Why these edges; it takes no part in a claim's hash. */
    readonly why?: string;
  };

/**
 * Criterion: the estimate lies in a closed range.
 *
 * **Definition** `low ≤ estimate ≤ high`.
 *
 * @param low Lower edge, finite
 * @param high Upper edge, finite, above `low`
 * @param why Reason for the edges; it takes no part in a claim's hash
 * @returns The criterion as a plain record, as claim files write it
 * @throws {RangeError} if an edge is not finite or the range is empty
 *
 * @example A slope near one
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { within } from "resolvent";
 *
 * assertEquals(within(0.9, 1.1), { within: [0.9, 1.1] });
 * ```
 *
 * Source: equivalence tests; Schuirmann (1987), doi:10.1007/BF01068419.
 */
export function within(low: number, high: number, why?: string): Criterion {
  return withReason({ within: range("within", low, high) }, why);
}

/**
 * Criterion: the estimate is not below an edge.
 *
 * **Definition** `estimate ≥ edge`.
 *
 * @param edge The edge, finite
 * @param why Reason for the edge; it takes no part in a claim's hash
 * @returns The criterion as a plain record, as claim files write it
 * @throws {RangeError} if the edge is not finite
 *
 * @example A factor of two, as a natural logarithm
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { atLeast } from "resolvent";
 *
 * assertEquals(atLeast(0.6931), { atLeast: 0.6931 });
 * ```
 *
 * Source: tests of superiority by a margin.
 */
export function atLeast(edge: number, why?: string): Criterion {
  return withReason({ atLeast: checkNumber("set a criterion", "atLeast", edge) }, why);
}

/**
 * Criterion: the estimate is not above an edge.
 *
 * **Definition** `estimate ≤ edge`.
 *
 * @param edge The edge, finite
 * @param why Reason for the edge; it takes no part in a claim's hash
 * @returns The criterion as a plain record, as claim files write it
 * @throws {RangeError} if the edge is not finite
 *
 * @example A bound of float arithmetic
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { atMost } from "resolvent";
 *
 * assertEquals(atMost(1e-11, "theorem"), { atMost: 1e-11, why: "theorem" });
 * ```
 *
 * Source: tests of superiority by a margin.
 */
export function atMost(edge: number, why?: string): Criterion {
  return withReason({ atMost: checkNumber("set a criterion", "atMost", edge) }, why);
}

/**
 * Criterion: the estimate does not lie in an open range.
 *
 * **Definition** `estimate ≤ low` or `estimate ≥ high`.
 *
 * @param low Lower edge, finite
 * @param high Upper edge, finite, above `low`
 * @param why Reason for the edges; it takes no part in a claim's hash
 * @returns The criterion as a plain record, as claim files write it
 * @throws {RangeError} if an edge is not finite or the range is empty
 *
 * @example A difference in either direction
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { outside } from "resolvent";
 *
 * assertEquals(outside(-0.1, 0.1), { outside: [-0.1, 0.1] });
 * ```
 *
 * Source: two-sided tests with a margin.
 */
export function outside(low: number, high: number, why?: string): Criterion {
  return withReason({ outside: range("outside", low, high) }, why);
}

/** The criterion with its reason, if there is one. */
function withReason(criterion: Criterion, why: string | undefined): Criterion {
  return why === undefined ? criterion : { ...criterion, why };
}

/** Two finite edges in order. */
function range(name: string, low: number, high: number): readonly [number, number] {
  checkNumber("set a criterion", "low", low);
  checkNumber("set a criterion", "high", high);
  if (low < high) return [low, high];
  throw new RangeError(
    cannot("set a criterion", `${name} needs low below high`, "[low, high]", [low, high]),
  );
}

/** The criterion without its reason, checked: what a hash and a comparison see. */
export function bareCriterion(criterion: Criterion): Criterion {
  if ("within" in criterion) return within(...criterion.within);
  if ("outside" in criterion) return outside(...criterion.outside);
  if ("atLeast" in criterion) return atLeast(criterion.atLeast);
  if ("atMost" in criterion) return atMost(criterion.atMost);
  throw new TypeError(
    cannot(
      "set a criterion",
      "it must be one of within, atLeast, atMost, outside",
      "criterion",
      criterion,
    ),
  );
}

/** How far `x` is inside the criterion: at least 0 where it is met, negative where it is not. */
export function slack(criterion: Criterion, x: number): number {
  if ("within" in criterion) return Math.min(x - criterion.within[0], criterion.within[1] - x);
  if ("outside" in criterion) return Math.max(criterion.outside[0] - x, x - criterion.outside[1]);
  return "atLeast" in criterion ? x - criterion.atLeast : criterion.atMost - x;
}

/** The edges of a criterion, in order. */
export function edgesOf(criterion: Criterion): readonly number[] {
  if ("within" in criterion) return criterion.within;
  if ("outside" in criterion) return criterion.outside;
  return ["atLeast" in criterion ? criterion.atLeast : criterion.atMost];
}

/** Where an interval lies: wholly inside the criterion, wholly outside, or across an edge. */
export function placeOf(
  criterion: Criterion,
  [low, high]: readonly [number, number],
): "inside" | "outside" | "across" {
  if ("outside" in criterion) {
    const [from, to] = criterion.outside;
    if (high <= from || low >= to) return "inside";
    return low > from && high < to ? "outside" : "across";
  }
  if (slack(criterion, low) >= 0 && slack(criterion, high) >= 0) return "inside";
  const below = "within" in criterion
    ? criterion.within[0]
    : "atLeast" in criterion
    ? criterion.atLeast
    : -Infinity;
  const above = "within" in criterion
    ? criterion.within[1]
    : "atMost" in criterion
    ? criterion.atMost
    : Infinity;
  return high < below || low > above ? "outside" : "across";
}
