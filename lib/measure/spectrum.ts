/**
 * What a measure takes: a matrix, or its singular values where they are at hand.
 *
 * @module
 */
import { cannot, shown } from "../check.ts";
import { singularValues } from "../linalg/svd.ts";
import { checkMatrix, isMatrix, type Matrix } from "../matrix.ts";

/** A matrix, or the singular values of one, in any order. */
export type MatrixOrSpectrum = Matrix | {
  /** The singular values: finite, at least 0, in any order. */
  readonly singularValues: Float64Array;
};

/** Returns `a` if it is a matrix with entries, all finite, or the singular values of one. */
export function checkMeasured(doing: string, a: MatrixOrSpectrum): MatrixOrSpectrum {
  const given = a as { readonly singularValues?: unknown } | null;
  if (isMatrix(a) || !(given?.singularValues instanceof Float64Array)) {
    checkMatrix(doing, "a", a as Matrix);
    if ((a as Matrix).data.length === 0) {
      throw new RangeError(cannot(doing, "the matrix must have entries", "a", a));
    }
    return a;
  }
  const values = given.singularValues;
  if (values.length === 0) {
    throw new RangeError(cannot(doing, "there must be singular values", "singularValues", values));
  }
  const bad = values.findIndex((value) => !(value >= 0 && value < Infinity));
  if (bad < 0) return a;
  throw new RangeError(
    cannot(
      doing,
      "every singular value must be finite and at least 0",
      `singularValues[${bad}]`,
      values[bad],
    ),
  );
}

/** The singular values, computed unless given. */
export function spectrumOf(doing: string, a: MatrixOrSpectrum): Float64Array {
  checkMeasured(doing, a);
  return isMatrix(a) ? singularValues(a) : a.singularValues;
}

/**
 * The singular values as parts of the largest, in `[0, 1]`, so that squares and fourth powers
 * neither overflow nor vanish; throws for a matrix of zeros, whose ranks are not defined.
 */
export function relativeSpectrum(doing: string, a: MatrixOrSpectrum): Float64Array {
  const values = spectrumOf(doing, a);
  const largest = largestOf(values);
  checkNotZero(doing, largest, a);
  return values.map((value) => value / largest);
}

/** Throws unless a norm is above zero. */
export function checkNotZero(doing: string, norm: number, a: MatrixOrSpectrum): void {
  if (norm > 0) return;
  const what = isMatrix(a) ? `a ${shown([a.rows, a.cols])} matrix` : "a list of singular values";
  throw new RangeError(`Cannot ${doing} as it is not defined for zero: a is ${what} of zeros`);
}

/** The largest of values that are at least 0. */
export function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** `(sum of values)` of a function of each. */
export function sumOf(values: Float64Array, of: (value: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]);
  return sum;
}
