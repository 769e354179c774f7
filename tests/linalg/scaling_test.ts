import { matrix } from "resolvent";
import { assert, assertEquals } from "@std/assert";
import { largestEntry, normalised, times } from "../../lib/linalg/scaling.ts";

Deno.test("normalised() leaves usual sizes alone and brings the others near 1 exactly", () => {
  const a = matrix(1, 2, [3, -4]);
  assert(normalised(a).a === a);
  for (const size of [1e-320, 1e-300, 1e-101, 1e101, 1.7e308]) {
    const { a: near, unit } = normalised(matrix(1, 2, [size / 2, -size]));
    assert(Math.abs(near.data[1]) < 4 && Math.abs(near.data[1]) > 1e-20);
    // A power of two changes no digit.
    assertEquals(near.data[1] * unit, -size);
  }
  assertEquals(normalised(matrix(1, 1)).unit, 1);
});

Deno.test("largestEntry() takes sizes, and times() multiplies", () => {
  assertEquals(largestEntry(Float64Array.of(1, -3, 2)), 3);
  assertEquals(largestEntry(new Float64Array(0)), 0);
  assertEquals([...times(Float64Array.of(1, 2), 3)], [3, 6]);
});
