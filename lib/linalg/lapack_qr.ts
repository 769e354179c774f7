/**
 * The QR decomposition by LAPACK.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { type BlasRoutines, int } from "./blas_library.ts";
import type { LinalgKernels, Qr } from "./kernels.ts";
import { roomsBy } from "./rooms.ts";

/** Room for dgelqf and dorglq at one shape, with the arguments that do not change. */
type Room = {
  /** Where the matrix goes, and where the routines leave their results. */
  readonly data: Float64Array<ArrayBuffer>;
  /** Leaves the triangular factor in the room, and the reflections beside it. */
  readonly factor: () => void;
  /** Replaces the reflections by the orthogonal factor. */
  readonly expand: () => void;
};

/** The kernel: QR of `a` as LQ of its transpose, which is how LAPACK reads its rows. */
export function lapackQr(lib: BlasRoutines): LinalgKernels["qr"] {
  const rooms = roomsBy((_, rows, cols) => roomFor(lib, rows, cols));
  return (a) => decomposed(rooms("LQ", a.rows, a.cols), a);
}

/** Both factors. */
function decomposed({ data, factor, expand }: Room, { rows: m, cols: n, data: given }: Matrix): Qr {
  const k = Math.min(m, n);
  data.set(given);
  factor();
  const r = new Float64Array(k * n);
  for (let i = 0; i < k; i++) {
    for (let j = i; j < n; j++) r[i * n + j] = data[i * n + j];
  }
  expand();
  const q = new Float64Array(m * k);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < k; j++) q[i * k + j] = data[i * n + j];
  }
  return { q: { rows: m, cols: k, data: q }, r: { rows: k, cols: n, data: r } };
}

/** Room at one shape. */
function roomFor(lib: BlasRoutines, m: number, n: number): readonly [room: Room, size: number] {
  const k = Math.min(m, n);
  const data = new Float64Array(m * n), tau = new Float64Array(k);
  const rows = int(n), cols = int(m), count = int(k), info = int(0);
  const sizes = [new Float64Array(1), new Float64Array(1)];
  lib.dgelqf(rows, cols, data, rows, tau, sizes[0], int(-1), info);
  lib.dorglq(count, cols, count, data, rows, tau, sizes[1], int(-1), info);
  const work = new Float64Array(Math.max(sizes[0][0], sizes[1][0])), length = int(work.length);
  const room = {
    data,
    factor: () => lib.dgelqf(rows, cols, data, rows, tau, work, length, info),
    expand: () => lib.dorglq(count, cols, count, data, rows, tau, work, length, info),
  };
  return [room, data.length + tau.length + work.length];
}
