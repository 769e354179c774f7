import { matmul, matrix, qr, rng } from "resolvent";
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { relativeDistance } from "./matrices.ts";

/** Backward errors at sides of at most 20. */
const ROUNDING = 1e-13;

Deno.test("qr() orthogonalises two columns by hand", () => {
  const { q, r } = qr(matrix(2, 2, [3, 1, 4, 2]));
  [0.6, -0.8, 0.8, 0.6].forEach((entry, at) => assertAlmostEquals(q.data[at], entry, ROUNDING));
  [5, 2.2, 0, 0.4].forEach((entry, at) => assertAlmostEquals(r.data[at], entry, ROUNDING));
});

Deno.test("qr() gives back factors that have its signs", () => {
  const { q } = qr(rng(8).normal([20, 9]));
  const r = matrix(9, 9, (i, j) => i === j ? 1 + i : j > i ? Math.sin(i + 3 * j) : 0);
  const again = qr(matmul(q, r));
  assertLess(relativeDistance(q, again.q), ROUNDING);
  assertLess(relativeDistance(r, again.r), ROUNDING);
});

Deno.test("qr() of a Gaussian matrix has no preferred sign, as a Haar matrix", () => {
  // 200 matrices: the mean of the first entry has a standard deviation of 1 / sqrt(3 x 200).
  const keys = rng(9).split(200);
  const mean = keys.reduce((sum, key) => sum + qr(key.normal([3, 3])).q.data[0], 0) / 200;
  assertLess(Math.abs(mean), 4 / Math.sqrt(600));
});

Deno.test("qr() of an empty matrix is empty", () => {
  assertEquals(qr(matrix(3, 0)), { q: matrix(3, 0), r: matrix(0, 0) });
  assertEquals(qr(matrix(0, 3)), { q: matrix(0, 0), r: matrix(0, 3) });
});

Deno.test("qr() refuses entries that are not finite", () => {
  assertThrows(
    () => qr(matrix(1, 1, [Infinity])),
    RangeError,
    "Cannot compute a QR decomposition as every entry must be finite: a[0, 0] is Infinity",
  );
});
