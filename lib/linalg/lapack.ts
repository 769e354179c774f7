/**
 * The numerical kernels by LAPACK. A row-major matrix is the column-major storage of its
 * transpose, so every routine sees `a^T`: factors change places instead of being copied.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { type BlasRoutines, int, letter } from "./blas_library.ts";
import { mirrorUpper, transposed } from "./elementwise.ts";
import {
  type KernelProductOptions,
  type LinalgKernels,
  notConverged,
  notPositiveDefinite,
  singularMatrix,
} from "./kernels.ts";
import { lapackEigh } from "./lapack_eigh.ts";
import { lapackQr } from "./lapack_qr.ts";
import { lapackSvd } from "./lapack_svd.ts";

/** Arguments of cblas: row by row, as it is, transposed, the upper triangle. */
const ROW_MAJOR = 101, AS_IS = 111, TRANSPOSED = 112, UPPER = 121;

/** From this side on (measured) half of the operations save more than the mirror image costs. */
const GRAM_SIDE = 256;

/** The kernels over the routines of an open library. */
export function lapackKernels(lib: BlasRoutines): LinalgKernels {
  return {
    product: (a, b, options) => product(lib, a, b, options),
    multiply: (a, x, transpose) => multiply(lib, a, x, transpose),
    ...lapackSvd(lib),
    ...lapackEigh(lib),
    qr: lapackQr(lib),
    cholesky: (a) => cholesky(lib, a),
    solve: (a, b) => solve(lib, a, b),
    leastSquares: (a, b, tolerance) => leastSquares(lib, { a, b, tolerance }),
  };
}

/** `op(a) op(b)` by cblas, which takes rows. */
function product(lib: BlasRoutines, a: Matrix, b: Matrix, options: KernelProductOptions): Matrix {
  const rows = options.transposeA ? a.cols : a.rows;
  const inner = options.transposeA ? a.rows : a.cols;
  const cols = options.transposeB ? b.rows : b.cols;
  if (a === b && !options.out && rows >= GRAM_SIDE && !options.transposeA !== !options.transposeB) {
    return gram(lib, a, options.transposeA ? TRANSPOSED : AS_IS);
  }
  const data = options.out ?? new Float64Array(rows * cols);
  const opA = options.transposeA ? TRANSPOSED : AS_IS;
  const opB = options.transposeB ? TRANSPOSED : AS_IS;
  // deno-fmt-ignore
  lib.dgemm(
    ROW_MAJOR, opA, opB, rows, cols, inner,
    1, bytes(a.data), a.cols, bytes(b.data), b.cols, 0, data, cols,
  );
  return { rows, cols, data };
}

/** `a^T a` or `a a^T`: one triangle by cblas, which is half of the work, and its mirror image. */
function gram(lib: BlasRoutines, a: Matrix, op: number): Matrix {
  const [n, inner] = op === TRANSPOSED ? [a.cols, a.rows] : [a.rows, a.cols];
  const data = new Float64Array(n * n);
  lib.dsyrk(ROW_MAJOR, UPPER, op, n, inner, 1, bytes(a.data), a.cols, 0, data, n);
  mirrorUpper(data, n);
  return { rows: n, cols: n, data };
}

/** `a x` or `a^T x`. */
function multiply(
  lib: BlasRoutines,
  a: Matrix,
  x: Float64Array,
  transpose: boolean,
): Float64Array {
  const out = new Float64Array(transpose ? a.cols : a.rows);
  const op = transpose ? TRANSPOSED : AS_IS;
  lib.dgemv(ROW_MAJOR, op, a.rows, a.cols, 1, bytes(a.data), a.cols, bytes(x), 1, 0, out, 1);
  return out;
}

/** A view that the interface accepts; entries in shared memory are copied. */
function bytes(data: Float64Array): Float64Array<ArrayBuffer> {
  return data.buffer instanceof ArrayBuffer
    ? data as Float64Array<ArrayBuffer>
    : new Float64Array(data);
}

/** The lower factor of rows is the upper factor of columns. */
function cholesky(lib: BlasRoutines, a: Matrix): Matrix {
  const n = a.rows;
  const data = new Float64Array(a.data);
  const info = int(0);
  lib.dpotrf(letter("U"), int(n), data, int(n), info, 1);
  if (info[0] !== 0) throw notPositiveDefinite(info[0] - 1);
  for (let i = 0; i < n; i++) data.fill(0, i * n + i + 1, (i + 1) * n);
  return { rows: n, cols: n, data };
}

/** Factors `a^T` and solves with its transpose. */
function solve(lib: BlasRoutines, a: Matrix, b: Matrix): Matrix {
  const n = a.rows;
  const factors = new Float64Array(a.data);
  const pivots = new Int32Array(n);
  const info = int(0);
  lib.dgetrf(int(n), int(n), factors, int(n), pivots, info);
  if (info[0] !== 0) throw singularMatrix(info[0] - 1);
  const x = transposed(n, b.cols, b.data);
  lib.dgetrs(letter("T"), int(n), int(b.cols), factors, int(n), pivots, x, int(n), info, 1);
  return { rows: n, cols: b.cols, data: transposed(b.cols, n, x) };
}

/** Solution of least norm by dgelsd. */
function leastSquares(
  lib: BlasRoutines,
  { a, b, tolerance }: { readonly a: Matrix; readonly b: Matrix; readonly tolerance: number },
): Matrix {
  const { rows: m, cols: n } = a;
  const k = Math.min(m, n), longest = Math.max(m, n), many = b.cols;
  const right = new Float64Array(longest * many);
  const columns = transposed(m, many, b.data);
  for (let j = 0; j < many; j++) right.set(columns.subarray(j * m, (j + 1) * m), j * longest);
  const left = transposed(m, n, a.data);
  const s = new Float64Array(k);
  const rank = int(0), info = int(0);
  const size = new Float64Array(1), isize = int(0);
  const call = (
    work: Float64Array<ArrayBuffer>,
    lwork: number,
    iwork: Int32Array<ArrayBuffer>,
  ): void => {
    // deno-fmt-ignore
    lib.dgelsd(
      int(m), int(n), int(many), left, int(m), right, int(longest), s,
      Float64Array.of(tolerance), rank, work, int(lwork), iwork, info,
    );
  };
  call(size, -1, isize);
  call(new Float64Array(size[0]), size[0], new Int32Array(isize[0]));
  if (info[0] !== 0) throw notConverged("solve least squares", info[0]);
  const x = new Float64Array(n * many);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < many; j++) x[i * many + j] = right[j * longest + i];
  }
  return { rows: n, cols: many, data: x };
}
