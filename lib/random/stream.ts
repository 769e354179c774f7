/**
 * The only mutable form of randomness: a stream that gives the next number.
 *
 * @module
 */
import { checkNumber } from "../check.ts";
import { integerBelow, integerRange } from "./integers.ts";
import { DOMAIN } from "./key.ts";
import { normalPairInto } from "./samplers.ts";
import type { Words4 } from "./threefry.ts";
import { unitFrom, wordSource } from "./words.ts";

/** A mutable source of single numbers, for loops whose number of draws is not known beforehand. */
export type RngStream = {
  /** The next uniform number in `[0, 1)`. */
  uniform(): number;
  /** The next normal number, of mean 0 and standard deviation 1 unless given. */
  normal(options?: { readonly mean?: number; readonly sd?: number }): number;
  /** The next integer in `[min, max)`: `max` is never drawn; `min` is 0 unless given. */
  integer(options: { readonly min?: number; readonly max: number }): number;
};

/** Opens the stream of a key at its start. */
export function openStream(key: Words4): RngStream {
  const source = wordSource(key, DOMAIN.stream);
  const pair = new Float64Array(2);
  let left = 0;
  function uniform(): number {
    const high = source.next();
    return unitFrom(high, source.next());
  }
  function normal(
    { mean = 0, sd = 1 }: { readonly mean?: number; readonly sd?: number } = {},
  ): number {
    checkNumber("draw a normal number", "mean", mean);
    checkNumber("draw a normal number", "sd", sd, { min: 0 });
    if (left === 0) {
      const u = uniform();
      normalPairInto(pair, 0, u, uniform());
      left = 2;
    }
    return mean + sd * pair[2 - left--];
  }
  function integer(options: { readonly min?: number; readonly max: number }): number {
    const { min = 0, max } = options ?? {};
    return min + integerBelow(source, integerRange("draw an integer", min, max));
  }
  return { uniform, normal, integer };
}
