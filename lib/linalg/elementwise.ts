/**
 * Entrywise arithmetic of matrices, and the matrices with a name.
 *
 * @module
 */
import { checkInteger, checkList, checkNumber } from "../check.ts";
import { allFinite, checkMatrix, checkShapes, isMatrix, type Matrix } from "../matrix.ts";
import { multiple } from "./scaling.ts";

/** Side of the square blocks in which a transpose is copied, so that both sides stay in cache. */
const BLOCK = 32;

/** Transposes row-major entries without checks; `stride` is the distance between rows. */
export function transposed(
  rows: number,
  cols: number,
  data: Float64Array,
  stride: number = cols,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(rows * cols);
  for (let i0 = 0; i0 < rows; i0 += BLOCK) {
    const i1 = Math.min(i0 + BLOCK, rows);
    for (let j0 = 0; j0 < cols; j0 += BLOCK) {
      const j1 = Math.min(j0 + BLOCK, cols);
      for (let j = j0; j < j1; j++) {
        for (let i = i0; i < i1; i++) out[j * rows + i] = data[i * stride + j];
      }
    }
  }
  return out;
}

/** Copies the triangle above the diagonal of `data`, shape `[n, n]`, to the one below. */
export function mirrorUpper(data: Float64Array, n: number): void {
  for (let i0 = 0; i0 < n; i0 += BLOCK) {
    const i1 = Math.min(i0 + BLOCK, n);
    for (let j0 = i0; j0 < n; j0 += BLOCK) {
      const j1 = Math.min(j0 + BLOCK, n);
      for (let j = j0; j < j1; j++) {
        for (let i = i0, end = Math.min(i1, j); i < end; i++) data[j * n + i] = data[i * n + j];
      }
    }
  }
}

/**
 * Transposes a matrix.
 *
 * **Definition** `(A^T)[j, i] = A[i, j]`.
 *
 * @param a Matrix, shape `[m, n]`
 * @returns shape `[n, m]`
 * @throws {TypeError} if `a` is not a matrix
 * @throws {RangeError} if an entry is not finite
 *
 * @example A row becomes a column
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, transpose } from "resolvent";
 *
 * assertEquals(transpose(matrix(2, 3, [1, 2, 3, 4, 5, 6])), matrix(3, 2, [1, 4, 2, 5, 3, 6]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 1.1.
 */
export function transpose(a: Matrix): Matrix {
  checkMatrix("transpose a matrix", "a", a);
  return { rows: a.cols, cols: a.rows, data: transposed(a.rows, a.cols, a.data) };
}

/**
 * Adds two matrices of one shape.
 *
 * **Definition** `(A + B)[i, j] = A[i, j] + B[i, j]`.
 *
 * @param a First term, shape `[m, n]`
 * @param b Second term, shape `[m, n]`
 * @returns shape `[m, n]`
 * @throws {TypeError} if an argument is not a matrix or the shapes differ
 * @throws {RangeError} if an entry is not finite
 *
 * @example A sum
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { add, matrix } from "resolvent";
 *
 * assertEquals(add(matrix(1, 2, [1, 2]), matrix(1, 2, [10, 20])), matrix(1, 2, [11, 22]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 1.1.
 */
export function add(a: Matrix, b: Matrix): Matrix {
  return combined("add matrices", a, b, 1);
}

/**
 * Subtracts one matrix from another of the same shape.
 *
 * **Definition** `(A - B)[i, j] = A[i, j] - B[i, j]`.
 *
 * @param a First term, shape `[m, n]`
 * @param b Term to subtract, shape `[m, n]`
 * @returns shape `[m, n]`
 * @throws {TypeError} if an argument is not a matrix or the shapes differ
 * @throws {RangeError} if an entry is not finite
 *
 * @example A difference
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, subtract } from "resolvent";
 *
 * assertEquals(subtract(matrix(1, 2, [11, 22]), matrix(1, 2, [10, 20])), matrix(1, 2, [1, 2]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 1.1.
 */
