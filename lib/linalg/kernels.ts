/**
 * What a provider of dense linear algebra computes: one type, implemented twice, by LAPACK and by
 * portable TypeScript. The public functions check, scale and handle empty shapes before they call.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";

/** Thin singular value decomposition `a = u diag(s) v^T`. */
export type Svd = {
  /** Left singular vectors as columns, shape `[rows, k]` with `k = min(rows, cols)`. */
  readonly u: Matrix;
  /** Singular values, descending, length k. */
  readonly s: Float64Array;
  /** Right singular vectors as columns, shape `[cols, k]`. */
  readonly v: Matrix;
};

/** The same decomposition as a kernel leaves it, `v` transposed: `a = u diag(s) vt`. */
export type SvdFactors = {
  /** Left singular vectors as columns, shape `[rows, k]`. */
  readonly u: Matrix;
  /** Singular values, descending, length k. */
  readonly s: Float64Array;
  /** Right singular vectors as rows, shape `[k, cols]`. */
  readonly vt: Matrix;
};

/** Eigendecomposition `a = vectors diag(values) vectors^T` of a symmetric matrix. */
export type Eigh = {
  /** Eigenvalues, ascending, length n. */
  readonly values: Float64Array;
  /** Orthonormal eigenvectors as columns, shape `[n, n]`. */
  readonly vectors: Matrix;
};

/** Thin QR decomposition `a = q r`. */
export type Qr = {
  /** Orthonormal columns, shape `[rows, k]` with `k = min(rows, cols)`. */
  readonly q: Matrix;
  /** Upper triangular with a diagonal of at least 0, shape `[k, cols]`. */
  readonly r: Matrix;
};

/** Which operands of a product are transposed, and inside this library where the product goes. */
export type KernelProductOptions = ProductOptions & {
  /** Numbers to overwrite, as many as the product has: to make new ones costs as much as to fill them. */
  readonly out?: Float64Array<ArrayBuffer>;
};

/** Which operands of a product are transposed. */
export type ProductOptions = {
  /** Whether the first factor is transposed; `false` by default. */
  readonly transposeA?: boolean;
  /** Whether the second factor is transposed; `false` by default. */
  readonly transposeB?: boolean;
};

/**
 * The numerical kernels. Every argument is finite and has no side of length 0; the largest entry of
 * a matrix to decompose is far from underflow and overflow of its square; nothing given is changed.
 */
export type LinalgKernels = {
  /** `op(a) op(b)` for matching shapes. */
  readonly product: (a: Matrix, b: Matrix, options: KernelProductOptions) => Matrix;
  /** `a x`, or `a^T x` when `transposed`. */
  readonly multiply: (a: Matrix, x: Float64Array, transposed: boolean) => Float64Array;
  /** Thin SVD; if `passing`, the vectors may be overwritten by the next call. */
  readonly svd: (a: Matrix, passing?: boolean) => SvdFactors;
  /** Singular values, descending. */
  readonly singularValues: (a: Matrix) => Float64Array;
  /** Eigenvalues and vectors of a symmetric matrix. */
  readonly eigh: (a: Matrix) => Eigh;
  /** Eigenvalues of a symmetric matrix, ascending. */
  readonly eigenvalues: (a: Matrix) => Float64Array;
  /** Thin QR, of any signs. */
  readonly qr: (a: Matrix) => Qr;
  /** Lower triangular Cholesky factor; throws if a pivot is not positive. */
  readonly cholesky: (a: Matrix) => Matrix;
  /** Solution of `a x = b` for square `a`; throws if a pivot is zero. */
  readonly solve: (a: Matrix, b: Matrix) => Matrix;
  /** Solution of least norm; singular values up to `tolerance * s[0]` count as zero. */
  readonly leastSquares: (a: Matrix, b: Matrix, tolerance: number) => Matrix;
};

/** The error of an iteration that did not end. */
export function notConverged(doing: string, count: number): Error {
  return new Error(
    `Cannot ${doing} as the iteration must converge: the number of values not converged is ${count}`,
  );
}

/** The error of a pivot that is not positive, counted from 0. */
export function notPositiveDefinite(pivot: number): RangeError {
  return new RangeError(
    `Cannot factor a matrix by Cholesky as it must be positive definite: the first pivot that is not positive is number ${pivot}`,
  );
}

/** The error of a zero pivot, counted from 0. */
export function singularMatrix(pivot: number): RangeError {
  return new RangeError(
    `Cannot solve linear equations as a must be invertible: the first pivot that is zero is number ${pivot}`,
  );
}
