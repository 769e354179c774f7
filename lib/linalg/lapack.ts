/**
 * The numerical kernels by LAPACK. A row-major matrix is the column-major storage of its
 * transpose, so every routine sees `a^T`: factors change places instead of being copied.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { type BlasRoutines, int, letter } from "./blas_library.ts";
import { transposed } from "./elementwise.ts";
import {
  type Eigh,
  type LinalgKernels,
  notConverged,
  notPositiveDefinite,
  type ProductOptions,
  type Qr,
  singularMatrix,
} from "./kernels.ts";
import { lapackSvd } from "./lapack_svd.ts";

/** Arguments of cblas: row by row, as it is, transposed. */
const ROW_MAJOR = 101, AS_IS = 111, TRANSPOSED = 112;

/** The kernels over the routines of an open library. */
export function lapackKernels(lib: BlasRoutines): LinalgKernels {
  return {
    product: (a, b, options) => product(lib, a, b, options),
    multiply: (a, x, transpose) => multiply(lib, a, x, transpose),
    ...lapackSvd(lib),
    eigh: (a) => eigh(lib, a),
    eigenvalues: (a) => symmetric(lib, a, "N").values,
    qr: (a) => qr(lib, a),
    cholesky: (a) => cholesky(lib, a),
    solve: (a, b) => solve(lib, a, b),
    leastSquares: (a, b, tolerance) => leastSquares(lib, { a, b, tolerance }),
  };
}

/** `op(a) op(b)` by cblas, which takes rows. */
function product(lib: BlasRoutines, a: Matrix, b: Matrix, options: ProductOptions): Matrix {
  const rows = options.transposeA ? a.cols : a.rows;
  const inner = options.transposeA ? a.rows : a.cols;
  const cols = options.transposeB ? b.rows : b.cols;
  const data = new Float64Array(rows * cols);
  const opA = options.transposeA ? TRANSPOSED : AS_IS;
  const opB = options.transposeB ? TRANSPOSED : AS_IS;
  // deno-fmt-ignore
  lib.dgemm(
    ROW_MAJOR, opA, opB, rows, cols, inner,
    1, bytes(a.data), a.cols, bytes(b.data), b.cols, 0, data, cols,
  );
  return { rows, cols, data };
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

/** Eigenvalues ascending and, for job V, the eigenvectors as rows. */
function symmetric(
  lib: BlasRoutines,
  a: Matrix,
  job: "N" | "V",
): { readonly values: Float64Array; readonly rows: Float64Array } {
  const n = a.rows;
  const rows = new Float64Array(a.data);
  const values = new Float64Array(n);
  const info = int(0);
  const size = new Float64Array(1), isize = int(0);
  const call = (
    work: Float64Array<ArrayBuffer>,
    lwork: number,
    iwork: Int32Array<ArrayBuffer>,
    liwork: number,
  ): void => {
    // deno-fmt-ignore
    lib.dsyevd(
      letter(job), letter("U"), int(n), rows, int(n), values,
      work, int(lwork), iwork, int(liwork), info, 1, 1,
    );
  };
  call(size, -1, isize, -1);
  call(new Float64Array(size[0]), size[0], new Int32Array(isize[0]), isize[0]);
  if (info[0] !== 0) throw notConverged("compute eigenvalues", info[0]);
  return { values, rows };
}

/** Eigenvectors as columns. */
function eigh(lib: BlasRoutines, a: Matrix): Eigh {
  const { values, rows } = symmetric(lib, a, "V");
  const n = a.rows;
  return { values, vectors: { rows: n, cols: n, data: transposed(n, n, rows) } };
}

/** QR of `a` as LQ of its transpose, in place and without a copy. */
function qr(lib: BlasRoutines, a: Matrix): Qr {
  const { rows: m, cols: n } = a;
  const k = Math.min(m, n);
  const data = new Float64Array(a.data);
  const tau = new Float64Array(k);
  const info = int(0);
  const size = new Float64Array(1);
  lib.dgelqf(int(n), int(m), data, int(n), tau, size, int(-1), info);
  lib.dgelqf(int(n), int(m), data, int(n), tau, new Float64Array(size[0]), int(size[0]), info);
  const r = new Float64Array(k * n);
  for (let i = 0; i < k; i++) {
    for (let j = i; j < n; j++) r[i * n + j] = data[i * n + j];
  }
  lib.dorglq(int(k), int(m), int(k), data, int(n), tau, size, int(-1), info);
  const work = new Float64Array(size[0]);
  lib.dorglq(int(k), int(m), int(k), data, int(n), tau, work, int(work.length), info);
  const q = new Float64Array(m * k);
  for (let i = 0; i < m; i++) q.set(data.subarray(i * n, i * n + k), i * k);
  return { q: { rows: m, cols: k, data: q }, r: { rows: k, cols: n, data: r } };
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
