/**
 * Linear maps that are known by what they do to a vector.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { portableMultiply } from "./gemm.ts";
import { kernels } from "./provider.ts";

/** A linear map from vectors of length `cols` to vectors of length `rows`. */
export type Operator = {
  /** Length of what `apply` returns. */
  readonly rows: number;
  /** Length of what `apply` takes. */
  readonly cols: number;
  /** The image of a vector of length `cols`; the vector is not changed. */
  readonly apply: (x: Float64Array) => Float64Array;
  /** The image of a vector of length `rows` under the transposed map. */
  readonly applyTransposed: (y: Float64Array) => Float64Array;
};

/** Up to so many entries (measured) a call of a library costs more than the product. */
const SMALL_PRODUCT = 256;

/**
 * Makes the operator of a matrix.
 *
 * **Definition** `apply(x) = A x`, `applyTransposed(y) = A^T y`.
 *
 * @param a Matrix, shape `[m, n]`; a side may be 0
 * @returns The map with `rows = m` and `cols = n`; each application is one pass over the entries
 * @throws {TypeError} if `a` is not a matrix
 * @throws {RangeError} if an entry is not finite
 *
 * @example A matrix applied to a vector, and its transpose
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, matrixOperator } from "resolvent";
 *
 * const { apply, applyTransposed } = matrixOperator(matrix(1, 2, [3, 4]));
 * assertEquals([...apply(Float64Array.of(1, 1))], [7]);
 * assertEquals([...applyTransposed(Float64Array.of(2))], [6, 8]);
 * ```
 *
 * Source: Y. Saad, Iterative Methods for Sparse Linear Systems, 2nd edition, SIAM 2003, section 1.
 */
export function matrixOperator(a: Matrix): Operator {
  return operatorOf(checkMatrix("make an operator", "a", a));
}

/** The operator of a matrix whose entries are known to be finite. */
export function operatorOf(a: Matrix): Operator {
  return {
    rows: a.rows,
    cols: a.cols,
    apply: (x) => multiplied(a, checkLength("a.cols", a.cols, x), false),
    applyTransposed: (y) => multiplied(a, checkLength("a.rows", a.rows, y), true),
  };
}

/** `a x` or `a^T x`. */
function multiplied(a: Matrix, x: Float64Array, transposed: boolean): Float64Array {
  if (a.data.length <= SMALL_PRODUCT) return portableMultiply(a, x, transposed);
  return kernels().multiply(a, x, transposed);
}

/** Returns a vector of the length needed, or throws. */
function checkLength(need: string, length: number, x: Float64Array): Float64Array {
  if (x instanceof Float64Array && x.length === length) return x;
  throw new TypeError(
    cannot("apply an operator", `the vector must have length ${need}, ${length}`, "the vector", x),
  );
}
