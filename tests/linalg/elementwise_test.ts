import {
  add,
  diagonal,
  identity,
  type Matrix,
  matrix,
  rng,
  scale,
  subtract,
  transpose,
} from "resolvent";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

/** Matrices of small integers, on which arithmetic is exact. */
function integerMatrices(): fc.Arbitrary<readonly [Matrix, Matrix]> {
  return fc.tuple(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 40 }), fc.nat())
    .map(([rows, cols, seed]) => {
      const a = rng(seed).uniform([rows, cols]), b = rng(seed).fork("b").uniform([rows, cols]);
      return [
        matrix(rows, cols, a.data.map((value) => Math.floor(100 * value))),
        matrix(rows, cols, b.data.map((value) => Math.floor(100 * value))),
      ] as const;
    });
}

Deno.test("transpose() exchanges rows and columns, and twice gives the matrix back", () => {
  fc.assert(
    fc.property(integerMatrices(), ([a]) => {
      assertEquals(transpose(a), matrix(a.cols, a.rows, (j, i) => a.data[i * a.cols + j]));
      assertEquals(transpose(transpose(a)), a);
    }),
    { seed: 1, numRuns: 30 },
  );
});

Deno.test("add(), subtract() and scale() obey the laws of a vector space", () => {
  fc.assert(
    fc.property(integerMatrices(), ([a, b]) => {
      assertEquals(add(a, b), add(b, a));
      assertEquals(subtract(add(a, b), b), a);
      assertEquals(scale(add(a, b), 3), add(scale(a, 3), scale(b, 3)));
      assertEquals(add(a, a), scale(a, 2));
    }),
    { seed: 2, numRuns: 30 },
  );
});

Deno.test("diagonal() and identity() place their values", () => {
  assertEquals(diagonal(Float64Array.of(2, 3)), matrix(2, 2, [2, 0, 0, 3]));
  assertEquals(identity(3), matrix(3, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1]));
  assertEquals(identity(0), matrix(0, 0));
  assertEquals(diagonal([]), matrix(0, 0));
});

Deno.test("arithmetic refuses what is no matrix, does not match or is not finite", () => {
  assertThrows(
    () => add(matrix(1, 2), matrix(2, 1)),
    TypeError,
    "Cannot add matrices as they must have one shape: the shapes are [1, 2] and [2, 1]",
  );
  assertThrows(
    () => subtract(matrix(1, 1, [1]), matrix(1, 1, [NaN])),
    RangeError,
    "Cannot subtract matrices as every entry must be finite: b[0, 0] is NaN",
  );
  // What cancels in the sum is not finite either, and overflow of finite terms is no bad term.
  assertThrows(
    () => add(matrix(1, 2, [1, -Infinity]), matrix(1, 2, [1, Infinity])),
    RangeError,
    "a[0, 1] is -Infinity",
  );
  assertEquals(add(matrix(1, 1, [1.5e308]), matrix(1, 1, [1e308])), matrix(1, 1, [Infinity]));
  assertThrows(() => add(matrix(1, 1), null as never), TypeError, "b must be a matrix");
  assertThrows(
    () => scale(matrix(1, 1), Infinity),
    RangeError,
    "Cannot scale a matrix as c must be a finite number: c is Infinity",
  );
  assertThrows(
    () => transpose([[1]] as unknown as Matrix),
    TypeError,
    "Cannot transpose a matrix as a must be a matrix { rows, cols, data: Float64Array }",
  );
  assertThrows(() => identity(-1), RangeError, "n must be an integer of at least 0: n is -1");
  assertThrows(() => diagonal([1, NaN]), RangeError, "values[1] is NaN");
});
