/**
 * Eigenvalues and eigenvectors of symmetric matrices.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import type { Eigh } from "./kernels.ts";
import { kernels } from "./provider.ts";
import { largestEntry, normalised, times } from "./scaling.ts";

/** Entries across the diagonal may differ by so much of the largest: rounding of a long sum. */
const SYMMETRY = 1e-10;

/**
 * Computes eigenvalues and orthonormal eigenvectors of a symmetric matrix.
 *
 * **Definition** `A = Z diag(w) Z^T` with `Z^T Z = I`, `w[0] <= ... <= w[n-1]`; of entries that
 * differ by rounding the mean `(A + A^T) / 2` is used.
 *
 * @param a Symmetric matrix, shape `[n, n]`; n may be 0
 * @returns `values` of length n, ascending, and `vectors` of shape `[n, n]`, one per column
 * @throws {TypeError} if `a` is not a square matrix
 * @throws {RangeError} if an entry is not finite, or entries across the diagonal differ by more than
 * 1e-10 of the largest
 * @throws {Error} if the iteration does not converge
 *
 * @example Eigenvalues of a coupling
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { eigh, matrix } from "resolvent";
 *
 * const { values } = eigh(matrix(2, 2, [2, 1, 1, 2]));
 * assertAlmostEquals(values[0], 1, 1e-12);
 * assertAlmostEquals(values[1], 3, 1e-12);
 * ```
 *
 * Source: J. H. Wilkinson and C. Reinsch, Handbook for Automatic Computation II: Linear Algebra,
 * Springer 1971, contributions II/2 and II/4.
 */
export function eigh(a: Matrix): Eigh {
  const symmetric = checkSymmetric("compute an eigendecomposition", a);
  if (a.rows === 0) return { values: new Float64Array(0), vectors: symmetric };
  const { a: unit, unit: size } = normalised(symmetric);
  const { values, vectors } = kernels().eigh(unit);
  return { values: times(values, size), vectors };
}

/**
 * Computes the eigenvalues of a symmetric matrix alone, which is faster than with vectors.
 *
 * **Definition** The numbers `w` with `det(A - w I) = 0`, ascending, with multiplicity; of entries
 * that differ by rounding the mean `(A + A^T) / 2` is used.
 *
 * @param a Symmetric matrix, shape `[n, n]`; n may be 0
 * @returns Eigenvalues, length n, ascending
 * @throws {TypeError} if `a` is not a square matrix
 * @throws {RangeError} if an entry is not finite, or entries across the diagonal differ by more than
 * 1e-10 of the largest
 * @throws {Error} if the iteration does not converge
 *
 * @example Eigenvalues of a diagonal matrix
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { diagonal, eigenvalues } from "resolvent";
 *
 * assertEquals([...eigenvalues(diagonal([3, -1]))], [-1, 3]);
 * ```
 *
 * Source: J. H. Wilkinson and C. Reinsch, Handbook for Automatic Computation II: Linear Algebra,
 * Springer 1971, contributions II/2 and II/3.
 */
export function eigenvalues(a: Matrix): Float64Array {
  const symmetric = checkSymmetric("compute eigenvalues", a);
  if (a.rows === 0) return new Float64Array(0);
  const { a: unit, unit: size } = normalised(symmetric);
  return times(kernels().eigenvalues(unit), size);
}

/** Throws unless `a` is square. */
export function checkSquare(doing: string, a: Matrix): Matrix {
  checkMatrix(doing, "a", a);
  if (a.rows === a.cols) return a;
  throw new TypeError(cannot(doing, "a must be square", "a", a));
}

/** Returns the symmetric part of `a`, or throws unless `a` is symmetric up to rounding. */
export function checkSymmetric(doing: string, a: Matrix): Matrix {
  checkSquare(doing, a);
  const n = a.rows;
  const allowed = SYMMETRY * largestEntry(a.data);
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    data[i * n + i] = a.data[i * n + i];
    for (let j = 0; j < i; j++) {
      const lower = a.data[i * n + j], upper = a.data[j * n + i];
      if (Math.abs(lower - upper) > allowed) {
        const name = `a[${i}, ${j}] - a[${j}, ${i}]`;
        throw new RangeError(cannot(doing, "a must be symmetric", name, lower - upper));
      }
      data[i * n + j] = data[j * n + i] = lower / 2 + upper / 2;
    }
  }
  return { rows: n, cols: n, data };
}
