/**
 * How far training has come along each eigenvector of a kernel.
 *
 * @module
 */
import { cannot, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { eigh } from "../linalg/eigh.ts";
import { transposed } from "../linalg/elementwise.ts";
import { type Matrix, matrix } from "../matrix.ts";

/** How a network is trained. */
export type FlowOptions = {
  /** Factor η of the gradient, above 0; default 1. */
  readonly learningRate?: number;
  /** Whether time counts steps of gradient descent instead of the time of gradient flow; default no. */
  readonly discrete?: boolean;
};

/** The eigenvectors of a kernel on the training points, the largest eigenvalue first. */
export type KernelModes = {
  /** Eigenvalues, descending; those that rounding does not tell from 0 are 0. */
  readonly eigenvalues: Float64Array;
  /** Eigenvectors as columns, shape `[n, n]`. */
  readonly vectors: Matrix;
  /** Part of each component that is learnt at a time: from 0 to 1 unless steps are too large. */
  readonly learnt: (time: number) => Float64Array;
  /** The same over the eigenvalue, which stays finite where that is 0. */
  readonly gains: (time: number) => Float64Array;
  /** Rate at which each component decays, per unit of time. */
  readonly rates: Float64Array;
};

/** An eigenvalue below minus this part of the largest is no rounding, not even of float32. */
const NEGATIVE = 1e-5;

/** Decomposes a kernel and follows its modes. */
export function kernelModes(doing: string, kernel: Matrix, options: FlowOptions): KernelModes {
  const { learningRate = 1, discrete = false } = checkOptions(doing, options);
  checkNumber(doing, "learningRate", learningRate, { above: 0 });
  const { values, vectors } = eigh(kernel);
  const n = values.length, largest = n > 0 ? values[n - 1] : 0;
  if (n > 0 && values[0] < -NEGATIVE * Math.max(largest, 0)) {
    const need = "the kernel must be positive semidefinite";
    throw new RangeError(cannot(doing, need, "its least eigenvalue", values[0]));
  }
  const floor = n * Number.EPSILON * largest;
  const eigenvalues = values.toReversed().map((value) => value > floor ? value : 0);
  const most = learningRate * largest;

  function learntOf(eigenvalue: number, time: number): number {
    const x = learningRate * eigenvalue;
    if (x === 0 || time === 0) return 0;
    if (!discrete) return -Math.expm1(-x * time);
    // 1 - (1 - x)^t without cancellation for small x
    return x < 1 ? -Math.expm1(time * Math.log1p(-x)) : 1 - (1 - x) ** time;
  }
  function checkTime(time: number): number {
    if (time === Infinity) {
      if (!discrete || most < 2) return time;
      const need = "the learning rate times the largest eigenvalue must be below 2 for a limit";
      throw new RangeError(cannot(doing, need, "it", most));
    }
    return discrete
      ? checkInteger(doing, "time", time, { min: 0 })
      : checkNumber(doing, "time", time, { min: 0 });
  }
  return {
    eigenvalues,
    vectors: matrix(n, n, reversedColumns(vectors)),
    learnt: (time) => {
      checkTime(time);
      return eigenvalues.map((value) => learntOf(value, time));
    },
    gains: (time) => {
      checkTime(time);
      // Past this time it is not known whether components of unresolved eigenvalues are learnt; in
      // their space a kernel of test and training points vanishes as well.
      const unresolved = learningRate * time * floor <= 1 ? learningRate * time : 0;
      return eigenvalues.map((value) => value > 0 ? learntOf(value, time) / value : unresolved);
    },
    rates: eigenvalues.map((value) => {
      const x = learningRate * value;
      return discrete ? -(x < 1 ? Math.log1p(-x) : Math.log(x - 1)) : x;
    }),
  };
}

/** The columns from the last to the first. */
function reversedColumns({ rows, cols, data }: Matrix): Float64Array {
  const turned = transposed(rows, cols, data), out = new Float64Array(data.length);
  for (let j = 0; j < cols; j++) {
    out.set(turned.subarray((cols - 1 - j) * rows, (cols - j) * rows), j * rows);
  }
  return transposed(cols, rows, out);
}
