/**
 * Eigenvalues and vectors of symmetric matrices by LAPACK: divide and conquer.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { type BlasRoutines, int, letter } from "./blas_library.ts";
import { transposed } from "./elementwise.ts";
import { type LinalgKernels, notConverged } from "./kernels.ts";
import { type Rooms, roomsBy } from "./rooms.ts";

/** What a routine fills: eigenvalues, ascending, and the matrix, whose rows become the vectors. */
type Filled = {
  readonly values: Float64Array<ArrayBuffer>;
  readonly rows: Float64Array<ArrayBuffer>;
};

/** Room for dsyevd at one side, with the arguments that do not change; a run returns its info. */
type Room = (filled: Filled) => number;

/** The two kernels of the decomposition. */
export function lapackEigh(lib: BlasRoutines): Pick<LinalgKernels, "eigh" | "eigenvalues"> {
  const rooms = roomsBy((job, n) => roomFor(lib, job, n));
  return {
    eigh(a) {
      const { values, rows } = decomposed(rooms, a, "V");
      const n = a.rows;
      return { values, vectors: { rows: n, cols: n, data: transposed(n, n, rows) } };
    },
    eigenvalues: (a) => decomposed(rooms, a, "N").values,
  };
}

/** Eigenvalues ascending and, for job V, the eigenvectors as rows. */
function decomposed(rooms: Rooms<Room>, a: Matrix, job: "N" | "V"): Filled {
  const filled = { values: new Float64Array(a.rows), rows: new Float64Array(a.data) };
  const info = rooms(job, a.rows, a.cols)(filled);
  if (info !== 0) throw notConverged("compute eigenvalues", info);
  return filled;
}

/** Room at one side. */
function roomFor(lib: BlasRoutines, job: string, n: number): readonly [room: Room, size: number] {
  const jobz = letter(job), upper = letter("U"), side = int(n), info = int(0);
  const size = new Float64Array(1), isize = int(0);
  // The question for the sizes reads neither matrix nor values.
  lib.dsyevd(jobz, upper, side, size, side, size, size, int(-1), isize, int(-1), info, 1, 1);
  const work = new Float64Array(size[0]), iwork = new Int32Array(isize[0]);
  const length = int(work.length), ilength = int(iwork.length);
  const room = ({ values, rows }: Filled): number => {
    // deno-fmt-ignore
    lib.dsyevd(jobz, upper, side, rows, side, values, work, length, iwork, ilength, info, 1, 1);
    return info[0];
  };
  return [room, work.length + iwork.length];
}