export function subtract(a: Matrix, b: Matrix): Matrix {
  return combined("subtract matrices", a, b, -1);
}

/** `a + sign b`, checked. */
function combined(doing: string, a: Matrix, b: Matrix, sign: 1 | -1): Matrix {
  const fit = isMatrix(a) && isMatrix(b) && a.rows === b.rows && a.cols === b.cols;
  if (!fit) checkTerms(doing, a, b);
  const x = a.data, y = b.data, data = new Float64Array(x.length);
  for (let at = 0; at < data.length; at++) data[at] = x[at] + sign * y[at];
  // A NaN or an infinity in a term stays one in the sum; what else is not finite is overflow.
  if (!allFinite(data)) checkTerms(doing, a, b);
  return { rows: a.rows, cols: a.cols, data };
}

/** Refuses terms that are no matrices of one shape with finite entries. */
function checkTerms(doing: string, a: Matrix, b: Matrix): void {
  checkMatrix(doing, "a", a);
  checkMatrix(doing, "b", b);
  checkShapes(doing, "they must have one shape", a.rows === b.rows && a.cols === b.cols, a, b);
}

/**
 * Multiplies every entry of a matrix by a number.
 *
 * **Definition** `(c A)[i, j] = c A[i, j]`.
 *
 * @param a Matrix, shape `[m, n]`
 * @param c Factor, a finite number
 * @returns shape `[m, n]`
 * @throws {TypeError} if `a` is not a matrix
 * @throws {RangeError} if an entry or `c` is not finite
 *
 * @example Half of a matrix
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, scale } from "resolvent";
 *
 * assertEquals(scale(matrix(1, 2, [2, 4]), 0.5), matrix(1, 2, [1, 2]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 1.1.
 */
export function scale(a: Matrix, c: number): Matrix {
  checkMatrix("scale a matrix", "a", a);
  checkNumber("scale a matrix", "c", c);
  return { rows: a.rows, cols: a.cols, data: multiple(a.data, c) };
}

/**
 * Makes the identity matrix.
 *
 * **Definition** `I[i, j] = 1` if `i = j`, else 0.
 *
 * @param n Number of rows and columns, an integer of at least 0
 * @returns shape `[n, n]`
 * @throws {RangeError} if `n` is not an integer of at least 0
 *
 * @example The identity of two dimensions
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { identity, matrix } from "resolvent";
 *
 * assertEquals(identity(2), matrix(2, 2, [1, 0, 0, 1]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 1.2.
 */
export function identity(n: number): Matrix {
  checkInteger("make an identity matrix", "n", n, { min: 0 });
  return diagonal(new Float64Array(n).fill(1));
}

/**
 * Makes a diagonal matrix.
 *
 * **Definition** `D[i, j] = values[i]` if `i = j`, else 0.
 *
 * @param values Diagonal entries, length n
 * @returns shape `[n, n]`
 * @throws {RangeError} if a value is not finite
 *
 * @example Two values on the diagonal
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { diagonal, matrix } from "resolvent";
 *
 * assertEquals(diagonal([3, 4]), matrix(2, 2, [3, 0, 0, 4]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 1.2.
 */
export function diagonal(values: ArrayLike<number>): Matrix {
  const n = checkList("make a diagonal matrix", "values", values).length;
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    data[i * n + i] = checkNumber("make a diagonal matrix", `values[${i}]`, values[i]);
  }
  return { rows: n, cols: n, data };
}

/** Columns `from` to `to`, the last excluded. */
export function sliceColumns(a: Matrix, from: number, to: number): Matrix {
  const cols = to - from;
  const data = new Float64Array(a.rows * cols);
  for (let i = 0; i < a.rows; i++) {
    data.set(a.data.subarray(i * a.cols + from, i * a.cols + to), i * cols);
  }
  return { rows: a.rows, cols, data };
}
