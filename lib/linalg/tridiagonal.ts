/**
 * Reduction of a symmetric matrix to tridiagonal form by reflections, last row first, on the lower
 * triangle.
 *
 * @module
 */
import { reflector, reflectRows } from "./householder.ts";

/** `a = q T q^T` with T symmetric tridiagonal; `q` is made when asked for. */
export type Tridiagonal = {
  /** Diagonal of T, length n. */
  readonly diagonal: Float64Array;
  /** Entries beside the diagonal, length n - 1. */
  readonly beside: Float64Array;
  /** Makes `q`, shape `[n, n]`, row by row. */
  readonly vectors: () => Float64Array;
};

/** Reduces `data`, shape `[n, n]`, in place; entries above the diagonal are not read. */
export function tridiagonalised(data: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(Math.max(0, n - 1));
  const taus = new Float64Array(n);
  const p = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    diagonal[i] = data[i * n + i];
    const v = data.subarray(i * n, i * n + i);
    const { tau, beta } = reflector(v, [0, i], i - 1);
    beside[i - 1] = beta;
    taus[i] = tau;
    if (tau === 0) continue;
    timesSymmetric(data, n, v, p);
    let overlap = 0;
    for (let j = 0; j < i; j++) overlap += p[j] * v[j];
    // w = tau p - (tau^2 / 2) (p^T v) v, so that H A H = A - v w^T - w v^T.
    for (let j = 0; j < i; j++) p[j] = tau * (p[j] - 0.5 * tau * overlap * v[j]);
    subtractSymmetric(data, n, v, p);
  }
  diagonal[0] = data[0];
  const vectors = (): Float64Array => {
    const q = new Float64Array(n * n);
    const w = new Float64Array(n);
    for (let i = 0; i < n; i++) q[i * n + i] = 1;
    for (let i = 1; i < n; i++) {
      const v = data.subarray(i * n, i * n + i);
      reflectRows({ data: q, stride: n, i0: 0, i1: i, j0: 0, j1: i }, v, taus[i], w);
    }
    return q;
  };
  return { diagonal, beside, vectors };
}

/** `p = A v` from the lower triangle of the leading block, two rows at a time. */
function timesSymmetric(a: Float64Array, n: number, v: Float64Array, p: Float64Array): void {
  const size = v.length;
  p.fill(0, 0, size);
  let i = 0;
  for (; i + 1 < size; i += 2) {
    const v0 = v[i], v1 = v[i + 1];
    const x = i * n, y = x + n;
    let sum0 = a[x + i] * v0, sum1 = a[y + i + 1] * v1 + a[y + i] * v0;
    p[i] = a[y + i] * v1;
    for (let j = 0; j < i; j++) {
      const vj = v[j], a0 = a[x + j], a1 = a[y + j];
      sum0 += a0 * vj;
      sum1 += a1 * vj;
      p[j] += a0 * v0 + a1 * v1;
    }
    p[i] += sum0;
    p[i + 1] = sum1;
  }
  if (i < size) {
    const vi = v[i], x = i * n;
    let sum = a[x + i] * vi;
    for (let j = 0; j < i; j++) {
      sum += a[x + j] * v[j];
      p[j] += a[x + j] * vi;
    }
    p[i] = sum;
  }
}

/** The lower triangle of `A - v w^T - w v^T`, two rows at a time. */
function subtractSymmetric(a: Float64Array, n: number, v: Float64Array, w: Float64Array): void {
  const size = v.length;
  let i = 0;
  for (; i + 1 < size; i += 2) {
    const v0 = v[i], w0 = w[i], v1 = v[i + 1], w1 = w[i + 1];
    for (let j = 0, x = i * n, y = x + n; j <= i; j++, x++, y++) {
      const vj = v[j], wj = w[j];
      a[x] -= v0 * wj + w0 * vj;
      a[y] -= v1 * wj + w1 * vj;
    }
    a[(i + 1) * n + i + 1] -= 2 * v1 * w1;
  }
  if (i < size) {
    for (let j = 0, x = i * n; j <= i; j++, x++) a[x] -= v[i] * w[j] + w[i] * v[j];
  }
}
