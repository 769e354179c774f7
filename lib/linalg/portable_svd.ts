/**
 * Singular values and vectors without a library: bidiagonal form, then QR sweeps.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { bidiagonalised } from "./bidiagonal.ts";
import { bidiagonalQr } from "./bidiagonal_qr.ts";
import { transposed } from "./elementwise.ts";
import { portableProduct } from "./gemm.ts";
import { householderQr, householderR } from "./householder.ts";
import type { Svd } from "./kernels.ts";
import { RotationQueue } from "./rotations.ts";

/** From this ratio of rows to columns on, a QR decomposition first is cheaper. */
const TALL = 1.6;

/** Thin SVD. */
export function portableSvd(a: Matrix): Svd {
  if (a.rows < a.cols) {
    const { u, s, v } = portableSvd(turned(a));
    return { u: v, s, v: u };
  }
  if (a.rows > TALL * a.cols) {
    const { q, r } = householderQr(a);
    const { u, s, v } = portableSvd(r);
    return { u: portableProduct(q, u, {}), s, v };
  }
  const { rows: m, cols: n } = a;
  const { diagonal, above, left, right } = bidiagonalised(new Float64Array(a.data), m, n);
  const u = left(), v = right();
  bidiagonalQr(diagonal, above, {
    left: new RotationQueue(u, m, n),
    right: new RotationQueue(v, n, n),
  });
  const order = descending(diagonal);
  const signs = order.map((i) => diagonal[i] < 0 ? -1 : 1);
  return {
    u: { rows: m, cols: n, data: gathered(u, n, order) },
    s: Float64Array.from(order, (i) => Math.abs(diagonal[i])),
    v: { rows: n, cols: n, data: gathered(v, n, order, signs) },
  };
}

/** Singular values, descending. */
export function portableSingularValues(a: Matrix): Float64Array {
  if (a.rows < a.cols) return portableSingularValues(turned(a));
  const { rows, cols, data } = a.rows > TALL * a.cols
    ? householderR(a)
    : { ...a, data: new Float64Array(a.data) };
  const { diagonal, above } = bidiagonalised(data, rows, cols);
  bidiagonalQr(diagonal, above);
  return diagonal.map(Math.abs).sort().reverse();
}

/** The transpose. */
export function turned(a: Matrix): Matrix {
  return { rows: a.cols, cols: a.rows, data: transposed(a.rows, a.cols, a.data) };
}

/** Indices by descending size. */
function descending(values: Float64Array): readonly number[] {
  return Array.from(values.keys()).sort((i, j) => Math.abs(values[j]) - Math.abs(values[i]));
}

/** Columns in a new order, with signs. */
export function gathered(
  data: Float64Array,
  cols: number,
  order: readonly number[],
  signs?: readonly number[],
): Float64Array {
  const out = new Float64Array(data.length);
  for (let row = 0; row < data.length; row += cols) {
    for (let j = 0; j < cols; j++) {
      out[row + j] = data[row + order[j]] * (signs === undefined ? 1 : signs[j]);
    }
  }
  return out;
}
