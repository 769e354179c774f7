import { assertEquals, assertNotEquals } from "@std/assert";
import { threefry4x32, threefryInto, type Words4 } from "../../lib/random/threefry.ts";

/** Counter, key and words of threefry4x32 at 20 rounds, from Random123's file tests/kat_vectors. */
const KNOWN_ANSWERS: readonly (readonly [Words4, Words4, Words4])[] = [
  [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89],
    [0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84],
  ],
];

Deno.test("threefry4x32() gives the known answers of Random123 at 20 rounds", () => {
  for (const [counter, key, words] of KNOWN_ANSWERS) {
    assertEquals(threefry4x32(key, counter), words);
  }
});

Deno.test("threefryInto() counts blocks up and carries into the second word", () => {
  const key: Words4 = [1, 2, 3, 4];
  const out = new Uint32Array(12);
  threefryInto(key, [0xfffffffe, 5, 6, 7], out);
  const counters: readonly Words4[] = [[0xfffffffe, 5, 6, 7], [0xffffffff, 5, 6, 7], [0, 6, 6, 7]];
  assertEquals([...out], counters.flatMap((counter) => [...threefry4x32(key, counter)]));
});

Deno.test("threefry4x32() changes about half of its bits with one bit of key or counter", () => {
  // 256 single-bit changes of 128 output bits each: 16384 expected, standard deviation 90.5.
  const base: Words4 = [0x01234567, 0x89abcdef, 0xfedcba98, 0x76543210];
  const before = threefry4x32(base, base);
  let changed = 0;
  for (let bit = 0; bit < 128; bit++) {
    const flipped = base.map((word, i) => i === bit >> 5 ? (word ^ (1 << (bit & 31))) >>> 0 : word);
    const other: Words4 = [flipped[0], flipped[1], flipped[2], flipped[3]];
    for (const after of [threefry4x32(other, base), threefry4x32(base, other)]) {
      assertNotEquals(after, before);
      changed += after.reduce((sum, word, i) => sum + bitsSet(word ^ before[i]), 0);
    }
  }
  assertEquals(Math.abs(changed - 16384) < 4 * 90.5, true, `${changed} bits changed`);
});

function bitsSet(word: number): number {
  let count = 0;
  for (let rest = word >>> 0; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
