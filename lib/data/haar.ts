/**
 * Random matrices with orthonormal columns or rows, and random matrices with a given spectrum.
 *
 * @module
 */
import { cannot, checkInteger, checkList, checkNumber } from "../check.ts";
import { transpose } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { qr } from "../linalg/qr.ts";
import { timesColumns } from "../linalg/scaling.ts";
import type { Matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";

/**
 * Draws a matrix with orthonormal columns (or rows, if there are fewer), evenly over all of them.
 *
 * **Definition** `Q` of the QR decomposition of a Gaussian matrix, `R` with a positive diagonal;
 * the distribution does not change under orthogonal factors.
 *
 * @param rng Random key
 * @param shape `[rows, cols]`, integers of at least 0
 * @returns shape `[rows, cols]`, with `Q^T Q = I` if rows >= cols and `Q Q^T = I` if rows <= cols
 * @throws {RangeError} if a size is not an integer of at least 0
 * @throws {TypeError} if `rng` is not a random key or the shape not a pair
 *
 * @example Two orthonormal columns
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { haarMatrix, matmul, rng } from "resolvent";
 *
 * const q = haarMatrix(rng(1), [5, 2]);
 * const gram = matmul(q, q, { transposeA: true });
 * [1, 0, 0, 1].forEach((value, at) => assertAlmostEquals(gram.data[at], value, 1e-12));
 * ```
 *
 * Source: Mezzadri (2007), How to generate random matrices from the classical compact groups,
 * arXiv:math-ph/0609050.
 */
export function haarMatrix(rng: Rng, shape: readonly [rows: number, cols: number]): Matrix {
  checkRng("draw a Haar matrix", rng);
  const [rows, cols] = checkPair("draw a Haar matrix", shape);
  checkInteger("draw a Haar matrix", "rows", rows, { min: 0 });
  checkInteger("draw a Haar matrix", "cols", cols, { min: 0 });
  // A tall frame and its transpose: both are Haar distributed.
  return rows >= cols ? qr(rng.normal([rows, cols])).q : transpose(qr(rng.normal([cols, rows])).q);
}

/**
 * Draws a matrix with given singular values and random singular vectors.
 *
 * **Definition** `A = Q diag(values) P^T` with independent Haar frames `Q` and `P`
 *
 * @param rng Random key
 * @param shape `[rows, cols]`, integers of at least 0
 * @param values Singular values, at least 0, at most min(rows, cols) of them; the others are 0
 * @returns shape `[rows, cols]`
 * @throws {RangeError} if a value is negative or not finite, or there are more than the smaller side
 * @throws {TypeError} if `rng` is not a random key or the shape not a pair
 *
 * @example Prescribed singular values
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrixWithSpectrum, rng, singularValues } from "resolvent";
 *
 * const s = singularValues(matrixWithSpectrum(rng(1), [4, 3], [2, 0.5]));
 * [2, 0.5, 0].forEach((value, i) => assertAlmostEquals(s[i], value, 1e-12));
 * ```
 *
 * Source: Mezzadri (2007), arXiv:math-ph/0609050 (the frames).
 */
export function matrixWithSpectrum(
  rng: Rng,
  shape: readonly [rows: number, cols: number],
  values: ArrayLike<number>,
): Matrix {
  const doing = "draw a matrix with a spectrum";
  checkRng(doing, rng);
  const [rows, cols] = checkPair(doing, shape);
  const count = checkList(doing, "values", values).length;
  if (count > Math.min(rows, cols)) {
    const need = `a ${rows} x ${cols} matrix has at most ${Math.min(rows, cols)} singular values`;
    throw new RangeError(cannot(doing, need, "the number of values", count));
  }
  for (let i = 0; i < count; i++) checkNumber(doing, `values[${i}]`, values[i], { min: 0 });
  return composed(framesOf(rng, [rows, cols], count), values);
}

/** Independent Haar frames, each drawn when it is first asked for. */
export type Frames = {
  /** Q, shape `[rows, count]`. */
  readonly left: () => Matrix;
  /** P, shape `[cols, count]`. */
  readonly right: () => Matrix;
};

/** The frames of a matrix of a shape with so many singular values. */
export function framesOf(
  rng: Rng,
  [rows, cols]: readonly [rows: number, cols: number],
  count: number,
): Frames {
  return {
    left: once(() => haarMatrix(rng.fork("left"), [rows, count])),
    right: once(() => haarMatrix(rng.fork("right"), [cols, count])),
  };
}

/** A value that is made when it is first asked for, and kept. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** `Q diag(values) P^T`. */
export function composed({ left, right }: Frames, values: ArrayLike<number>): Matrix {
  return matmul(timesColumns(left(), values), right(), { transposeB: true });
}

/** Returns a shape, which is two numbers, or throws. */
export function checkPair(
  doing: string,
  shape: readonly [number, number],
): readonly [number, number] {
  if (Array.isArray(shape) && shape.length === 2) return shape;
  throw new TypeError(cannot(doing, "shape must be [rows, cols]", "shape", shape));
}
