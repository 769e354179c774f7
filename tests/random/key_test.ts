import { assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { absorb, DOMAIN, messageWords, ROOT_KEY, splitKey } from "../../lib/random/key.ts";
import { threefry4x32 } from "../../lib/random/threefry.ts";

Deno.test("messageWords() writes kind, length and content", () => {
  assertEquals(messageWords(7), [1, 1, 7]);
  assertEquals(messageWords(0), [1, 0]);
  assertEquals(messageWords(-0), [1, 0]);
  assertEquals(messageWords(-(2n ** 32n)), [2, 2, 0, 1]);
  assertEquals(messageWords("7"), [3, 1, 55]);
  assertEquals(messageWords(0.5), [4, 2, 0, 0x3fe00000]);
});

Deno.test("messageWords() writes no message that begins another", () => {
  const message = fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  );
  fc.assert(
    fc.property(message, message, (a, b) => {
      const [first, second] = [messageWords(a), messageWords(b)];
      const begins = first.every((word, i) => second[i] === word);
      return !begins || first.length === second.length && sameValue(a, b);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

function sameValue(a: number | bigint | string, b: number | bigint | string): boolean {
  return typeof a === "string" || typeof b === "string" ? a === b : a == b;
}

Deno.test("absorb() is the cascade of the cipher, three words a block", () => {
  const once = threefry4x32(ROOT_KEY, [1, 2, 3, DOMAIN.fork]);
  assertEquals(absorb(ROOT_KEY, DOMAIN.fork, [1, 2, 3]), once);
  assertEquals(
    absorb(ROOT_KEY, DOMAIN.fork, [1, 2, 3, 4]),
    threefry4x32(once, [4, 0, 0, DOMAIN.fork]),
  );
  assertNotEquals(absorb(ROOT_KEY, DOMAIN.seed, [1, 2, 3]), once);
});

Deno.test("splitKey() counts past 32 bits", () => {
  assertEquals(splitKey(ROOT_KEY, 2 ** 32 + 5), threefry4x32(ROOT_KEY, [5, 1, 0, DOMAIN.split]));
});
