import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { haarMatrix, matmul, matrixWithSpectrum, rng, singularValues } from "resolvent";

/** Rounding of a QR decomposition of order 10. */
const ROUNDING = 1e-13;

Deno.test("haarMatrix() has orthonormal columns, or rows where there are fewer", () => {
  const size = fc.integer({ min: 1, max: 10 });
  fc.assert(
    fc.property(fc.integer(), size, size, (seed, rows, cols) => {
      const q = haarMatrix(rng(seed), [rows, cols]);
      assertEquals([q.rows, q.cols], [rows, cols]);
      for (const s of singularValues(q)) assertAlmostEquals(s, 1, ROUNDING);
    }),
    { seed: 21 },
  );
  assertEquals(haarMatrix(rng(1), [3, 0]).data.length, 0);
});

Deno.test("haarMatrix() is Haar distributed: moments of entries and of the trace", () => {
  // Of an n x n Haar matrix: E q_11^2 = 1/n, E q_11^4 = 3/(n(n+2)), E (tr Q)^2 = 1, E tr Q = 0.
  const [n, draws] = [3, 20_000];
  let second = 0, fourth = 0, trace = 0, square = 0;
  for (const key of rng("haar").split(draws)) {
    const { data } = haarMatrix(key, [n, n]);
    const t = data[0] + data[4] + data[8];
    second += data[0] ** 2 / draws;
    fourth += data[0] ** 4 / draws;
    trace += t / draws;
    square += t ** 2 / draws;
  }
  // Deviations: sqrt(var / draws) with var 0.089, 0.047, 1 and 2; four of each.
  assertLess(Math.abs(second - 1 / 3), 4 * Math.sqrt(0.089 / draws));
  assertLess(Math.abs(fourth - 1 / 5), 4 * Math.sqrt(0.072 / draws));
  assertLess(Math.abs(trace), 4 * Math.sqrt(1 / draws));
  assertLess(Math.abs(square - 1), 4 * Math.sqrt(2 / draws));
});

Deno.test("matrixWithSpectrum() has the singular values given, in any order", () => {
  const a = matrixWithSpectrum(rng(1), [5, 7], [1, 4, 0.25]);
  [4, 1, 0.25, 0, 0].forEach((value, i) => {
    assertAlmostEquals(singularValues(a)[i], value, 10 * ROUNDING);
  });
  const gram = matmul(a, a, { transposeB: true });
  assertEquals([gram.rows, gram.cols], [5, 5]);
});

Deno.test("haarMatrix() and matrixWithSpectrum() refuse sizes and values out of range", () => {
  assertThrows(() => haarMatrix(rng(1), [-1, 2]), RangeError, "rows must be an integer");
  assertThrows(
    () => matrixWithSpectrum(rng(1), [2, 3], [1, 1, 1]),
    RangeError,
    "a 2 x 3 matrix has at most 2 singular values: the number of values is 3",
  );
  assertThrows(() => matrixWithSpectrum(rng(1), [2, 3], [-1]), RangeError, "values[0] is -1");
});
