/**
 * Moments to look at where change slows down: integers spaced on the log scale.
 *
 * @module
 */
import { cannot, checkInteger, checkOptions } from "../check.ts";

/**
 * Finds distinct integers as evenly spaced on the log scale as integers allow.
 *
 * **Definition** The integers nearest to `from (to/from)^(i / (p - 1))`, `i = 0, ..., p - 1`, for the
 * smallest `p` that gives `count` distinct ones.
 *
 * No choice is left: the points of a grid lie between those of the next finer one, so one point more
 * gives the same number of integers or one more.
 *
 * Where the grid is finer than the integers they come without gaps; where it is wider each follows
 * the last by nearly one ratio. Steps that begin at 0 are these integers less 1.
 *
 * @param count How many, an integer of at least 2
 * @param options `from`: the first integer, at least 1, default 1; `to`: the last
 * @returns `count` integers, ascending, the first `from` and the last `to`
 * @throws {RangeError} if an argument is not an integer in its range, or there are fewer than `count`
 * integers from `from` to `to`
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example Five steps up to 100
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logSpacedIntegers } from "resolvent";
 *
 * assertEquals(logSpacedIntegers(5, { to: 100 }), [1, 3, 10, 32, 100]);
 * assertEquals(logSpacedIntegers(5, { to: 6 }), [1, 2, 3, 4, 6]);
 * ```
 *
 * Source: definition; the grid is that of `numpy.geomspace`. Differs from it in that no integer comes
 * twice.
 */
export function logSpacedIntegers(
  count: number,
  options: { readonly from?: number; readonly to: number },
): number[] {
  const doing = "space integers on the log scale";
  const { from = 1, to } = checkOptions(doing, options);
  checkInteger(doing, "count", count, { min: 2 });
  checkInteger(doing, "from", from, { min: 1 });
  checkInteger(doing, "to", to, { min: from });
  const available = to - from + 1;
  if (available < count) {
    const need = `there are ${available} integers from ${from} to ${to}`;
    throw new RangeError(cannot(doing, need, "count", count));
  }
  let few = count - 1, enough = count;
  while (rounded(enough, from, to).length < count) [few, enough] = [enough, 2 * enough];
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (rounded(middle, from, to).length < count) few = middle;
    else enough = middle;
  }
  return rounded(enough, from, to);
}

/** The distinct integers nearest to a geometric grid of so many points, at least 2, ascending. */
function rounded(points: number, from: number, to: number): number[] {
  const found = [from];
  for (let i = 1; i < points; i++) {
    // The power may miss the last integer by rounding.
    const next = i === points - 1 ? to : Math.round(from * (to / from) ** (i / (points - 1)));
    if (next > found[found.length - 1]) found.push(next);
  }
  return found;
}
