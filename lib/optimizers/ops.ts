/**
 * The operations that optimizers are written in, and their instance for float64 matrices.
 *
 * @module
 */
import { add, subtract, transpose } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { newtonSchulz, type NewtonSchulzOptions } from "../linalg/newton_schulz.ts";
import { polar } from "../linalg/polar.ts";
import { multiple } from "../linalg/scaling.ts";
import { polarExpress, type PolarExpressOptions } from "../linalg/polar_express.ts";
import { checkMatrix, checkShapes, type Matrix } from "../matrix.ts";

/**
 * Operations on arrays of kind `A`. None returns a number that depends on entries, so that an
 * instance on a device need not read anything back.
 */
export type Ops<A> = {
  /** Throws unless an array is of this kind and, where that can be seen, finite. */
  readonly check: (doing: string, name: string, a: A) => A;
  /** Lengths of the sides. */
  readonly shape: (a: A) => readonly number[];
  /** Zeros of the same shape. */
  readonly zerosLike: (a: A) => A;
  /** a + b. */
  readonly add: (a: A, b: A) => A;
  /** a - b. */
  readonly subtract: (a: A, b: A) => A;
  /** Entry by entry a * b. */
  readonly multiply: (a: A, b: A) => A;
  /** Entry by entry a / b. */
  readonly divide: (a: A, b: A) => A;
  /** c * a. */
  readonly scale: (a: A, c: number) => A;
  /** a + c in each entry. */
  readonly addScalar: (a: A, c: number) => A;
  /** Square root of each entry. */
  readonly sqrt: (a: A) => A;
  /** Sign of each entry: -1, 0 or 1. */
  readonly sign: (a: A) => A;
  /** a * min(1, max / ‖a‖_F). */
  readonly clipNorm: (a: A, max: number) => A;
  /** The product a b. */
  readonly matmul: (a: A, b: A) => A;
  /** Rows as columns. */
  readonly transpose: (a: A) => A;
  /** The polar factor over the numerical range. */
  readonly polar: (a: A) => A;
  /** c times nuclear norm times polar factor: what steepest descent in the spectral norm follows. */
  readonly nuclearPolar: (a: A, c: number) => A;
  /** Approximate polar factor by Newton-Schulz. */
  readonly newtonSchulz: (a: A, settings: NewtonSchulzOptions) => A;
  /** Approximate polar factor by Polar Express. */
  readonly polarExpress: (a: A, settings: PolarExpressOptions) => A;
};

/** The operations on float64 matrices. */
export const matrixOps: Ops<Matrix> = {
  check: checkMatrix,
  shape: ({ rows, cols }) => [rows, cols],
  zerosLike: (a) => ({ ...a, data: new Float64Array(a.data.length) }),
  add,
  subtract,
  multiply,
  divide,
  scale: times,
  addScalar,
  sqrt,
  sign,
  clipNorm: (a, max) => {
    const norm = Math.hypot(...chunkNorms(a.data));
    return norm > max ? times(a, max / norm) : a;
  },
  matmul: (a, b) => matmul(a, b),
  transpose,
  polar: (a) => polar(a).factor,
  nuclearPolar: (a, c) => {
    const { factor, singularValues } = polar(a);
    const length = c * singularValues.reduce((sum, s) => sum + s, 0);
    const data = factor.data; // made for this call
    for (let at = 0; at < data.length; at++) data[at] *= length;
    return factor;
  },
  newtonSchulz,
  polarExpress,
};

// Loops, as a function called for each entry takes ten times as long; an optimizer has looked at the
// entries before.

/** Entries, each c times as large. */
function times(a: Matrix, c: number): Matrix {
  return { ...a, data: multiple(a.data, c) };
}

/** Products of entries. */
function multiply(a: Matrix, b: Matrix): Matrix {
  checkSameShape("multiply entries", a, b);
  const data = new Float64Array(a.data.length);
  for (let at = 0; at < data.length; at++) data[at] = a.data[at] * b.data[at];
  return { ...a, data };
}

/** Quotients of entries. */
function divide(a: Matrix, b: Matrix): Matrix {
  checkSameShape("divide entries", a, b);
  const data = new Float64Array(a.data.length);
  for (let at = 0; at < data.length; at++) data[at] = a.data[at] / b.data[at];
  return { ...a, data };
}

/** Entries, each larger by c. */
function addScalar(a: Matrix, c: number): Matrix {
  const data = new Float64Array(a.data.length);
  for (let at = 0; at < data.length; at++) data[at] = a.data[at] + c;
  return { ...a, data };
}

/** Square roots of entries. */
function sqrt(a: Matrix): Matrix {
  const data = new Float64Array(a.data.length);
  for (let at = 0; at < data.length; at++) data[at] = Math.sqrt(a.data[at]);
  return { ...a, data };
}

/** Signs of entries. */
function sign(a: Matrix): Matrix {
  const data = new Float64Array(a.data.length);
  for (let at = 0; at < data.length; at++) data[at] = Math.sign(a.data[at]);
  return { ...a, data };
}

/** Refuses arrays of two shapes. */
function checkSameShape(doing: string, a: Matrix, b: Matrix): void {
  checkShapes(doing, "shapes must be equal", a.rows === b.rows && a.cols === b.cols, a, b);
}

/** Norms of stretches of entries, each without overflow; few enough to be arguments of one call. */
function chunkNorms(data: Float64Array): readonly number[] {
  const length = 1024;
  return Array.from(
    { length: Math.ceil(data.length / length) },
    (_, i) => Math.hypot(...data.subarray(i * length, (i + 1) * length)),
  );
}
