/**
 * The operations on float64 matrices.
 *
 * @module
 */
import { add, sliceColumns, subtract, transpose } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { newtonSchulz } from "../linalg/newton_schulz.ts";
import { polar } from "../linalg/polar.ts";
import { polarExpress } from "../linalg/polar_express.ts";
import { multiple } from "../linalg/scaling.ts";
import { checkMatrix, checkShapes, type Matrix } from "../matrix.ts";
import { addRow, columnSums, concatColumns, multiplyBlocks, reshape } from "./matrix_blocks.ts";
import type { Ops } from "./ops.ts";

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
  matmul,
  transpose,
  reshape,
  constant: (a) => a,
  addRow,
  columnSums,
  multiplyBlocks,
  concatColumns,
  sliceColumns,
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
