/**
 * Products of matrices.
 *
 * @module
 */
import { allFinite, checkMatrix, checkShapes, isMatrix, type Matrix } from "../matrix.ts";
import { portableProduct } from "./gemm.ts";
import type { KernelProductOptions, ProductOptions } from "./kernels.ts";
import { kernels } from "./provider.ts";

/** Up to so many multiplications (measured) a call of a library costs more than the product. */
const SMALL_PRODUCT = 512;

/**
 * Multiplies two matrices, either of them transposed without a copy.
 *
 * **Definition** `C[i, j] = sum_k op(A)[i, k] op(B)[k, j]`, `op` the identity or the transpose.
 *
 * @param a First factor, shape `[m, k]`, or `[k, m]` if `transposeA`
 * @param b Second factor, shape `[k, n]`, or `[n, k]` if `transposeB`
 * @param options Which factors are transposed; none by default
 * @returns shape `[m, n]`; zeros where `k` is 0. Costs `2 m n k` operations
 * @throws {TypeError} if an argument is not a matrix or the inner lengths differ
 * @throws {RangeError} if an entry is not finite
 *
 * @example A product, and the Gram matrix of the columns
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matmul, matrix } from "resolvent";
 *
 * const a = matrix(2, 2, [1, 2, 3, 4]);
 * assertEquals(matmul(a, matrix(2, 1, [1, 1])), matrix(2, 1, [3, 7]));
 * assertEquals(matmul(a, a, { transposeA: true }), matrix(2, 2, [10, 14, 14, 20]));
 * ```
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 1.1.
 */
export function matmul(a: Matrix, b: Matrix, options: ProductOptions = {}): Matrix {
  if (!isMatrix(a) || !isMatrix(b)) checkFactors(a, b);
  const [rows, inner, cols] = lengths(a, b, options);
  const matches = inner === (options.transposeB ? b.cols : b.rows);
  if (matches && rows * inner * cols > 0 && rows * cols <= a.data.length + b.data.length) {
    const c = product(a, b, options);
    // Every entry of a factor is part of a sum, and no sum loses a NaN or an infinity: a finite
    // product has finite factors, which need no pass of their own. Overflow is left as it is.
    if (!allFinite(c.data)) checkFactors(a, b);
    return c;
  }
  checkFactors(a, b);
  checkShapes("multiply matrices", `the inner lengths must be equal${ops(options)}`, matches, a, b);
  return product(a, b, options);
}

/** `op(a) op(b)` without checks, for finite factors of matching shapes. */
export function product(a: Matrix, b: Matrix, options: KernelProductOptions): Matrix {
  const [rows, inner, cols] = lengths(a, b, options);
  if (rows * inner * cols <= SMALL_PRODUCT) return portableProduct(a, b, options);
  return kernels().product(a, b, options);
}

/** Numbers of rows, of terms in a sum, and of columns. */
function lengths(
  a: Matrix,
  b: Matrix,
  { transposeA, transposeB }: ProductOptions,
): readonly [number, number, number] {
  return [
    transposeA ? a.cols : a.rows,
    transposeA ? a.rows : a.cols,
    transposeB ? b.rows : b.cols,
  ];
}

/** Refuses what is no matrix or not finite. */
function checkFactors(a: Matrix, b: Matrix): void {
  checkMatrix("multiply matrices", "a", a);
  checkMatrix("multiply matrices", "b", b);
}

/** Names the transposed factors for an error. */
function ops({ transposeA, transposeB }: ProductOptions): string {
  if (transposeA && transposeB) return " with both factors transposed";
  return transposeA ? " with a transposed" : transposeB ? " with b transposed" : "";
}
