/**
 * The operations that optimizers and models are written in.
 *
 * @module
 */
import type { ProductOptions } from "../linalg/kernels.ts";
import type { NewtonSchulzOptions } from "../linalg/newton_schulz.ts";
import type { PolarExpressOptions } from "../linalg/polar_express.ts";
import type { Matrix } from "../matrix.ts";

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
  /** The product a b, either factor transposed if asked. */
  readonly matmul: (a: A, b: A, options?: ProductOptions) => A;
  /** Rows as columns. */
  readonly transpose: (a: A) => A;
  /** The same numbers, row by row, in another shape. */
  readonly reshape: (a: A, rows: number, cols: number) => A;
  /** A matrix as an array of this kind. */
  readonly constant: (a: Matrix) => A;
  /** a plus a row `[1, cols]` in each of its rows. */
  readonly addRow: (a: A, row: A) => A;
  /** Sums of the columns, shape `[1, cols]`. */
  readonly columnSums: (a: A) => A;
  /** `a ∘ (b ⊗ ones[g, h])`: each block `[g, h]` of a, shape `[n g, m h]`, times an entry of b, `[n, m]`. */
  readonly multiplyBlocks: (a: A, b: A) => A;
  /** Arrays of equally many rows, side by side. */
  readonly concatColumns: (list: readonly A[]) => A;
  /** Columns `from` to `to`, the last excluded. */
  readonly sliceColumns: (a: A, from: number, to: number) => A;
  /** The polar factor over the numerical range. */
  readonly polar: (a: A) => A;
  /** c times nuclear norm times polar factor: what steepest descent in the spectral norm follows. */
  readonly nuclearPolar: (a: A, c: number) => A;
  /** Approximate polar factor by Newton-Schulz. */
  readonly newtonSchulz: (a: A, settings: NewtonSchulzOptions) => A;
  /** Approximate polar factor by Polar Express. */
  readonly polarExpress: (a: A, settings: PolarExpressOptions) => A;
};
