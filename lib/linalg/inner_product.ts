/**
 * The inner product of matrices.
 *
 * @module
 */
import { checkShapes, type Matrix } from "../matrix.ts";

/** `<A, B>`, the sum over entries of `A[i, j] B[i, j]`; `<A, A>` is the squared Frobenius norm. */
export function innerProduct(a: Matrix, b: Matrix): number {
  const same = a.rows === b.rows && a.cols === b.cols;
  checkShapes("take an inner product", "both need one shape", same, a, b);
  let sum = 0;
  for (let at = 0; at < a.data.length; at++) sum += a.data[at] * b.data[at];
  return sum;
}
