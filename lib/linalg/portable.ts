/**
 * The numerical kernels in TypeScript, for machines without a library.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { portableMultiply, portableProduct } from "./gemm.ts";
import { householderQr } from "./householder.ts";
import {
  type Eigh,
  type LinalgKernels,
  notPositiveDefinite,
  singularMatrix,
  type SvdFactors,
} from "./kernels.ts";
import { gathered, portableSingularValues, portableSvd, turned } from "./portable_svd.ts";
import { RotationQueue } from "./rotations.ts";
import { tridiagonalised } from "./tridiagonal.ts";
import { tridiagonalQl } from "./tridiagonal_ql.ts";

/** The kernels. */
export const portableKernels: LinalgKernels = {
  product: portableProduct,
  multiply: portableMultiply,
  svd,
  singularValues: portableSingularValues,
  eigh,
  eigenvalues,
  qr: householderQr,
  cholesky,
  solve,
  leastSquares,
};

/** Singular values and vectors, the right ones as rows. */
function svd(a: Matrix): SvdFactors {
  const { u, s, v } = portableSvd(a);
  return { u, s, vt: turned(v) };
}

/** Eigenvalues and vectors. */
function eigh(a: Matrix): Eigh {
  const n = a.rows;
  const { diagonal, beside, vectors } = tridiagonalised(new Float64Array(a.data), n);
  const z = vectors();
  tridiagonalQl(diagonal, beside, new RotationQueue(z, n, n));
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i] - diagonal[j]);
  return {
    values: Float64Array.from(order, (i) => diagonal[i]),
    vectors: { rows: n, cols: n, data: gathered(z, n, order) },
  };
}

/** Eigenvalues, ascending. */
function eigenvalues(a: Matrix): Float64Array {
  const { diagonal, beside } = tridiagonalised(new Float64Array(a.data), a.rows);
  tridiagonalQl(diagonal, beside);
  return diagonal.sort();
}

/** Row by row: entry (i, j) needs rows i and j of the factor, which lie in one piece. */
function cholesky(a: Matrix): Matrix {
  const n = a.rows;
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a.data[i * n + j];
      for (let k = 0, p = i * n, q = j * n; k < j; k++) sum -= l[p + k] * l[q + k];
      if (j < i) l[i * n + j] = sum / l[j * n + j];
      else if (sum > 0) l[i * n + i] = Math.sqrt(sum);
      else throw notPositiveDefinite(i);
    }
  }
  return { rows: n, cols: n, data: l };
}

/** Elimination with row exchanges, on rows. */
function solve(a: Matrix, b: Matrix): Matrix {
  const n = a.rows, many = b.cols;
  const left = Array.from({ length: n }, (_, i) => a.data.slice(i * n, (i + 1) * n));
  const right = Array.from({ length: n }, (_, i) => b.data.slice(i * many, (i + 1) * many));
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(left[i][k]) > Math.abs(left[pivot][k])) pivot = i;
    }
    if (left[pivot][k] === 0) throw singularMatrix(k);
    [left[k], left[pivot]] = [left[pivot], left[k]];
    [right[k], right[pivot]] = [right[pivot], right[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = left[i][k] / left[k][k];
      if (factor === 0) continue;
      subtractMultiple(left[i], left[k], factor, k + 1);
      subtractMultiple(right[i], right[k], factor, 0);
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = 0; j < many; j++) right[k][j] /= left[k][k];
    for (let i = 0; i < k; i++) subtractMultiple(right[i], right[k], left[i][k], 0);
  }
  const data = new Float64Array(n * many);
  right.forEach((row, i) => data.set(row, i * many));
  return { rows: n, cols: many, data };
}

/** `row - factor * other`, in place from column `from` on. */
function subtractMultiple(
  row: Float64Array,
  other: Float64Array,
  factor: number,
  from: number,
): void {
  for (let j = from; j < row.length; j++) row[j] -= factor * other[j];
}

/** `V diag(1/s) U^T b` over the singular values that count. */
function leastSquares(a: Matrix, b: Matrix, tolerance: number): Matrix {
  const { u, s, v } = portableSvd(a);
  const parts = portableProduct(u, b, { transposeA: true });
  for (let i = 0; i < s.length; i++) {
    for (let j = 0; j < b.cols; j++) {
      parts.data[i * b.cols + j] = s[i] > tolerance * s[0] ? parts.data[i * b.cols + j] / s[i] : 0;
    }
  }
  return portableProduct(v, parts, {});
}
