/**
 * A running supply of the cipher's words, made in blocks, for samplers that cannot say beforehand
 * how many words they need.
 *
 * @module
 */
import type { Domain } from "./key.ts";
import { threefryInto, type Words4 } from "./threefry.ts";

/** Words of the cipher, one after the other. */
export type WordSource = {
  /** The next 32 bits, in `[0, 2^32)`. */
  next(): number;
};

/** Block sizes in words: small first, since most supplies are read once or twice. */
const FIRST_WORDS = 16;
const MOST_WORDS = 4096;

/** Opens the supply of one key for one purpose, at its start. */
export function wordSource(key: Words4, domain: Domain): WordSource {
  let words = new Uint32Array(FIRST_WORDS);
  let at = words.length;
  let block = 0;
  function refill(): void {
    if (block > 0 && words.length < MOST_WORDS) words = new Uint32Array(2 * words.length);
    threefryInto(key, [block >>> 0, Math.floor(block / 2 ** 32), 0, domain], words);
    block += words.length / 4;
    at = 0;
  }
  function next(): number {
    if (at === words.length) refill();
    return words[at++];
  }
  return { next };
}

/** Places of the 26 low bits beside the 27 high ones, and of all 53 below 1. */
const LOW_RANGE = 2 ** 26;
const SPACING = 2 ** -53;

/** 53 bits from two words, as a number in `[0, 1)` on the grid of `2^-53`. */
export function unitFrom(high: number, low: number): number {
  return ((high >>> 5) * LOW_RANGE + (low >>> 6)) * SPACING;
}
