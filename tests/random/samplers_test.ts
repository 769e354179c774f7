import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { drawNormal, drawUniform, normalPairInto } from "../../lib/random/samplers.ts";
import { DOMAIN } from "../../lib/random/key.ts";
import { threefry4x32 } from "../../lib/random/threefry.ts";

/** The reference rounds its angle, up to 2 pi, by 1.1e-15; the radius is at most 3.1 on this grid. */
const ANGLE_TOLERANCE = 4e-15;

Deno.test("normalPairInto() is Box and Muller's transform", () => {
  const out = new Float64Array(2);
  for (let i = 0; i < 97; i++) {
    for (let j = 0; j < 256; j++) {
      const [u, v] = [i / 97, j / 256];
      normalPairInto(out, 0, u, v);
      const radius = Math.sqrt(-2 * Math.log(1 - u));
      assertAlmostEquals(out[0], radius * Math.cos(2 * Math.PI * v), ANGLE_TOLERANCE);
      assertAlmostEquals(out[1], radius * Math.sin(2 * Math.PI * v), ANGLE_TOLERANCE);
    }
  }
});

Deno.test("normalPairInto() stays finite at both ends of the uniform grid", () => {
  const out = new Float64Array(2);
  normalPairInto(out, 0, 0, 0.3);
  assertEquals([...out].map(Math.abs), [0, 0]);
  normalPairInto(out, 0, 1 - 2 ** -53, 0);
  assertAlmostEquals(out[0], Math.sqrt(106 * Math.LN2), 1e-13);
});

Deno.test("drawUniform() takes 53 bits from two words of the cipher", () => {
  const key = [1, 2, 3, 4] as const;
  const words = threefry4x32(key, [0, 0, 0, DOMAIN.uniform]);
  const high = BigInt(words[2] >>> 5) * 2n ** 26n + BigInt(words[3] >>> 6);
  assertEquals(drawUniform(key, 2)[1], Number(high) / 2 ** 53);
});

Deno.test("drawUniform() and drawNormal() give a shorter draw as the start of a longer one", () => {
  const key = [5, 6, 7, 8] as const;
  for (const draw of [drawUniform, drawNormal]) {
    // 1024 numbers are one chunk: lengths around it and past it.
    const longest = draw(key, 3001);
    for (const length of [0, 1, 2, 3, 1023, 1024, 1025, 2047, 3000]) {
      const shorter = draw(key, length);
      assertEquals(shorter.length, length);
      assert(shorter.every((value, i) => value === longest[i]), `length ${length}`);
    }
  }
});
