/**
 * Matrix products without a library: packed panels and a 4 x 4 register block, after K. Goto and
 * R. A. van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS 34 (2008).
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { type TileKernel, tileKernel } from "./gemm_wasm.ts";
import type { KernelProductOptions } from "./kernels.ts";

/** Side of the register block: 16 sums are eight vectors of two. */
const SIDE = 4;
/** Depth of a panel: 4 rows of 256 numbers are 8 KiB, so a pair stays in the first cache. */
const DEPTH = 256;
/** Rows of a packed block of the first factor: 128 x 256 numbers are 256 KiB, the second cache. */
const ROWS = 128;
/** Columns of a packed block of the second factor: 512 x 256 numbers are 1 MiB. */
const COLS = 512;
/** Products of fewer multiplications are done by three plain loops, which need no packing. */
const SMALL = 512;

/** Places of the two packed blocks and of a tile of sums in the memory of the innermost loop. */
const PACKED_A = 0, PACKED_B = ROWS * DEPTH, TILE = PACKED_B + COLS * DEPTH;
/** Bytes of a number. */
const BYTES = 8;

/** The innermost loop with its memory of 1.3 MB, made by the first product that needs it. */
let kernel: TileKernel | undefined;

/** Where the entry (i, k) of an operand lies: `data[i * row + k * col]`. */
type Strided = {
  readonly data: Float64Array;
  readonly row: number;
  readonly col: number;
};

/** The product `op(a) op(b)`; shapes are checked by the caller. */
export function portableProduct(a: Matrix, b: Matrix, options: KernelProductOptions): Matrix {
  const rows = options.transposeA ? a.cols : a.rows;
  const inner = options.transposeA ? a.rows : a.cols;
  const cols = options.transposeB ? b.rows : b.cols;
  const left = strided(a, options.transposeA);
  const right = strided(b, options.transposeB);
  const out = options.out?.fill(0) ?? new Float64Array(rows * cols);
  if (rows * inner * cols <= SMALL) {
    plainProduct(left, right, out, [rows, inner, cols]);
    return { rows, cols, data: out };
  }
  kernel ??= tileKernel(TILE + SIDE * SIDE);
  const { memory, multiply } = kernel;
  for (let j0 = 0; j0 < cols; j0 += COLS) {
    const nj = Math.min(COLS, cols - j0);
    for (let k0 = 0; k0 < inner; k0 += DEPTH) {
      const nk = Math.min(DEPTH, inner - k0);
      pack(right.data, [right.col, right.row, j0, nj, k0, nk], memory, PACKED_B);
      for (let i0 = 0; i0 < rows; i0 += ROWS) {
        const ni = Math.min(ROWS, rows - i0);
        pack(left.data, [left.row, left.col, i0, ni, k0, nk], memory, PACKED_A);
        for (let j = 0; j < nj; j += SIDE) {
          for (let i = 0; i < ni; i += SIDE) {
            multiply(nk, BYTES * (PACKED_A + i * nk), BYTES * (PACKED_B + j * nk), BYTES * TILE);
            const width = Math.min(SIDE, nj - j);
            const height = Math.min(SIDE, ni - i);
            addTile(memory, out, (i0 + i) * cols + j0 + j, cols, height, width);
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
  start: number,
): void {
  for (let i = 0, at = start; i < count; i += SIDE, at += SIDE * nk) {
    const height = Math.min(SIDE, count - i);
    const from = (first + i) * line + k0 * step;
    if (height < SIDE) out.fill(0, at, at + SIDE * nk);
    if (height === SIDE && line === 1) {
      // Neighbours in memory go together: a walk along the depth would miss the cache each time.
      for (let k = 0, p = from, to = at; k < nk; k++, p += step, to += SIDE) {
        out[to] = data[p], out[to + 1] = data[p + 1];
        out[to + 2] = data[p + 2], out[to + 3] = data[p + 3];
      }
      continue;
    }
    for (let r = 0; r < height; r++) {
      for (let k = 0, p = from + r * line, to = at + r; k < nk; k++, p += step, to += SIDE) {
        out[to] = data[p];
      }
    }
  }
}

/** Adds the part of a register block that lies inside the result. */
function addTile(
  memory: Float64Array,
  out: Float64Array,
  at: number,
  cols: number,
  height: number,
  width: number,
): void {
  for (let r = 0; r < height; r++, at += cols) {
    for (let c = 0; c < width; c++) out[at + c] += memory[TILE + SIDE * r + c];
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
