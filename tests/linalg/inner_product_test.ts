import { assertEquals, assertThrows } from "@std/assert";
import { innerProduct, matrix } from "resolvent";

Deno.test("innerProduct() sums products of entries", () => {
  const a = matrix(2, 2, [1, 2, 3, 4]);
  assertEquals(innerProduct(a, matrix(2, 2, [5, 6, 7, 8])), 70);
  assertEquals(innerProduct(matrix(0, 3), matrix(0, 3)), 0);
});

Deno.test("innerProduct() refuses another shape, what is not finite, and overflow", () => {
  const a = matrix(2, 2, [1, 2, 3, 4]), huge = matrix(1, 1, [1e200]);
  assertThrows(() => innerProduct(a, matrix(1, 4)), TypeError, "as both need one shape");
  assertThrows(() => innerProduct(a, matrix(2, 2, [1, NaN, 1, 1])), RangeError, "b[0, 1] is NaN");
  assertThrows(() => innerProduct(huge, huge), RangeError, "the sum is Infinity");
});
