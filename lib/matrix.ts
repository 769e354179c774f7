/**
 * The float64 array of this laboratory: a dense matrix, row by row.
 *
 * @module
 */
import { cannot, checkInteger, shown } from "./check.ts";

/** A dense float64 matrix: entry (i, j) is `data[i * cols + j]`; it is never changed in place. */
export type Matrix = {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly cols: number;
  /** Entries, row by row, of length `rows * cols`. */
  readonly data: Float64Array;
};

/**
 * Makes a matrix from its entries or from a function of row and column.
 *
 * **Definition** `A[i, j] = data[i * cols + j]`, or `A[i, j] = data(i, j)`; zeros when left out.
 *
 * @param rows Number of rows, an integer of at least 0
 * @param cols Number of columns, an integer of at least 0
 * @param data Entries row by row (copied unless a `Float64Array`), an array of rows, or a function
 * @returns shape `[rows, cols]`; NaN and infinite entries are refused where they are used
 * @throws {RangeError} if a size is not an integer of at least 0, or the entries do not fill it
 * @throws {TypeError} if an entry is not a number, or a row does not have `cols` of them
 *
 * @example A matrix from a function
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix } from "resolvent";
 *
 * const a = matrix(2, 3, (i, j) => 10 * i + j);
 * assertEquals([...a.data], [0, 1, 2, 10, 11, 12]);
 * assertEquals(matrix(2, 2, [[1, 2], [3, 4]]), matrix(2, 2, [1, 2, 3, 4]));
 * ```
 *
 * Source: row-major storage, as C arrays and NumPy's default order.
 */
export function matrix(
  rows: number,
  cols: number,
  data?:
    | ArrayLike<number>
    | readonly ArrayLike<number>[]
    | ((row: number, col: number) => number),
): Matrix {
  checkInteger("make a matrix", "rows", rows, { min: 0 });
  checkInteger("make a matrix", "cols", cols, { min: 0 });
  if (data === undefined) return { rows, cols, data: new Float64Array(rows * cols) };
  if (typeof data === "function") {
    const out = new Float64Array(rows * cols);
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) out[at++] = checkEntry(data(i, j), i, j);
    }
    return { rows, cols, data: out };
  }
  const entries = data instanceof Float64Array ? data : entriesOf(data, cols);
  if (entries.length !== rows * cols) {
    throw new RangeError(
      cannot(
        "make a matrix",
        `${rows} x ${cols} needs ${rows * cols} entries`,
        "the number of entries",
        entries.length,
      ),
    );
  }
  return { rows, cols, data: entries };
}

/** Entries row by row, from a list of them or of rows of length `cols`. */
function entriesOf(
  data: ArrayLike<number> | readonly ArrayLike<number>[],
  cols: number,
): Float64Array {
  if (typeof data !== "object" || data === null || !Number.isInteger(data.length)) {
    const need = "data must be numbers, rows of numbers or a function";
    throw new TypeError(cannot("make a matrix", need, "data", data));
  }
  if (typeof data[0] !== "object") {
    const list = data as ArrayLike<number>;
    return Float64Array.from(list, (x, at) => checkEntry(x, Math.floor(at / cols), at % cols));
  }
  const out = new Float64Array(data.length * cols);
  Array.from(data as readonly ArrayLike<number>[]).forEach((row, i) => {
    if (row?.length !== cols) {
      const need = `every row must have ${cols} entries`;
      throw new TypeError(cannot("make a matrix", need, `row ${i}`, row));
    }
    for (let j = 0; j < cols; j++) out[i * cols + j] = checkEntry(row[j], i, j);
  });
  return out;
}

/** Returns an entry that is a number; others would become NaN or 0 in silence. */
function checkEntry(entry: number, i: number, j: number): number {
  if (typeof entry === "number") return entry;
  const need = "every entry must be a number";
  throw new TypeError(cannot("make a matrix", need, `the entry [${i}, ${j}]`, entry));
}

/**
 * Tells whether a value is a matrix: sizes and a `Float64Array` that they fill.
 *
 * **Definition** `rows` and `cols` are integers of at least 0, and `data.length = rows * cols`.
 *
 * @param value Anything
 * @returns Whether `value` is a `Matrix`, of any shape `[rows, cols]`; its entries are not read
 *
 * @example A matrix and what only looks like one
 * ```ts
 * import { assert } from "@std/assert";
 * import { isMatrix, matrix } from "resolvent";
 *
 * assert(isMatrix(matrix(2, 3)));
 * assert(!isMatrix({ rows: 2, cols: 3, data: [1, 2, 3, 4, 5, 6] }));
 * ```
 *
 * Source: the type `Matrix` of this library.
 */
export function isMatrix(value: unknown): value is Matrix {
  const a = value as Matrix;
  return typeof value === "object" && value !== null && a.data instanceof Float64Array &&
    Number.isInteger(a.rows) && Number.isInteger(a.cols) && a.rows >= 0 && a.cols >= 0 &&
    a.data.length === a.rows * a.cols;
}

/** Tells whether no number is NaN or infinite. */
export function allFinite(values: Float64Array): boolean {
  // x - x is 0 for a finite x and NaN for every other; a tree of eight has no chain to wait for.
  const x = values, n = x.length;
  let at = 0;
  for (; at + 7 < n; at += 8) {
    const left = (x[at] - x[at]) + (x[at + 1] - x[at + 1]) +
      ((x[at + 2] - x[at + 2]) + (x[at + 3] - x[at + 3]));
    const right = (x[at + 4] - x[at + 4]) + (x[at + 5] - x[at + 5]) +
      ((x[at + 6] - x[at + 6]) + (x[at + 7] - x[at + 7]));
    if (left + right !== 0) return false;
  }
  for (; at < n; at++) if (x[at] - x[at] !== 0) return false;
  return true;
}

/** Returns `a` if it is a matrix without NaN and infinite entries; throws what `doing` needed otherwise. */
export function checkMatrix(doing: string, name: string, a: Matrix): Matrix {
  if (!isMatrix(a)) {
    throw new TypeError(
      cannot(doing, `${name} must be a matrix { rows, cols, data: Float64Array }`, name, a),
    );
  }
  if (allFinite(a.data)) return a;
  for (let at = 0; at < a.data.length; at++) {
    if (Number.isFinite(a.data[at])) continue;
    const entry = `${name}[${Math.floor(at / a.cols)}, ${at % a.cols}]`;
    throw new RangeError(cannot(doing, "every entry must be finite", entry, a.data[at]));
  }
  return a;
}

/** Throws a `TypeError` unless `holds`, naming the shapes of both matrices. */
export function checkShapes(
  doing: string,
  need: string,
  holds: boolean,
  a: Matrix,
  b: Matrix,
): void {
  if (holds) return;
  throw new TypeError(
    `Cannot ${doing} as ${need}: the shapes are ${shown([a.rows, a.cols])} and ${
      shown([b.rows, b.cols])
    }`,
  );
}
