/**
 * Matrix products without a library: packed panels and a 4 x 4 register block, after K. Goto and
 * R. A. van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS 34 (2008).
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import type { ProductOptions } from "./kernels.ts";

/** Side of the register block: 16 sums fill the registers of a 64-bit processor. */
const SIDE = 4;
/** Depth of a panel: 4 rows of 256 numbers are 8 KiB, so a pair stays in the first cache. */
const DEPTH = 256;
/** Rows of a packed block of the first factor: 128 x 256 numbers are 256 KiB, the second cache. */
const ROWS = 128;
/** Columns of a packed block of the second factor: 512 x 256 numbers are 1 MiB. */
const COLS = 512;
/** Products of fewer multiplications are done by three plain loops, which need no packing. */
const SMALL = 512;

/** Where the entry (i, k) of an operand lies: `data[i * row + k * col]`. */
type Strided = {
  readonly data: Float64Array;
  readonly row: number;
  readonly col: number;
};

/** The product `op(a) op(b)`; shapes are checked by the caller. */
export function portableProduct(a: Matrix, b: Matrix, options: ProductOptions): Matrix {
  const rows = options.transposeA ? a.cols : a.rows;
  const inner = options.transposeA ? a.rows : a.cols;
  const cols = options.transposeB ? b.rows : b.cols;
  const left = strided(a, options.transposeA);
  const right = strided(b, options.transposeB);
  const out = new Float64Array(rows * cols);
  if (rows * inner * cols <= SMALL) {
    plainProduct(left, right, out, [rows, inner, cols]);
    return { rows, cols, data: out };
  }
  const depth = Math.min(DEPTH, inner);
  const packedA = new Float64Array(padded(Math.min(ROWS, rows)) * depth);
  const packedB = new Float64Array(padded(Math.min(COLS, cols)) * depth);
  const tile = new Float64Array(SIDE * SIDE);
  for (let j0 = 0; j0 < cols; j0 += COLS) {
    const nj = Math.min(COLS, cols - j0);
    for (let k0 = 0; k0 < inner; k0 += DEPTH) {
      const nk = Math.min(DEPTH, inner - k0);
      pack(right.data, [right.col, right.row, j0, nj, k0, nk], packedB);
      for (let i0 = 0; i0 < rows; i0 += ROWS) {
        const ni = Math.min(ROWS, rows - i0);
        pack(left.data, [left.row, left.col, i0, ni, k0, nk], packedA);
        for (let j = 0; j < nj; j += SIDE) {
          for (let i = 0; i < ni; i += SIDE) {
            block(nk, packedA, i * nk, packedB, j * nk, tile);
            const width = Math.min(SIDE, nj - j);
            const height = Math.min(SIDE, ni - i);
            addTile(tile, out, (i0 + i) * cols + j0 + j, cols, height, width);
          }
        }
      }
    }
  }
  return { rows, cols, data: out };
}

/** The view of an operand, transposed or not, without a copy. */
function strided(a: Matrix, transpose: boolean | undefined): Strided {
  return transpose ? { data: a.data, row: 1, col: a.cols } : { data: a.data, row: a.cols, col: 1 };
}

/** `n` rounded up to whole register blocks. */
function padded(n: number): number {
  return Math.ceil(n / SIDE) * SIDE;
}

/** Three loops, for products too small to pack. */
function plainProduct(
  a: Strided,
  b: Strided,
  out: Float64Array,
  [rows, inner, cols]: readonly [number, number, number],
): void {
  const x = a.data, y = b.data;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let k = 0, p = i * a.row, q = j * b.col; k < inner; k++, p += a.col, q += b.row) {
        sum += x[p] * y[q];
      }
      out[i * cols + j] = sum;
    }
  }
}

/**
 * Copies `count` lines of an operand from line `first` on, at depths `[k0, k0 + nk)`, in groups of
 * four: the four entries of a depth lie side by side, missing lines are zero.
 */
function pack(
  data: Float64Array,
  [line, step, first, count, k0, nk]: readonly [number, number, number, number, number, number],
  out: Float64Array,
): void {
  for (let i = 0, at = 0; i < count; i += SIDE, at += SIDE * nk) {
    for (let r = 0; r < SIDE; r++) {
      if (i + r >= count) {
        for (let k = 0, to = at + r; k < nk; k++, to += SIDE) out[to] = 0;
        continue;
      }
      let from = (first + i + r) * line + k0 * step;
      for (let k = 0, to = at + r; k < nk; k++, to += SIDE, from += step) out[to] = data[from];
    }
  }
}

/** The 4 x 4 block of sums over one pair of packed panels. */
function block(
  depth: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  tile: Float64Array,
): void {
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;
  let c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
  for (let k = 0; k < depth; k++, i += 4, j += 4) {
    const b0 = b[j], b1 = b[j + 1], b2 = b[j + 2], b3 = b[j + 3];
    const a0 = a[i], a1 = a[i + 1], a2 = a[i + 2], a3 = a[i + 3];
    c00 += a0 * b0, c01 += a0 * b1, c02 += a0 * b2, c03 += a0 * b3;
    c10 += a1 * b0, c11 += a1 * b1, c12 += a1 * b2, c13 += a1 * b3;
    c20 += a2 * b0, c21 += a2 * b1, c22 += a2 * b2, c23 += a2 * b3;
    c30 += a3 * b0, c31 += a3 * b1, c32 += a3 * b2, c33 += a3 * b3;
  }
  tile[0] = c00, tile[1] = c01, tile[2] = c02, tile[3] = c03;
  tile[4] = c10, tile[5] = c11, tile[6] = c12, tile[7] = c13;
  tile[8] = c20, tile[9] = c21, tile[10] = c22, tile[11] = c23;
  tile[12] = c30, tile[13] = c31, tile[14] = c32, tile[15] = c33;
}

/** Adds the part of a register block that lies inside the result. */
function addTile(
  tile: Float64Array,
  out: Float64Array,
  at: number,
  cols: number,
  height: number,
  width: number,
): void {
  for (let r = 0; r < height; r++, at += cols) {
    for (let c = 0; c < width; c++) out[at + c] += tile[SIDE * r + c];
  }
}

/** `a x`, or `a^T x`: one pass over the rows either way. */
export function portableMultiply(a: Matrix, x: Float64Array, transpose: boolean): Float64Array {
  const { rows, cols, data } = a;
  const out = new Float64Array(transpose ? cols : rows);
  for (let i = 0, at = 0; i < rows; i++, at += cols) {
    if (transpose) {
      const xi = x[i];
      for (let j = 0; j < cols; j++) out[j] += xi * data[at + j];
    } else {
      // Two sums hide the latency of an addition.
      let even = 0, odd = 0, j = 0;
      for (; j + 1 < cols; j += 2) {
        even += data[at + j] * x[j], odd += data[at + j + 1] * x[j + 1];
      }
      out[i] = j < cols ? even + odd + data[at + j] * x[j] : even + odd;
    }
  }
  return out;
}
