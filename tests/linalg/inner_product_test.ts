import { assertEquals, assertThrows } from "@std/assert";
import { matrix } from "resolvent";
import { innerProduct } from "../../lib/linalg/inner_product.ts";

Deno.test("innerProduct() sums products of entries, and refuses another shape", () => {
  const a = matrix(2, 2, [1, 2, 3, 4]);
  assertEquals(innerProduct(a, matrix(2, 2, [5, 6, 7, 8])), 70);
  assertEquals(innerProduct(matrix(0, 3), matrix(0, 3)), 0);
  assertThrows(() => innerProduct(a, matrix(1, 4)), TypeError, "as both need one shape");
});
