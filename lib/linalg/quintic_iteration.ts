/**
 * The iteration by odd polynomials of degree five, over the few operations that it needs, so that
 * arrays of every kind go through one formula.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { transpose } from "./elementwise.ts";
import { matmul } from "./matmul.ts";
import { largestEntry } from "./scaling.ts";

/** Coefficients a, b, c of the polynomial `a x + b x^3 + c x^5` on singular values. */
export type Quintic = readonly [a: number, b: number, c: number];

/** Operations of the iteration on arrays of kind `A` with rows and columns. */
export type IterationOps<A> = {
  /** Numbers of rows and columns. */
  readonly shape: (a: A) => readonly number[];
  /** Rows as columns. */
  readonly transpose: (a: A) => A;
  /** `a / (factor ‖a‖_F + epsilon)`; zero stays zero, also where epsilon is 0. */
  readonly overNorm: (a: A, factor: number, epsilon: number) => A;
  /** `a b^T`. */
  readonly productTransposed: (a: A, b: A) => A;
  /** `a b`. */
  readonly product: (a: A, b: A) => A;
  /** `c x + d y`, entry by entry. */
  readonly combination: (x: A, c: number, y: A, d: number) => A;
};

/** What is done to a matrix: the polynomials in turn, after a division by `factor ‖a‖_F + epsilon`. */
export type QuinticPlan = {
  /** One polynomial for each step. */
  readonly polynomials: readonly Quintic[];
  /** Multiplies the Frobenius norm. */
  readonly factor: number;
  /** Added to it. */
  readonly epsilon: number;
};

/** The operations on matrices. */
export const matrixIteration: IterationOps<Matrix> = {
  shape: ({ rows, cols }) => [rows, cols],
  transpose,
  overNorm,
  productTransposed: (a, b) => matmul(a, b, { transposeB: true }),
  product: (a, b) => matmul(a, b),
  combination,
};

/** Applies the polynomials in turn to `a / (factor ‖a‖_F + epsilon)`. */
export function quinticSteps<A>(
  ops: IterationOps<A>,
  a: A,
  { polynomials, factor, epsilon }: QuinticPlan,
): A {
  const [rows, cols] = ops.shape(a);
  const tall = rows > cols;
  let x = ops.overNorm(a, factor, epsilon);
  if (tall) x = ops.transpose(x);
  for (const [c1, c3, c5] of polynomials) {
    const s = ops.productTransposed(x, x);
    // s is symmetric, and half of a product with its own transpose is half of the work.
    const inner = ops.combination(s, c3, ops.productTransposed(s, s), c5);
    x = ops.combination(x, c1, ops.product(inner, x), 1);
  }
  return tall ? ops.transpose(x) : x;
}

/** `c x + d y`, entry by entry. */
function combination(x: Matrix, c: number, y: Matrix, d: number): Matrix {
  const a = x.data, b = y.data, data = new Float64Array(a.length);
  for (let at = 0; at < data.length; at++) data[at] = c * a[at] + d * b[at];
  return { ...x, data };
}

/** Entries over the norm; division, since the inverse of a tiny number overflows. */
function overNorm(a: Matrix, factor: number, epsilon: number): Matrix {
  const norm = factor * frobenius(a.data) + epsilon;
  if (norm === 0) return a;
  const data = new Float64Array(a.data.length);
  for (let at = 0; at < data.length; at++) data[at] = a.data[at] / norm;
  return { ...a, data };
}

/** Frobenius norm, without underflow or overflow of squares. */
function frobenius(data: Float64Array): number {
  const unit = largestEntry(data);
  if (unit === 0) return 0;
  let sum = 0;
  for (let at = 0; at < data.length; at++) sum += (data[at] / unit) ** 2;
  return unit * Math.sqrt(sum);
}
