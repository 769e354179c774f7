import { matmul, matrix, rng, transpose } from "resolvent";
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { relativeDistance } from "./matrices.ts";

/** Sums of at most 40 products, each rounded: a few times 40 x 2^-53. */
const ROUNDING = 1e-13;

Deno.test("matmul() gives sums of products by hand", () => {
  const a = matrix(2, 3, [1, 2, 3, 4, 5, 6]), b = matrix(3, 2, [7, 8, 9, 10, 11, 12]);
  assertEquals(matmul(a, b), matrix(2, 2, [58, 64, 139, 154]));
  assertEquals(matmul(a, a, { transposeB: true }), matrix(2, 2, [14, 32, 32, 77]));
  assertEquals(
    matmul(b, a, { transposeA: true, transposeB: true }),
    matrix(2, 2, [58, 139, 64, 154]),
  );
});

Deno.test("matmul() gives zeros where the inner length is 0", () => {
  assertEquals(matmul(matrix(2, 0), matrix(0, 3)), matrix(2, 3));
  assertEquals(matmul(matrix(0, 2), matrix(2, 3, () => 1)), matrix(0, 3));
});

Deno.test("matmul() reads entries in a part of an array and in shared memory", () => {
  const a = rng(2).normal([20, 20]);
  const part = new Float64Array(500);
  part.set(a.data, 100);
  const shared = new Float64Array(new SharedArrayBuffer(8 * 400));
  shared.set(a.data);
  const expected = matmul(a, a);
  for (const data of [part.subarray(100, 500), shared]) {
    const same = { rows: 20, cols: 20, data };
    assertEquals(matmul(same, same), expected);
  }
});

Deno.test("matmul() is associative, and (A B)^T = B^T A^T", () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(side, side, side, side, fc.nat(), (m, k, n, p, seed) => {
      const [x, y, z] = rng(seed).split(3);
      const a = x.normal([m, k]), b = y.normal([k, n]), c = z.normal([n, p]);
      // Relative to the product of sizes, since a sum may cancel.
      const unit = Math.sqrt(k * n);
      const left = matmul(matmul(a, b), c), right = matmul(a, matmul(b, c));
      assertLess(
        relativeDistance({ ...left, data: left.data.map((v) => v / unit) }, {
          ...right,
          data: right.data.map((v) => v / unit),
        }),
        100 * ROUNDING,
      );
      assertLess(
        relativeDistance(
          transpose(matmul(a, b)),
          matmul(b, a, { transposeA: true, transposeB: true }),
        ),
        100 * ROUNDING,
      );
    }),
    { seed: 3, numRuns: 40 },
  );
});

Deno.test("matmul() refuses inner lengths that differ and entries that are not finite", () => {
  assertThrows(
    () => matmul(matrix(2, 3), matrix(2, 3)),
    TypeError,
    "Cannot multiply matrices as the inner lengths must be equal: the shapes are [2, 3] and [2, 3]",
  );
  assertThrows(
    () => matmul(matrix(2, 3), matrix(3, 2), { transposeA: true }),
    TypeError,
    "the inner lengths must be equal with a transposed: the shapes are [2, 3] and [3, 2]",
  );
  assertThrows(
    () => matmul(matrix(1, 1, [1]), matrix(1, 1, [Infinity])),
    RangeError,
    "Cannot multiply matrices as every entry must be finite: b[0, 0] is Infinity",
  );
  assertThrows(
    () => matmul(matrix(2, 3, [NaN, 0, 0, 0, 0, 0]), matrix(2, 3)),
    RangeError,
    "a[0, 0] is NaN",
  );
  // No entry of the result would show these.
  assertThrows(() => matmul(matrix(0, 1), matrix(1, 1, [NaN])), RangeError, "b[0, 0] is NaN");
  assertThrows(() => matmul(matrix(1, 1, [NaN]), matrix(1, 0)), RangeError, "a[0, 0] is NaN");
  assertThrows(() => matmul(null as never, matrix(1, 1)), TypeError, "a must be a matrix");
  assertThrows(() => matmul(matrix(1, 1), {} as never), TypeError, "b must be a matrix");
});
