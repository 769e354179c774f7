/**
 * The operations that optimizers and models are written in.
 *
 * @module
 */
import type { NewtonSchulzOptions } from "../linalg/newton_schulz.ts";
import type { PolarExpressOptions } from "../linalg/polar_express.ts";

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
