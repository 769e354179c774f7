import { assertEquals, assertThrows } from "@std/assert";
import { matrix, matrixOps } from "resolvent";

Deno.test("matrixOps work on rows, columns and blocks", () => {
  const a = matrix(2, 4, [1, 2, 3, 4, 5, 6, 7, 8]);
  assertEquals(matrixOps.reshape(a, 4, 2), matrix(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]));
  assertEquals(
    matrixOps.addRow(a, matrix(1, 4, [10, 20, 30, 40])),
    matrix(2, 4, [11, 22, 33, 44, 15, 26, 37, 48]),
  );
  assertEquals(matrixOps.columnSums(a), matrix(1, 4, [6, 8, 10, 12]));
  assertEquals(
    matrixOps.multiplyBlocks(a, matrix(1, 2, [1, 10])), // blocks of two rows and two columns
    matrix(2, 4, [1, 2, 30, 40, 5, 6, 70, 80]),
  );
  assertEquals(
    matrixOps.multiplyBlocks(matrix(4, 1, [1, 2, 3, 4]), matrix(2, 1, [1, 10])),
    matrix(4, 1, [1, 2, 30, 40]),
  );
  const joined = matrixOps.concatColumns([matrix(2, 1, [9, 8]), a]);
  assertEquals(joined, matrix(2, 5, [9, 1, 2, 3, 4, 8, 5, 6, 7, 8]));
  assertEquals(matrixOps.sliceColumns(joined, 1, 5), a);
  assertEquals(matrixOps.sliceColumns(joined, 0, 1), matrix(2, 1, [9, 8]));
  assertEquals(matrixOps.constant(a), a);
});

Deno.test("matrixOps.matmul() transposes either factor", () => {
  const a = matrix(2, 1, [1, 2]), b = matrix(2, 1, [3, 4]);
  assertEquals(matrixOps.matmul(a, b, { transposeA: true }), matrix(1, 1, [11]));
  assertEquals(matrixOps.matmul(a, b, { transposeB: true }), matrix(2, 2, [3, 4, 6, 8]));
});

Deno.test("matrixOps refuse rows and blocks that do not fit", () => {
  const a = matrix(2, 3);
  assertThrows(() => matrixOps.reshape(a, 4, 2), TypeError, "4 x 2 needs 8 entries");
  assertThrows(() => matrixOps.addRow(a, matrix(1, 2)), TypeError, "as many columns");
  assertThrows(() => matrixOps.multiplyBlocks(a, matrix(2, 2)), TypeError, "whole blocks");
  assertThrows(() => matrixOps.concatColumns([a, matrix(1, 1)]), TypeError, "as many rows");
});
