import { assertAlmostEquals, assertThrows } from "@std/assert";
import { frobeniusNorm, matrix, rng, unitRows } from "resolvent";

/** A root, a quotient and a sum of 7 terms. */
const ROUNDING = 1e-14;

Deno.test("unitRows() gives rows of length one in the directions of the rows", () => {
  const a = rng(5).normal([20, 7]), unit = unitRows(a);
  for (let i = 0; i < 20; i++) {
    const row = matrix(1, 7, unit.data.subarray(7 * i, 7 * i + 7));
    assertAlmostEquals(frobeniusNorm(row), 1, ROUNDING);
    const ratio = a.data[7 * i] / unit.data[7 * i];
    for (let j = 1; j < 7; j++) {
      assertAlmostEquals(a.data[7 * i + j], ratio * unit.data[7 * i + j], ROUNDING * ratio);
    }
  }
});

Deno.test("unitRows() takes entries whose squares would overflow or vanish", () => {
  for (const size of [1e-160, 1e160]) {
    const { data } = unitRows(matrix(1, 2, [3 * size, 4 * size]));
    assertAlmostEquals(data[0], 0.6, ROUNDING);
    assertAlmostEquals(data[1], 0.8, ROUNDING);
  }
});

Deno.test("unitRows() refuses a row without a direction", () => {
  assertThrows(() => unitRows(matrix(2, 2, [1, 0, 0, 0])), RangeError, "row 1 is 0");
  assertThrows(() => unitRows(matrix(1, 2, [1, NaN])), RangeError, "entry must be finite");
});
