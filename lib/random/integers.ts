/**
 * Integers without bias, permutations and choices.
 *
 * @module
 */
import { checkInteger } from "../check.ts";
import type { WordSource } from "./words.ts";

/** Checks the edges of a draw of integers and returns how many values lie between. */
export function integerRange(doing: string, min: number, max: number): number {
  checkInteger(doing, "min", min);
  checkInteger(doing, "max", max, { min: min + 1 });
  return checkInteger(doing, "max - min", max - min, { max: 2 ** 53 - 1 });
}

/**
 * The next integer in `[0, range)`, each exactly as likely: words that fall into the incomplete
 * last copy of the range are drawn again.
 *
 * @param source Supply of words
 * @param range Number of values, an integer from 1 to 2^53
 */
export function integerBelow(source: WordSource, range: number): number {
  if (range <= 2 ** 32) {
    const limit = 2 ** 32 - 2 ** 32 % range;
    for (;;) {
      const word = source.next();
      if (word < limit) return word % range;
    }
  }
  const limit = 2 ** 53 - 2 ** 53 % range;
  for (;;) {
    const wide = (source.next() >>> 5) * 2 ** 26 + (source.next() >>> 6);
    if (wide < limit) return wide % range;
  }
}

/**
 * The first `size` entries of a random permutation of `0, ..., n - 1`.
 *
 * Source: Fisher and Yates (1938); Durstenfeld (1964), Algorithm 235: random permutation.
 */
export function shuffled(source: WordSource, n: number, size: number): Int32Array {
  const out = new Int32Array(n);
  for (let i = 0; i < n; i++) out[i] = i;
  for (let i = 0; i < size; i++) {
    const j = i + integerBelow(source, n - i);
    const kept = out[i];
    out[i] = out[j];
    out[j] = kept;
  }
  return size === n ? out : out.slice(0, size);
}
