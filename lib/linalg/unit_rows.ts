/**
 * Rows of length one.
 *
 * @module
 */
import { cannot } from "../check.ts";
import type { Matrix } from "../matrix.ts";
import { dot } from "./inner_product.ts";
import { checkedAndNormalised } from "./scaling.ts";

/**
 * Divides every row of a matrix by its Euclidean norm.
 *
 * **Definition** `B[i, j] = A[i, j] / sqrt(sum_l A[i, l]^2)`.
 *
 * @param a Matrix, shape `[m, n]`, no row of zeros
 * @returns shape `[m, n]`, every row of length 1
 * @throws {TypeError} if `a` is not a matrix
 * @throws {RangeError} if an entry is not finite or a row has length zero
 *
 * @example Two directions
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, unitRows } from "resolvent";
 *
 * assertEquals(unitRows(matrix(2, 2, [3, 4, 0, -2])), matrix(2, 2, [0.6, 0.8, 0, -1]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 2.2; times the
 * root of the row's length it is the RMSNorm of Zhang and Sennrich, arXiv:1910.07467.
 */
export function unitRows(a: Matrix): Matrix {
  const doing = "make rows of unit length";
  const { rows, cols, data } = checkedAndNormalised(doing, "a", a).a;
  const out = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    const from = i * cols, to = from + cols;
    const row = data.subarray(from, to), length = Math.sqrt(dot(row, row));
    if (length === 0) {
      throw new RangeError(cannot(doing, "no row may have length zero", `row ${i}`, 0));
    }
    for (let at = from; at < to; at++) out[at] = data[at] / length;
  }
  return { rows, cols, data: out };
}
