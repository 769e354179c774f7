/**
 * Powers of two that keep squares of entries away from underflow and overflow.
 *
 * @module
 */
import { checkMatrix, isMatrix, type Matrix } from "../matrix.ts";
import { dot } from "./inner_product.ts";

/** Entries between these sizes are left alone: their squares, summed, stay finite and normal. */
const SMALLEST = 1e-100, LARGEST = 1e100;

/** Largest size of an entry; 0 for a matrix without entries. */
export function largestEntry(data: Float64Array): number {
  let largest = 0;
  for (let at = 0; at < data.length; at++) {
    const size = Math.abs(data[at]);
    if (size > largest) largest = size;
  }
  return largest;
}

/** `a` divided by a power of two, `unit`, that is 1 unless its entries are tiny or huge. */
export function normalised(a: Matrix): { readonly a: Matrix; readonly unit: number } {
  const largest = largestEntry(a.data);
  if (largest === 0 || (largest >= SMALLEST && largest <= LARGEST)) return { a, unit: 1 };
  // At most 2^1022, so that its inverse is a normal number.
  const unit = 2 ** Math.max(-1022, Math.min(1022, Math.floor(Math.log2(largest))));
  return { a: { rows: a.rows, cols: a.cols, data: times(a.data, 1 / unit) }, unit };
}

/** The same of what is first seen to be a matrix of finite entries. */
export function checkedAndNormalised(
  doing: string,
  name: string,
  a: Matrix,
): { readonly a: Matrix; readonly unit: number } {
  if (isMatrix(a)) {
    // With a sum in this range no entry is NaN, infinite or huge, nor are all tiny: one pass is enough.
    const squares = dot(a.data, a.data);
    if (squares >= SMALLEST && squares <= LARGEST) return { a, unit: 1 };
  }
  return normalised(checkMatrix(doing, name, a));
}

/** `factor * values`, the values themselves where the factor is 1. */
export function times(values: Float64Array, factor: number): Float64Array {
  return factor === 1 ? values : multiple(values, factor);
}

/** `factor * values`, new numbers whatever the factor. */
export function multiple(values: Float64Array, factor: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let at = 0; at < out.length; at++) out[at] = values[at] * factor;
  return out;
}

/** Columns, each times its value. */
export function timesColumns({ rows, cols, data }: Matrix, values: ArrayLike<number>): Matrix {
  const out = new Float64Array(data.length);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) out[at] = data[at] * values[j];
  }
  return { rows, cols, data: out };
}

/** Rows, each times its value. */
export function timesRows({ rows, cols, data }: Matrix, values: ArrayLike<number>): Matrix {
  const out = new Float64Array(data.length);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) out[at] = data[at] * values[i];
  }
  return { rows, cols, data: out };
}
