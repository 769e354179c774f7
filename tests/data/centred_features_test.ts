import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { centredFeatures, matrix, rng } from "resolvent";

/** Rounding of a sum of 50 numbers of order 10. */
const ROUNDING = 1e-13;

Deno.test("centredFeatures() leaves column means of zero, and centred features as they are", () => {
  const centred = centredFeatures(rng(1).normal([50, 3], { mean: 10 }));
  for (let j = 0; j < 3; j++) {
    let sum = 0;
    for (let i = 0; i < 50; i++) sum += centred.data[i * 3 + j];
    assertAlmostEquals(sum, 0, 50 * ROUNDING);
  }
  const twice = centredFeatures(centred);
  twice.data.forEach((value, at) => assertAlmostEquals(value, centred.data[at], ROUNDING));
  assertEquals(centredFeatures(matrix(0, 3)), matrix(0, 3));
});

Deno.test("centredFeatures() refuses NaN", () => {
  assertThrows(() => centredFeatures(matrix(1, 1, [NaN])), RangeError, "features[0, 0] is NaN");
});
