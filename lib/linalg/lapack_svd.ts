/**
 * Singular values and vectors by LAPACK: divide and conquer, QR iteration where that fails.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { type BlasRoutines, int, letter } from "./blas_library.ts";
import { type LinalgKernels, notConverged } from "./kernels.ts";
import { type Rooms, roomsBy } from "./rooms.ts";

/** What a routine fills: right vectors as rows `[k, n]`, left vectors as columns `[m, k]`. */
type Factors = {
  readonly s: Float64Array<ArrayBuffer>;
  readonly right: Float64Array<ArrayBuffer>;
  readonly left: Float64Array<ArrayBuffer>;
};

/** Room for dgesdd at one shape, with the arguments that do not change. */
type Room = {
  /** Where the matrix goes. */
  readonly input: Float64Array<ArrayBuffer>;
  /** Where the vectors of a call go that are used before the next; made when one asks. */
  vectors: Omit<Factors, "s"> | null;
  /** Decomposes the input, which is lost; returns the info of the routine. */
  readonly run: (factors: Factors) => number;
};

/** The two kernels of the decomposition. */
export function lapackSvd(lib: BlasRoutines): Pick<LinalgKernels, "svd" | "singularValues"> {
  const rooms = roomsBy((job, rows, cols) => divideAndConquer(lib, job, rows, cols));
  return {
    svd(a, passing = false) {
      const { s, right, left } = decomposed(lib, rooms, a, { job: "S", passing });
      const k = s.length;
      return {
        u: { rows: a.rows, cols: k, data: left },
        s,
        vt: { rows: k, cols: a.cols, data: right },
      };
    },
    singularValues: (a) => decomposed(lib, rooms, a, { job: "N", passing: false }).s,
  };
}

/** `a^T`, which is what the routine sees, is `right^T diag(s) left^T`. */
function decomposed(
  lib: BlasRoutines,
  rooms: Rooms<Room>,
  a: Matrix,
  { job, passing }: { readonly job: "S" | "N"; readonly passing: boolean },
): Factors {
  const { rows: m, cols: n } = a;
  const room = rooms(job, m, n);
  const vectors = passing ? room.vectors ??= newVectors(job, m, n) : newVectors(job, m, n);
  const factors = { s: new Float64Array(Math.min(m, n)), ...vectors };
  room.input.set(a.data);
  if (room.run(factors) === 0) return factors;
  const info = qrIteration(lib, a, job, factors);
  if (info !== 0) throw notConverged("compute singular values", info);
  return factors;
}

/** Where vectors go, if any are wanted. */
function newVectors(job: string, m: number, n: number): Omit<Factors, "s"> {
  const k = job === "S" ? Math.min(m, n) : 0;
  return {
    right: new Float64Array(Math.max(1, k * n)),
    left: new Float64Array(Math.max(1, m * k)),
  };
}

/** Room for dgesdd. */
function divideAndConquer(
  lib: BlasRoutines,
  job: string,
  m: number,
  n: number,
): readonly [room: Room, size: number] {
  const k = Math.min(m, n);
  const input = new Float64Array(m * n);
  const iwork = new Int32Array(8 * k);
  const jobz = letter(job), rows = int(n), cols = int(m), count = int(k), info = int(0);
  const call = (
    { s, right, left }: Factors,
    work: Float64Array<ArrayBuffer>,
    length: Int32Array<ArrayBuffer>,
  ): void => {
    // deno-fmt-ignore
    lib.dgesdd(
      jobz, rows, cols, input, rows, s,
      right, rows, left, count, work, length, iwork, info, 1,
    );
  };
  const size = new Float64Array(1);
  // The question for the size reads no factor.
  call({ s: size, right: size, left: size }, size, int(-1));
  const work = new Float64Array(size[0]), length = int(size[0]);
  const run = (factors: Factors): number => {
    call(factors, work, length);
    return info[0];
  };
  const vectors = job === "S" ? k * (m + n) : 0;
  return [{ input, vectors: null, run }, input.length + work.length + iwork.length + vectors];
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
