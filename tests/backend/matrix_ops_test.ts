/**
 * Tests of the operations on matrices.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { matrix, matrixOps, singularValues } from "resolvent";
import { assertClose } from "../optimizers/contract.ts";

const a = matrix(2, 2, [4, -1, 0, 9]);
const b = matrix(2, 2, [2, 4, -8, 3]);

Deno.test("matrixOps work entry by entry", () => {
  const ops = matrixOps;
  const results = [
    [ops.add(a, b), [6, 3, -8, 12]],
    [ops.subtract(a, b), [2, -5, 8, 6]],
    [ops.multiply(a, b), [8, -4, -0, 27]],
    [ops.divide(a, b), [2, -0.25, -0, 3]],
    [ops.scale(a, -2), [-8, 2, -0, -18]],
    [ops.addScalar(a, 1), [5, 0, 1, 10]],
    [ops.sqrt(ops.multiply(a, a)), [4, 1, 0, 9]],
    [ops.sign(a), [1, -1, 0, 1]],
    [ops.zerosLike(a), [0, 0, 0, 0]],
    [ops.clipNorm(a, 1e9), [4, -1, 0, 9]],
  ] as const;
  for (const [actual, expected] of results) assertEquals(actual, matrix(2, 2, [...expected]));
  assertEquals(ops.shape(matrix(2, 3)), [2, 3]);
  assertThrows(() => ops.multiply(a, matrix(1, 2)), TypeError, "Cannot multiply entries as");
  assertThrows(() => ops.divide(a, matrix(4, 1)), TypeError, "[2, 2] and [4, 1]");
});

Deno.test("matrixOps multiply, transpose and decompose", () => {
  const ops = matrixOps;
  assertEquals(ops.matmul(a, b), matrix(2, 2, [16, 13, -72, 27]));
  assertEquals(ops.transpose(a), matrix(2, 2, [4, 0, -1, 9]));
  // polar(A)ᵀ A is the symmetric root of AᵀA, whose trace is the nuclear norm
  const root = ops.matmul(ops.transpose(ops.polar(a)), a);
  const nuclear = singularValues(a).reduce((sum, s) => sum + s, 0);
  assertAlmostEquals(root.data[0] + root.data[3], nuclear, 1e-12);
  assertAlmostEquals(root.data[1], root.data[2], 1e-12);
  assertClose(ops.nuclearPolar(a, -0.5), ops.scale(ops.polar(a), -0.5 * nuclear), 1e-12);
});
