/**
 * Tests of kinds of array and of applying updates.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { applyUpdate, matrix, matrixOps } from "resolvent";
import { operationsOf } from "../../lib/backend/kinds.ts";
import { operationsFor } from "../../lib/optimizers/kinds.ts";

Deno.test("operationsOf() chooses by the kind of the array", () => {
  assertEquals(operationsOf("try", matrix(1, 1)), matrixOps);
  assertThrows(
    () => operationsOf("try", "weights" as never),
    TypeError,
    'Cannot try as params must be a matrix or a tensor: params is "weights"',
  );
});

Deno.test("operationsFor() looks at kinds, shapes and entries of both", () => {
  const a = matrix(2, 1);
  assertEquals(operationsFor("try", a, a), matrixOps);
  assertThrows(() => operationsFor("try", {} as never, a), TypeError, "gradient must be a matrix");
  assertThrows(() => operationsFor("try", matrix(1, 2), a), TypeError, "[[1, 2], [2, 1]]");
  assertThrows(
    () => operationsFor("try", a, matrix(2, 1, [0, Infinity])),
    RangeError,
    "params[1, 0] is Infinity",
  );
});

Deno.test("applyUpdate() adds, and changes nothing in place", () => {
  const [w, u] = [matrix(1, 2, [1, 2]), matrix(1, 2, [-1, 3])];
  assertEquals(applyUpdate(w, u), matrix(1, 2, [0, 5]));
  assertEquals([w, u], [matrix(1, 2, [1, 2]), matrix(1, 2, [-1, 3])]);
  assertThrows(() => applyUpdate(w, matrix(2, 1)), TypeError, "Cannot apply an update as");
});
