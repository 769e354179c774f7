/**
 * Reduction to bidiagonal form by reflections from both sides, for matrices with at least as many
 * rows as columns.
 *
 * @module
 */
import { productOfReflections, reflector, weightedRows } from "./householder.ts";

/** `a = u B v^T` with B upper bidiagonal; `u` and `v` are made when asked for. */
export type Bidiagonal = {
  /** Diagonal of B, length n. */
  readonly diagonal: Float64Array;
  /** Entries above the diagonal, length n - 1. */
  readonly above: Float64Array;
  /** Makes `u`, shape `[m, n]`, row by row. */
  readonly left: () => Float64Array;
  /** Makes `v`, shape `[n, n]`, row by row. */
  readonly right: () => Float64Array;
};

/** Reduces `data`, shape `[m, n]` with `m >= n`, in place. */
export function bidiagonalised(data: Float64Array, m: number, n: number): Bidiagonal {
  const diagonal = new Float64Array(n);
  const above = new Float64Array(Math.max(0, n - 1));
  const leftTaus = new Float64Array(n), rightTaus = new Float64Array(n);
  const v = new Float64Array(m);
  const w = new Float64Array(n), u = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    for (let i = k; i < m; i++) v[i] = data[i * n + k];
    const left = reflector(v, [k, m], k);
    diagonal[k] = left.beta;
    leftTaus[k] = left.tau;
    for (let i = k + 1; i < m; i++) data[i * n + k] = v[i];
    if (k + 1 === n) break;
    weightedRows({ data, stride: n, i0: k, i1: m, j0: k + 1, j1: n }, v, w);
    for (let j = k + 1; j < n; j++) {
      w[j] *= left.tau;
      u[j] = data[k * n + j] - w[j];
    }
    const right = reflector(u, [k + 1, n], k + 1);
    above[k] = right.beta;
    rightTaus[k] = right.tau;
    for (let j = k + 1; j < n; j++) data[k * n + j] = u[j];
    reflectBothSides(data, [k, m, n], { v, w, u, tau: right.tau });
  }
  const leftVector = (i: number, out: Float64Array): void => {
    out[i] = 1;
    for (let row = i + 1; row < m; row++) out[row] = data[row * n + i];
  };
  const rightVector = (i: number, out: Float64Array): void => {
    for (let j = i + 1; j < n; j++) out[j] = data[i * n + j];
  };
  const rightCount = Math.max(0, n - 1);
  return {
    diagonal,
    above,
    left: () =>
      productOfReflections(m, n, { shift: 0, count: n, taus: leftTaus, vector: leftVector }),
    right: () =>
      productOfReflections(n, n, {
        shift: 1,
        count: rightCount,
        taus: rightTaus,
        vector: rightVector,
      }),
  };
}

/**
 * Rows below k of `A - v w^T - z u^T` with `z = tau (A - v w^T) u`: both reflections in one pass
 * over each pair of rows, which are then in the first cache.
 */
function reflectBothSides(
  data: Float64Array,
  [k, m, n]: readonly [number, number, number],
  { v, w, u, tau }: {
    readonly v: Float64Array;
    readonly w: Float64Array;
    readonly u: Float64Array;
    readonly tau: number;
  },
): void {
  let overlap = 0;
  for (let j = k + 1; j < n; j++) overlap += w[j] * u[j];
  let i = k + 1;
  for (; i + 1 < m; i += 2) {
    const start = i * n + k + 1;
    let sum0 = 0, sum1 = 0;
    for (let j = k + 1, p = start, q = start + n; j < n; j++) {
      const uj = u[j];
      sum0 += data[p++] * uj;
      sum1 += data[q++] * uj;
    }
    const v0 = v[i], v1 = v[i + 1];
    const z0 = tau * (sum0 - v0 * overlap), z1 = tau * (sum1 - v1 * overlap);
    for (let j = k + 1, p = start, q = start + n; j < n; j++, p++, q++) {
      const wj = w[j], uj = u[j];
      data[p] -= v0 * wj + z0 * uj;
      data[q] -= v1 * wj + z1 * uj;
    }
  }
  if (i < m) {
    const start = i * n + k + 1;
    let sum = 0;
    for (let j = k + 1, p = start; j < n; j++) sum += data[p++] * u[j];
    const vi = v[i], zi = tau * (sum - vi * overlap);
    for (let j = k + 1, p = start; j < n; j++, p++) data[p] -= vi * w[j] + zi * u[j];
  }
}
