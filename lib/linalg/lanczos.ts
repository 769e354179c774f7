/**
 * The largest singular value of an operator, by a Krylov space.
 *
 * @module
 */
import { cannot, checkInteger, checkNumber, checkOptions, shown } from "../check.ts";
import { allFinite, type Matrix } from "../matrix.ts";
import { bidiagonalQr } from "./bidiagonal_qr.ts";
import { EPSILON } from "./deflation.ts";
import { type Operator, operatorOf } from "./operator.ts";
import { RotationQueue } from "./rotations.ts";
import { checkedAndNormalised, largestEntry } from "./scaling.ts";

/** Options of {@linkcode largestSingularValue}. */
export type LanczosOptions = {
  /** Relative error of the value that is allowed, from 1e-14; 1e-8 by default. */
  readonly tolerance?: number;
  /** Pairs of products allowed; 300 by default. */
  readonly maxIterations?: number;
  /** Vector to start from, of length `cols`; see the definition for the default. */
  readonly start?: Float64Array;
};

/** The residual is looked at after every step up to this one, then after every eighth. */
const EVERY_STEP = 16;

const DOING = "compute the largest singular value";

/**
 * Computes the largest singular value of an operator or a matrix.
 *
 * **Definition** `max |A x| / |x|`, as the largest singular value of the bidiagonal matrix of
 * Golub-Kahan-Lanczos steps with full reorthogonalisation. It starts from
 * `x_j = 1 + j / (2 n) + (-1)^j / 4`: positive, smooth and with an alternating part, so that a
 * singular vector orthogonal to it would be an accident. Stops when `min(r, r^2 / gap)`, r the
 * residual of the leading triplet and gap its distance to the next, is within the tolerance.
 *
 * The gap is that of the values found so far, so the bound is an estimate: where the two leading
 * singular values differ, relatively, by less than the root of the tolerance, the result may be off
 * by their difference.
 *
 * @param operator A matrix, shape `[m, n]`, or a linear map with its transpose
 * @param options Tolerance, number of steps allowed, start
 * @returns At least 0; 0 for an operator with a side of length 0
 * @throws {TypeError} if the operator returns vectors of a wrong length
 * @throws {RangeError} if a value is not finite, or an option is out of range
 * @throws {Error} if the tolerance is not reached in the steps allowed
 *
 * @example The length of a column
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { largestSingularValue, matrix } from "resolvent";
 *
 * assertAlmostEquals(largestSingularValue(matrix(2, 1, [3, 4])), 5, 1e-12);
 * ```
 *
 * Source: G. H. Golub and W. Kahan, Calculating the singular values and pseudo-inverse of a matrix,
 * SIAM J. Numer. Anal. 2 (1965), 205-224; G. H. Golub and C. F. Van Loan, Matrix Computations, 4th
 * edition, section 10.4.
 */
export function largestSingularValue(
  operator: Matrix | Operator,
  options: LanczosOptions = {},
): number {
  checkOptions(DOING, options);
  if (typeof operator === "object" && operator !== null && "apply" in operator) {
    return leadingValue(operator, options);
  }
  const { a, unit } = checkedAndNormalised(DOING, "the matrix", operator);
  return unit * leadingValue(operatorOf(a), options);
}

