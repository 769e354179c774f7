import { matrix, rng } from "resolvent";
import { assertEquals, assertLess } from "@std/assert";
import { portableMultiply, portableProduct } from "../../lib/linalg/gemm.ts";
import { relativeDistance } from "./matrices.ts";

/** Rounding of sums of at most 600 products. */
const ROUNDING = 1e-12;

Deno.test("portableProduct() by packed blocks is the sum of products past every block edge", () => {
  // Sides just past the register block, the rows, the columns and the depth of a packed block.
  for (const [m, k, n] of [[9, 9, 9], [129, 10, 6], [5, 8, 513], [10, 513, 10]]) {
    const a = rng(20).normal([m, k]), b = rng(21).normal([k, n]);
    const expected = matrix(m, n, (i, j) => {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a.data[i * k + p] * b.data[p * n + j];
      return sum;
    });
    assertLess(relativeDistance(expected, portableProduct(a, b, {})), ROUNDING);
  }
});

Deno.test("portableProduct() is exact on integers, small and large", () => {
  const ones = (rows: number, cols: number): ReturnType<typeof matrix> =>
    matrix(rows, cols, (i, j) => (i + 2 * j) % 7);
  const a = ones(40, 33);
  const gram = portableProduct(a, a, { transposeA: true });
  assertEquals(
    gram.data[5],
    a.data.reduce((sum, _, at) => sum + (at % 33 ? 0 : a.data[at] * a.data[at + 5]), 0),
  );
});

Deno.test("portableMultiply() multiplies from both sides, odd lengths too", () => {
  const a = matrix(2, 3, [1, 2, 3, 4, 5, 6]);
  assertEquals([...portableMultiply(a, Float64Array.of(1, 10, 100), false)], [321, 654]);
  assertEquals([...portableMultiply(a, Float64Array.of(1, 10), true)], [41, 52, 63]);
});
