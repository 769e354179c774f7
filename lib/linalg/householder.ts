/**
 * Householder reflections `H = I - tau v v^T` on row-major storage, and the QR decomposition.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import type { Qr } from "./kernels.ts";

/** A block of a row-major array: rows `[i0, i1)`, columns `[j0, j1)`, rows `stride` apart. */
export type Block = {
  readonly data: Float64Array;
  readonly stride: number;
  readonly i0: number;
  readonly i1: number;
  readonly j0: number;
  readonly j1: number;
};

/**
 * Turns `x[from..to)` into the vector v of the reflection that maps x to `beta e_pivot`, with
 * `v[pivot] = 1`; returns `tau` and `beta`. `tau` is 0 if x is already a multiple of `e_pivot`.
 */
export function reflector(
  x: Float64Array,
  [from, to]: readonly [number, number],
  pivot: number,
): { readonly tau: number; readonly beta: number } {
  let largest = 0;
  for (let i = from; i < to; i++) {
    if (i !== pivot) largest = Math.max(largest, Math.abs(x[i]));
  }
  const alpha = x[pivot];
  x[pivot] = 1;
  if (largest === 0) return { tau: 0, beta: alpha };
  const unit = Math.max(largest, Math.abs(alpha));
  let sum = (alpha / unit) ** 2;
  for (let i = from; i < to; i++) {
    if (i !== pivot) sum += (x[i] / unit) ** 2;
  }
  const norm = unit * Math.sqrt(sum);
  // The sign that adds, so that nothing cancels.
  const beta = alpha > 0 ? -norm : norm;
  const factor = 1 / (alpha - beta);
  for (let i = from; i < to; i++) {
    if (i !== pivot) x[i] = Number.isFinite(factor) ? x[i] * factor : x[i] / (alpha - beta);
  }
  return { tau: (beta - alpha) / beta, beta };
}

/** Sums `w[j] = sum_i v[i] block[i, j]`, four rows at a time. */
export function weightedRows(
  { data, stride, i0, i1, j0, j1 }: Block,
  v: Float64Array,
  w: Float64Array,
): void {
  for (let j = j0; j < j1; j++) w[j] = 0;
  let i = i0;
  for (; i + 3 < i1; i += 4) {
    const v0 = v[i], v1 = v[i + 1], v2 = v[i + 2], v3 = v[i + 3];
    let p = i * stride + j0, q = p + stride, r = q + stride, s = r + stride;
    for (let j = j0; j < j1; j++) {
      w[j] += (v0 * data[p++] + v1 * data[q++]) + (v2 * data[r++] + v3 * data[s++]);
    }
  }
  for (; i < i1; i++) {
    const vi = v[i];
    for (let j = j0, p = i * stride + j0; j < j1; j++) w[j] += vi * data[p++];
  }
}

/** Subtracts `v[i] w[j]` from the block, two rows at a time. */
export function subtractOuter(
  { data, stride, i0, i1, j0, j1 }: Block,
  v: Float64Array,
  w: Float64Array,
): void {
  let i = i0;
  for (; i + 1 < i1; i += 2) {
    const v0 = v[i], v1 = v[i + 1];
    for (let j = j0, p = i * stride + j0, q = p + stride; j < j1; j++, p++, q++) {
      const wj = w[j];
      data[p] -= v0 * wj;
      data[q] -= v1 * wj;
    }
  }
  if (i < i1) {
    const vi = v[i];
    for (let j = j0, p = i * stride + j0; j < j1; j++, p++) data[p] -= vi * w[j];
  }
}

/** Replaces a block by `H block`; `w` is room for one row. */
export function reflectRows(block: Block, v: Float64Array, tau: number, w: Float64Array): void {
  if (tau === 0 || block.j1 <= block.j0) return;
  weightedRows(block, v, w);
  for (let j = block.j0; j < block.j1; j++) w[j] *= tau;
  subtractOuter(block, v, w);
}

/**
 * Makes the first `k` columns of `H_0 H_1 ... H_(k-1)`, shape `[rows, k]`, where reflection i leaves
 * the first `i + shift` entries alone and `vector(i, v)` writes the others to v.
 */
export function productOfReflections(
  rows: number,
  k: number,
  { shift, count, taus, vector }: {
    readonly shift: number;
    readonly count: number;
    readonly taus: Float64Array;
    readonly vector: (i: number, v: Float64Array) => void;
  },
): Float64Array {
  const out = new Float64Array(rows * k);
  for (let i = 0; i < k; i++) out[i * k + i] = 1;
  const v = new Float64Array(rows);
  const w = new Float64Array(k);
  for (let i = count - 1; i >= 0; i--) {
    if (taus[i] === 0) continue;
    vector(i, v);
    const first = i + shift;
    reflectRows({ data: out, stride: k, i0: first, i1: rows, j0: first, j1: k }, v, taus[i], w);
  }
  return out;
}

/** Reduces a copy of `a` to triangular form; the vectors stay below the diagonal. */
function triangularised(a: Matrix): { readonly data: Float64Array; readonly taus: Float64Array } {
  const { rows: m, cols: n } = a;
  const k = Math.min(m, n);
  const data = new Float64Array(a.data);
  const taus = new Float64Array(k);
  const v = new Float64Array(m);
  const w = new Float64Array(n);
  for (let i = 0; i < k; i++) {
    for (let row = i; row < m; row++) v[row] = data[row * n + i];
    const { tau, beta } = reflector(v, [i, m], i);
    taus[i] = tau;
    reflectRows({ data, stride: n, i0: i, i1: m, j0: i + 1, j1: n }, v, tau, w);
    data[i * n + i] = beta;
    for (let row = i + 1; row < m; row++) data[row * n + i] = v[row];
  }
  return { data, taus };
}

/** The upper triangle, shape `[k, n]`. */
function upperTriangle(data: Float64Array, k: number, n: number): Matrix {
  const r = new Float64Array(k * n);
  for (let i = 0; i < k; i++) {
    for (let j = i; j < n; j++) r[i * n + j] = data[i * n + j];
  }
  return { rows: k, cols: n, data: r };
}

/** Thin QR by Householder reflections. */
export function householderQr(a: Matrix): Qr {
  const { rows: m, cols: n } = a;
  const k = Math.min(m, n);
  const { data, taus } = triangularised(a);
  const vector = (i: number, v: Float64Array): void => {
    v[i] = 1;
    for (let row = i + 1; row < m; row++) v[row] = data[row * n + i];
  };
  const q = productOfReflections(m, k, { shift: 0, count: k, taus, vector });
  return { q: { rows: m, cols: k, data: q }, r: upperTriangle(data, k, n) };
}

/** The factor r alone. */
export function householderR(a: Matrix): Matrix {
  return upperTriangle(triangularised(a).data, Math.min(a.rows, a.cols), a.cols);
}