/** The steps of Golub-Kahan-Lanczos. */
function leadingValue(
  { rows, cols, apply, applyTransposed }: Operator,
  { tolerance = 1e-8, maxIterations = 300, start }: LanczosOptions,
): number {
  checkNumber(DOING, "tolerance", tolerance, { min: 1e-14, below: 1 });
  checkInteger(DOING, "maxIterations", maxIterations, { min: 1 });
  if (rows === 0 || cols === 0) return 0;
  const first = normalise(copyOf("start", start ?? defaultStart(cols), cols));
  if (first.length === 0) throw new RangeError(cannot(DOING, "start must not be zero", "start", 0));
  const lefts: Float64Array[] = [], rights: Float64Array[] = [first.x];
  const alphas: number[] = [], betas: number[] = [];
  // Of a wide operator one vector more: its image has no new direction.
  const most = Math.min(maxIterations, cols, rows + 1);
  let bound = Infinity;
  for (let step = 1; step <= most; step++) {
    // A v_k = beta_(k-1) u_(k-1) + alpha_k u_k
    const image = copyOf("an image", apply(rights[step - 1]), rows);
    const left = step > rows ? { length: 0, x: new Float64Array(rows) } : nextVector(image, lefts);
    alphas.push(left.length);
    lefts.push(left.x);
    // A^T u_k = alpha_k v_k + beta_k v_(k+1)
    const back = applyTransposed(left.x);
    const right = nextVector(copyOf("an image of the transpose", back, cols), rights);
    const spanned = step === cols || left.length === 0;
    if (spanned || step <= EVERY_STEP || step % 8 === 0 || step === most) {
      const { value, gap, last } = leadingTriplet(alphas, betas);
      const residual = right.length * last;
      bound = spanned || residual <= EPSILON * most * value
        ? 0
        : Math.min(residual, residual ** 2 / gap) / value;
      if (bound <= tolerance) return value;
    }
    betas.push(right.length);
    rights.push(right.x);
  }
  throw new Error(
    cannot(
      DOING,
      `the relative error must reach ${shown(tolerance)} in ${maxIterations} steps`,
      "its bound",
      bound,
    ),
  );
}

/** The start of the definition. */
function defaultStart(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, j) => 1 + j / (2 * n) + (j % 2 === 0 ? 0.25 : -0.25));
}

/** A copy of a vector of finite numbers of the length needed, or an error. */
function copyOf(name: string, x: Float64Array, length: number): Float64Array {
  if (!(x instanceof Float64Array) || x.length !== length) {
    throw new TypeError(cannot(DOING, `${name} must be a vector of length ${length}`, name, x));
  }
  if (!allFinite(x)) {
    for (let i = 0; i < length; i++) checkNumber(DOING, `${name}[${i}]`, x[i]);
  }
  return x.slice();
}

/** What is left of `x` outside the span of the basis: its length and its direction. */
function nextVector(
  x: Float64Array,
  basis: readonly Float64Array[],
): { readonly length: number; readonly x: Float64Array } {
  // Twice is enough: after a second pass nothing but rounding is left in the span.
  for (let pass = 0; pass < 2; pass++) {
    for (const q of basis) {
      let overlap = 0;
      for (let i = 0; i < x.length; i++) overlap += q[i] * x[i];
      for (let i = 0; i < x.length; i++) x[i] -= overlap * q[i];
    }
  }
  return normalise(x);
}

/** Length and direction; the direction of a zero vector is zero. */
function normalise(x: Float64Array): { readonly length: number; readonly x: Float64Array } {
  const unit = largestEntry(x);
  if (unit === 0) return { length: 0, x };
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] / unit) ** 2;
  const root = Math.sqrt(sum);
  return { length: unit * root, x: x.map((value) => value / unit / root) };
}

/**
 * Largest singular value of the bidiagonal matrix, its distance to the next one, and the size of
 * the last entry of its left vector.
 */
function leadingTriplet(
  alphas: readonly number[],
  betas: readonly number[],
): { readonly value: number; readonly gap: number; readonly last: number } {
  const k = alphas.length;
  const values = Float64Array.from(alphas);
  const lastRow = new Float64Array(k);
  lastRow[k - 1] = 1;
  bidiagonalQr(values, Float64Array.from(betas.slice(0, k - 1)), {
    left: new RotationQueue(lastRow, 1, k),
    right: new RotationQueue(new Float64Array(0), 0, k),
  });
  const order = Array.from(values.keys())
    .sort((i, j) => Math.abs(values[j]) - Math.abs(values[i]));
  const value = Math.abs(values[order[0]]);
  // Of one value alone nothing is known about the next.
  const gap = k > 1 ? value - Math.abs(values[order[1]]) : 0;
  return { value, gap, last: Math.abs(lastRow[order[0]]) };
}
