/**
 * Singular values and vectors by LAPACK: divide and conquer, QR iteration where that fails.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { type BlasRoutines, int, letter } from "./blas_library.ts";
import { transposed } from "./elementwise.ts";
import { type LinalgKernels, notConverged } from "./kernels.ts";

/** What a routine fills: right vectors as rows `[k, n]`, left vectors as columns `[m, k]`. */
type Factors = {
  readonly s: Float64Array<ArrayBuffer>;
  readonly right: Float64Array<ArrayBuffer>;
  readonly left: Float64Array<ArrayBuffer>;
};

/** The two kernels of the decomposition. */
export function lapackSvd(lib: BlasRoutines): Pick<LinalgKernels, "svd" | "singularValues"> {
  return {
    svd(a) {
      const { s, right, left } = decomposed(lib, a, "S");
      const v = { rows: a.cols, cols: s.length, data: transposed(s.length, a.cols, right) };
      return { u: { rows: a.rows, cols: s.length, data: left }, s, v };
    },
    singularValues: (a) => decomposed(lib, a, "N").s,
  };
}

/** `a^T`, which is what the routine sees, is `right^T diag(s) left^T`. */
function decomposed(lib: BlasRoutines, a: Matrix, job: "S" | "N"): Factors {
  const { rows: m, cols: n } = a;
  const k = Math.min(m, n);
  const s = new Float64Array(k);
  const right = new Float64Array(job === "S" ? k * n : 1);
  const left = new Float64Array(job === "S" ? m * k : 1);
  const factors = { s, right, left };
  if (divideAndConquer(lib, a, job, factors) === 0) return factors;
  const info = qrIteration(lib, a, job, factors);
  if (info !== 0) throw notConverged("compute singular values", info);
  return factors;
}

/** dgesdd; returns its info. */
function divideAndConquer(
  lib: BlasRoutines,
  a: Matrix,
  job: "S" | "N",
  { s, right, left }: Factors,
): number {
  const { rows: m, cols: n } = a;
  const k = s.length;
  const copy = new Float64Array(a.data);
  const info = int(0);
  const iwork = new Int32Array(8 * k);
  const size = new Float64Array(1);
  for (let work = size, lwork = -1;; work = new Float64Array(size[0]), lwork = size[0]) {
    // deno-fmt-ignore
    lib.dgesdd(
      letter(job), int(n), int(m), copy, int(n), s,
      right, int(n), left, int(k), work, int(lwork), iwork, info, 1,
    );
    if (lwork !== -1) return info[0];
  }
}

/** dgesvd; returns its info. */
function qrIteration(
  lib: BlasRoutines,
  a: Matrix,
  job: "S" | "N",
  { s, right, left }: Factors,
): number {
  const { rows: m, cols: n } = a;
  const jobs = letter(job);
  const copy = new Float64Array(a.data);
  const info = int(0);
  const size = new Float64Array(1);
  for (let work = size, lwork = -1;; work = new Float64Array(size[0]), lwork = size[0]) {
    // deno-fmt-ignore
    lib.dgesvd(
      jobs, jobs, int(n), int(m), copy, int(n), s,
      right, int(n), left, int(s.length), work, int(lwork), info, 1, 1,
    );
    if (lwork !== -1) return info[0];
  }
}
