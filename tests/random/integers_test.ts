import { assert, assertEquals, assertThrows } from "@std/assert";
import { integerBelow, integerRange, shuffled } from "../../lib/random/integers.ts";
import type { WordSource } from "../../lib/random/words.ts";

/** A supply that gives the listed words. */
function listed(...words: readonly number[]): WordSource {
  let at = 0;
  return { next: () => words[at++] };
}

Deno.test("integerBelow() draws again where a remainder would favour small values", () => {
  // 2^32 = 3 * 1431655765 + 1: the last word alone is refused.
  assertEquals(integerBelow(listed(2 ** 32 - 1, 5), 3), 2);
  assertEquals(integerBelow(listed(2 ** 32 - 2, 5), 3), 2);
  assertEquals(integerBelow(listed(2 ** 32 - 1), 2 ** 32), 2 ** 32 - 1);
});

Deno.test("integerBelow() takes 53 bits for ranges past 2^32", () => {
  assertEquals(integerBelow(listed(2 ** 32 - 1, 2 ** 32 - 1), 2 ** 53), 2 ** 53 - 1);
  assertEquals(integerBelow(listed(2 ** 32 - 1, 2 ** 32 - 1, 32, 64), 2 ** 52 + 1), 2 ** 26 + 1);
});

Deno.test("shuffled() swaps as Fisher and Yates do", () => {
  // Draws 2 of 4, 0 of 3, 1 of 2: swap (0, 2), (1, 1), (2, 3).
  assertEquals(shuffled(listed(2, 0, 1, 0), 4, 4), Int32Array.of(2, 1, 3, 0));
  assertEquals(shuffled(listed(2, 0), 4, 2), Int32Array.of(2, 1));
  assert(shuffled(listed(), 0, 0).length === 0);
});

Deno.test("integerRange() refuses edges without an integer between them", () => {
  assertThrows(
    () => integerRange("draw integers", 3, 3),
    RangeError,
    "Cannot draw integers as max must be an integer of at least 4: max is 3",
  );
  assertThrows(() => integerRange("draw integers", 0.5, 3), RangeError, "min must be an integer");
});
