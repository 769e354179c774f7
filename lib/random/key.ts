/**
 * Keys and how they are made from seeds, labels and numbers, by the cipher itself.
 *
 * @module
 */
import { threefry4x32, type Words4 } from "./threefry.ts";

/**
 * What a block of the cipher is for: the last counter word. Two uses of one key never meet the same
 * counter, so draws, forks and splits of a key are independent and their keys never coincide.
 */
export const DOMAIN = {
  uniform: 1,
  normal: 2,
  integers: 3,
  permutation: 4,
  choice: 5,
  stream: 6,
  split: 7,
  fork: 8,
  seed: 9,
} as const;

/** The purposes of a block. */
export type Domain = typeof DOMAIN[keyof typeof DOMAIN];

/** The key under which seeds are read: zero, so that nothing is chosen. */
export const ROOT_KEY: Words4 = [0, 0, 0, 0];

/** Marks of the kinds of message, so that 7 and "7" are different labels. */
const KIND = { positive: 1, negative: 2, text: 3, fraction: 4 } as const;

/**
 * Writes a seed or label as 32-bit words: kind, length, content. No message is the start of
 * another, which the cascade of `absorb` needs.
 *
 * Integers are written by value, so that 7 and 7n are one message; text by UTF-16 code units.
 */
export function messageWords(value: number | bigint | string): readonly number[] {
  if (typeof value === "string") {
    const words: number[] = [KIND.text, value.length];
    for (let i = 0; i < value.length; i++) words.push(value.charCodeAt(i));
    return words;
  }
  if (typeof value === "number" && !Number.isInteger(value)) {
    const bits = new Uint32Array(Float64Array.of(value).buffer);
    return [KIND.fraction, 2, bits[0], bits[1]];
  }
  // The common case, without big integers: they cost more than the cipher.
  if (typeof value === "number" && value > 0 && value < 2 ** 32) return [KIND.positive, 1, value];
  const integer = BigInt(value);
  const words: number[] = [];
  for (let rest = integer < 0n ? -integer : integer; rest > 0n; rest >>= 32n) {
    words.push(Number(rest & 0xffffffffn));
  }
  return [integer < 0n ? KIND.negative : KIND.positive, words.length, ...words];
}

/**
 * Derives a key from a key and a message: each block of three words is enciphered under the key
 * that the block before gave.
 *
 * Source: Bellare, Canetti and Krawczyk (1996), Pseudorandom functions revisited: the cascade
 * construction, FOCS 1996 (pseudorandom for messages none of which is the start of another).
 */
export function absorb(key: Words4, domain: Domain, words: readonly number[]): Words4 {
  let derived = key;
  for (let at = 0; at < words.length; at += 3) {
    derived = threefry4x32(derived, [
      words[at],
      words[at + 1] ?? 0,
      words[at + 2] ?? 0,
      domain,
    ]);
  }
  return derived;
}

/** The i-th key split off a key; it depends on `i` alone, not on how many are taken. */
export function splitKey(key: Words4, i: number): Words4 {
  return threefry4x32(key, [i >>> 0, Math.floor(i / 2 ** 32), 0, DOMAIN.split]);
}
