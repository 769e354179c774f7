/**
 * Products of matrices.
 *
 * @module
 */
import { checkMatrix, checkShapes, type Matrix } from "../matrix.ts";
import { portableProduct } from "./gemm.ts";
import type { ProductOptions } from "./kernels.ts";
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
  checkMatrix("multiply matrices", "a", a);
  checkMatrix("multiply matrices", "b", b);
  const rows = options.transposeA ? a.cols : a.rows;
  const inner = options.transposeA ? a.rows : a.cols;
  const cols = options.transposeB ? b.rows : b.cols;
  const matches = inner === (options.transposeB ? b.cols : b.rows);
  checkShapes("multiply matrices", `the inner lengths must be equal${ops(options)}`, matches, a, b);
  if (rows * inner * cols <= SMALL_PRODUCT) return portableProduct(a, b, options);
  return kernels().product(a, b, options);
}

/** Names the transposed factors for an error. */
function ops({ transposeA, transposeB }: ProductOptions): string {
  if (transposeA && transposeB) return " with both factors transposed";
  return transposeA ? " with a transposed" : transposeB ? " with b transposed" : "";
}
