import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { haarMatrix, orthogonal, rng, scale, singularValues } from "resolvent";

Deno.test("orthogonal() has the gain for every singular value", () => {
  const size = fc.integer({ min: 1, max: 10 });
  fc.assert(
    fc.property(fc.integer(), size, size, (seed, rows, cols) => {
      const w = orthogonal(rng(seed), [rows, cols], { gain: 0.7 });
      assertEquals([w.rows, w.cols], [rows, cols]);
      for (const s of singularValues(w)) assertAlmostEquals(s, 0.7, 1e-13);
    }),
    { seed: 22 },
  );
  assertEquals(orthogonal(rng(1), [4, 3]), scale(haarMatrix(rng(1), [4, 3]), 1));
});

Deno.test("orthogonal() has entries of variance gain^2 / max(rows, cols)", () => {
  // The mean over all entries of one draw is exact; that of one entry is a law of the draw.
  for (const [rows, cols] of [[3, 5], [5, 3], [4, 4]] as const) {
    const draws = 8000, expected = 4 / Math.max(rows, cols);
    let [mean, corner] = [0, 0];
    for (const key of rng("entries").split(draws)) {
      const { data } = orthogonal(key, [rows, cols], { gain: 2 });
      mean += data[rows * cols - 1] / draws;
      corner += data[rows * cols - 1] ** 2 / draws;
    }
    // An entry's square has variance at most 2 expected^2 (equal for a normal number).
    assertLess(Math.abs(mean), 4 * Math.sqrt(expected / draws));
    assertLess(Math.abs(corner / expected - 1), 4 * Math.sqrt(2 / draws));
  }
});

Deno.test("orthogonal() refuses a gain and a shape that it cannot use", () => {
  assertThrows(() => orthogonal(rng(1), [2, 2], { gain: -1 }), RangeError, "gain is -1");
  assertThrows(() => orthogonal(rng(1), [2, 0]), RangeError, "cols must be an integer");
  assertThrows(() => orthogonal(rng(1), 4 as never), TypeError, "shape must be [rows, cols]");
});
