import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { isMatrix, type Matrix, matrix } from "resolvent";
import { checkMatrix, checkShapes } from "../lib/matrix.ts";

/** Sizes with the edge 0. */
const size = fc.integer({ min: 0, max: 6 });

Deno.test("matrix() agrees for a function, entries and rows", () => {
  fc.assert(fc.property(size, size, (rows, cols) => {
    const made = matrix(rows, cols, (i, j) => i - 2 * j);
    const nested = Array.from(
      { length: rows },
      (_, i) => Array.from({ length: cols }, (_, j) => i - 2 * j),
    );
    assertEquals(matrix(rows, cols, nested), made);
    assertEquals(matrix(rows, cols, nested.flat()), made);
    assertEquals([made.rows, made.cols, made.data.length], [rows, cols, rows * cols]);
    assert(isMatrix(made));
  }));
});

Deno.test("matrix() is zero without entries, and keeps a Float64Array without a copy", () => {
  assertEquals([...matrix(2, 2).data], [0, 0, 0, 0]);
  const data = Float64Array.of(1, 2);
  assertStrictEquals(matrix(1, 2, data).data, data);
});

Deno.test("matrix() refuses sizes and entries that do not fit", () => {
  assertThrows(() => matrix(-1, 2), RangeError, "rows must be an integer of at least 0");
  assertThrows(() => matrix(2, 0.5), RangeError, "cols must be an integer of at least 0");
  assertThrows(
    () => matrix(2, 2, [1, 2, 3]),
    RangeError,
    "Cannot make a matrix as 2 x 2 needs 4 entries: the number of entries is 3",
  );
});

Deno.test("matrix() takes other lists of numbers, and refuses what is no number or no rectangle", () => {
  const wanted = matrix(2, 2, [1, 2, 3, 4]);
  assertEquals(matrix(2, 2, Int32Array.of(1, 2, 3, 4)), wanted);
  assertEquals(matrix(2, 2, [Float64Array.of(1, 2), Float64Array.of(3, 4)]), wanted);
  const refused: readonly (readonly [unknown, string])[] = [
    [[[1, 2, 3], [4]], "as every row must have 2 entries: row 0 is [1, 2, 3]"],
    [[[1, 2], null], "row 1 is null"],
    [[1, "2", 3, 4], 'as every entry must be a number: the entry [0, 1] is "2"'],
    [[[1, 2], [3, undefined]], "the entry [1, 1] is undefined"],
    [() => undefined, "the entry [0, 0] is undefined"],
    ["abcd", 'as data must be numbers, rows of numbers or a function: data is "abcd"'],
    [null, "data is null"],
  ];
  for (const [data, text] of refused) {
    assertThrows(() => matrix(2, 2, data as number[]), TypeError, text);
  }
});

Deno.test("isMatrix() refuses what only looks like one", () => {
  const data = new Float64Array(6);
  const table: readonly unknown[] = [
    null,
    6,
    data,
    { rows: 2, cols: 3 },
    { rows: 2, cols: 3, data: [...data] },
    { rows: 2, cols: 3, data: new Float32Array(6) },
    { rows: 2, cols: 2, data },
    { rows: -2, cols: -3, data },
    { rows: 1.5, cols: 4, data },
  ];
  for (const value of table) assertEquals(isMatrix(value), false);
  assertEquals(isMatrix({ rows: 0, cols: 3, data: new Float64Array(0) }), true);
});

Deno.test("checkMatrix() names the entry that is not finite", () => {
  const a = matrix(2, 2, [1, 2, NaN, 4]);
  assertThrows(
    () => checkMatrix("multiply", "a", a),
    RangeError,
    "Cannot multiply as every entry must be finite: a[1, 0] is NaN",
  );
  assertThrows(() => checkMatrix("multiply", "a", [1] as unknown as Matrix), TypeError, "a is [1]");
  const good = matrix(1, 1, [Number.MAX_VALUE]);
  assertStrictEquals(checkMatrix("multiply", "a", good), good);
});

Deno.test("checkShapes() shows both shapes", () => {
  checkShapes("add", "shapes must be equal", true, matrix(1, 2), matrix(1, 2));
  assertThrows(
    () => checkShapes("add", "shapes must be equal", false, matrix(1, 2), matrix(2, 1)),
    TypeError,
    "Cannot add as shapes must be equal: the shapes are [1, 2] and [2, 1]",
  );
});
