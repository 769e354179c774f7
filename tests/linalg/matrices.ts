/**
 * Matrices with known answers, and distances, for the tests of linear algebra.
 *
 * @module
 */
import {
  diagonal,
  identity,
  matmul,
  type Matrix,
  matrix,
  qr,
  type Rng,
  subtract,
  transpose,
} from "resolvent";

/** Largest size of an entry. */
export function largest(a: Matrix): number {
  return a.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Largest difference of two matrices over the largest entry of the first. */
export function relativeDistance(a: Matrix, b: Matrix): number {
  const unit = largest(a);
  return largest(subtract(a, b)) / (unit === 0 ? 1 : unit);
}

/** Largest entry of `q^T q - I`. */
export function skewness(q: Matrix): number {
  return largest(subtract(matmul(q, q, { transposeA: true }), identity(q.cols)));
}

/** Largest difference of two spectra over the largest value. */
export function spectrumDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let unit = 0, most = 0;
  for (let i = 0; i < a.length; i++) {
    unit = Math.max(unit, Math.abs(a[i]));
    most = Math.max(most, Math.abs(a[i] - b[i]));
  }
  return unit === 0 ? most : most / unit;
}

/** `u diag(s) v^T`. */
export function product(u: Matrix, s: Float64Array, v: Matrix): Matrix {
  return matmul(matmul(u, diagonal(s)), v, { transposeB: true });
}

/** Orthonormal columns from a Gaussian matrix. */
export function orthonormal(key: Rng, rows: number, cols: number): Matrix {
  return qr(key.normal([rows, cols])).q;
}

/** A matrix with given singular values and random singular vectors. */
export function withSpectrum(
  key: Rng,
  s: readonly number[],
  [rows, cols]: readonly [number, number],
): Matrix {
  const left = orthonormal(key.fork("left"), rows, s.length);
  const right = orthonormal(key.fork("right"), cols, s.length);
  return product(left, Float64Array.from(s), right);
}

/** The second-difference matrix, with eigenvalues `2 - 2 cos(k pi / (n + 1))`. */
export function secondDifference(n: number): Matrix {
  return matrix(n, n, (i, j) => i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0);
}

/** Its eigenvalues, ascending. */
export function secondDifferenceSpectrum(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1)));
}

/** The first-difference matrix, `[n + 1, n]`, with singular values `2 sin(k pi / (2 (n + 1)))`. */
export function firstDifference(n: number): Matrix {
  return matrix(n + 1, n, (i, j) => i === j ? 1 : i === j + 1 ? -1 : 0);
}

/** Its singular values, descending. */
export function firstDifferenceSpectrum(n: number): Float64Array {
  return Float64Array.from(
    { length: n },
    (_, k) => 2 * Math.sin((n - k) * Math.PI / (2 * (n + 1))),
  );
}

/** The Hilbert matrix. */
export function hilbert(n: number): Matrix {
  return matrix(n, n, (i, j) => 1 / (i + j + 1));
}

/** The symmetric part. */
export function symmetrised(a: Matrix): Matrix {
  const t = transpose(a);
  return { ...a, data: a.data.map((value, at) => (value + t.data[at]) / 2) };
}
