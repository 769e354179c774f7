/**
 * Randomness as a value: an immutable key from which every array is drawn anew, always the same.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { fromKey } from "./from_key.ts";
import { absorb, DOMAIN, messageWords, ROOT_KEY } from "./key.ts";
import { ALGORITHM, type Rng, type RngState } from "./types.ts";

export type { Rng, RngState } from "./types.ts";

/**
 * Makes an immutable random key from a seed; the same seed always gives the same numbers.
 *
 * **Definition** `key = cascade of Threefry4x32-20 over the words of (kind, length, seed)`, from the
 * zero key; word `i` of a draw is the cipher at counter `i` under the key, with the purpose of the
 * draw (uniform, normal, integers, ..., fork, split) in the counter's last word.
 *
 * Seeds are told apart by value and kind: 7 and 7n are one seed, "7" is another. Drawing again from
 * the same key repeats the draw; take other numbers from `key.fork("label")` or `key.split(n)`.
 * Words and uniform numbers are bit-identical on every machine.
 *
 * @param seed An integer (as a number up to 2^53 - 1 in size, as a bigint without limit) or a text
 * @returns A key with `uniform`, `normal`, `integers`, `permutation`, `choice`, `split`, `fork`,
 * `stream` and `state`
 * @throws {RangeError} if a number is not a safe integer
 * @throws {TypeError} if the seed is not a number, bigint or string
 *
 * @example The same key draws the same numbers; a fork draws others
 * ```ts
 * import { assert, assertEquals, assertNotEquals } from "@std/assert";
 * import { rng } from "resolvent";
 *
 * const key = rng(7);
 * assertEquals(key.normal(3), key.normal(3));
 * assertEquals(key.state, rng(7n).state);
 * assertNotEquals(key.fork("noise").normal(3), key.normal(3));
 * assert(key.uniform(100).every((u) => u >= 0 && u < 1));
 * assertEquals(key.integers([2, 3], { max: 5 }).rows, 2);
 * ```
 *
 * Source: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3,
 * doi:10.1145/2063384.2063405, section 3.3 (Threefry4x32-20).
 */
export function rng(seed: number | bigint | string): Rng {
  const doing = "make a random key";
  if (typeof seed === "number") {
    if (!Number.isSafeInteger(seed)) {
      const need = "a number must be an integer of at most 2^53 - 1 in size, a bigint has no limit";
      throw new RangeError(cannot(doing, need, "seed", seed));
    }
  } else if (typeof seed !== "bigint" && typeof seed !== "string") {
    throw new TypeError(cannot(doing, "seed must be a number, bigint or string", "seed", seed));
  }
  return fromKey(absorb(ROOT_KEY, DOMAIN.seed, messageWords(seed)));
}

/**
 * Makes a key again from its state, as on the other side of a worker's boundary or from a file.
 *
 * **Definition** `restoreRng(key.state)` draws what `key` draws.
 *
 * @param state The `state` of a key, a plain record that can be cloned or written as JSON
 * @returns A key equal to the one whose state it was
 * @throws {TypeError} if the state is not of this generator
 *
 * @example Through JSON and back
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { restoreRng, rng } from "resolvent";
 *
 * const key = rng("weights").fork(3);
 * const again = restoreRng(JSON.parse(JSON.stringify(key.state)));
 * assertEquals(again.normal(4), key.normal(4));
 * ```
 *
 * Source: Salmon, Moraes, Dror and Shaw (2011), doi:10.1145/2063384.2063405 (the state of a
 * counter-based generator is its key).
 */
export function restoreRng(state: RngState): Rng {
  const words: readonly number[] = Array.isArray(state?.key) ? state.key : [];
  const isWord = (word: number) => Number.isInteger(word) && word >= 0 && word < 2 ** 32;
  if (state?.algorithm !== ALGORITHM || words.length !== 4 || !words.every(isWord)) {
    throw new TypeError(
      cannot(
        "restore a random key",
        `state must be { algorithm: "${ALGORITHM}", key: four 32-bit words }`,
        "state",
        state,
      ),
    );
  }
  return fromKey([words[0], words[1], words[2], words[3]]);
}

/**
 * Tells whether a value is a random key.
 *
 * **Definition** `true` for records that carry draws and the state of this generator.
 *
 * @param value Anything
 * @returns Whether it is an `Rng`; its `state`, a plain record, is not
 *
 * @example A key, its state, a number
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { isRng, rng } from "resolvent";
 *
 * const key = rng(1);
 * assertEquals([key, key.state, 1].map(isRng), [true, false, false]);
 * ```
 *
 * Source: definition.
 */
export function isRng(value: unknown): value is Rng {
  const key = value as Rng;
  return typeof value === "object" && value !== null && typeof key.fork === "function" &&
    key.state?.algorithm === ALGORITHM;
}

/** Returns a random key, or throws what `doing` needed otherwise: options in its place, or a seed. */
export function checkRng(doing: string, key: Rng): Rng {
  if (isRng(key)) return key;
  throw new TypeError(cannot(doing, "it needs a random key, made by rng(seed)", "rng", key));
}
