/**
 * The polar factor: the matrix of a gradient's directions without their sizes.
 *
 * @module
 */
import { checkChoice, checkNumber, checkOptions } from "../check.ts";
import type { Matrix } from "../matrix.ts";
import { eigh } from "./eigh.ts";
import { sliceColumns } from "./elementwise.ts";
import { product } from "./matmul.ts";
import { kernels } from "./provider.ts";
import { checkedAndNormalised, times } from "./scaling.ts";

/** Options of {@linkcode polarFactor}. */
export type PolarOptions = {
  /** Where the singular vectors come from: "svd", of A itself, by default, or "gram", of `A^T A`. */
  readonly method?: "svd" | "gram";
  /**
   * Singular values up to this size count as zero; by default `max(rows, cols) * 2^-52 * s_max`, with
   * the method "gram" `1e-6 * s_max`.
   */
  readonly tolerance?: number;
};

/** Of the largest singular value: smaller ones are rounding in the Gram matrix, where they are squared. */
const GRAM_TOLERANCE = 1e-6;

/** A polar factor and the singular values that were found on the way. */
export type Polar = {
  /** `U V^T` over the numerical range, shape `[rows, cols]`. */
  readonly factor: Matrix;
  /** All singular values, descending, length `min(rows, cols)`. */
  readonly singularValues: Float64Array;
};

/**
 * Computes the polar factor over the numerical range.
 *
 * **Definition** `polar(A) = U_r V_r^T` from `A = U diag(s) V^T`, `r` the number of singular values
 * above the tolerance; the numerical range of a zero matrix is empty, so its factor is zero.
 *
 * The method "gram" computes `A (A^T A)^(-1/2)`, for a wide matrix `(A A^T)^(-1/2) A`, over the same
 * range from the eigenvectors of the smaller Gram matrix: faster the longer the other side, but
 * squaring costs half of the digits. For the ratio k of the largest to the smallest singular value
 * that counts, its error is of order `2^-53 k^2`, where that of "svd" is `2^-53 k`.
 *
 * @param a Matrix, shape `[m, n]`; a side may be 0
 * @param options The method, and the tolerance in the unit of the entries
 * @returns shape `[m, n]`; its singular values are r ones and zeros
 * @throws {TypeError} if `a` is not a matrix or `options` not a record of settings
 * @throws {RangeError} if an entry is not finite, the tolerance is negative, or the method is unknown
 * @throws {Error} if the iteration does not converge
 *
 * @example Directions without sizes
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, polarFactor } from "resolvent";
 *
 * const { data } = polarFactor(matrix(2, 2, [0, -5, 0.1, 0]));
 * [0, -1, 1, 0].forEach((entry, at) => assertAlmostEquals(data[at], entry, 1e-12));
 * const gram = polarFactor(matrix(2, 2, [0, -5, 0.1, 0]), { method: "gram" });
 * [0, -1, 1, 0].forEach((entry, at) => assertAlmostEquals(gram.data[at], entry, 1e-12));
 * ```
 *
 * Source: N. J. Higham, Functions of Matrices, SIAM 2008, chapter 8; over the compact decomposition
 * as in arXiv:2512.04299, section 1. Error of "gram": L. N. Trefethen and D. Bau, Numerical Linear
 * Algebra, SIAM 1997, lecture 31.
 */
export function polarFactor(a: Matrix, options: PolarOptions = {}): Matrix {
  const doing = "compute a polar factor";
  const { method = "svd", tolerance } = checkOptions(doing, options);
  checkChoice(doing, "method", method, ["svd", "gram"]);
  if (method === "gram") return throughGram(a, tolerance);
  return decomposed(checkedFor(a, tolerance), (s) => tolerance ?? roundoff(a) * s).factor;
}

/**
 * Computes the polar factor together with the singular values, at the cost of one decomposition.
 *
 * **Definition** `U_r V_r^T` and `s` from `A = U diag(s) V^T`, `r` the number of singular values
 * above `max(m, n) 2^-52 s_max`; zero for a zero matrix.
 *
 * @param a Matrix, shape `[m, n]`; a side may be 0
 * @returns The factor, shape `[m, n]`, and the singular values, length `min(m, n)`
 * @throws {TypeError} if `a` is not a matrix
 * @throws {RangeError} if an entry is not finite
 * @throws {Error} if the iteration does not converge
 *
 * @example The step of spectral descent needs both
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { diagonal, polar } from "resolvent";
 *
 * const { factor, singularValues } = polar(diagonal([4, -2]));
 * assertAlmostEquals(factor.data[3], -1, 1e-12);
 * assertAlmostEquals(singularValues[0] + singularValues[1], 6, 1e-12);
 * ```
 *
 * Source: N. J. Higham, Functions of Matrices, SIAM 2008, chapter 8.
 */
export function polar(a: Matrix): Polar {
  return decomposed(checkedFor(a), (largest) => roundoff(a) * largest);
}

/** {@linkcode polar} where singular values up to `relative` of the largest count as zero. */
export function polarWithin(a: Matrix, relative: number): Polar {
  return decomposed(checkedFor(a), (largest) => relative * largest);
}

/** Of the largest singular value: smaller ones are rounding of float64 entries. */
function roundoff({ rows, cols }: Matrix): number {
  return Math.max(rows, cols) * Number.EPSILON;
}

/** Looks at what was given, and brings the matrix to a size whose squares are safe. */
function checkedFor(a: Matrix, tolerance?: number): { readonly a: Matrix; readonly unit: number } {
  const doing = "compute a polar factor";
  if (tolerance !== undefined) checkNumber(doing, "tolerance", tolerance, { min: 0 });
  return checkedAndNormalised(doing, "a", a);
}

/** The factor through the eigenvectors of the smaller Gram matrix. */
function throughGram(a: Matrix, tolerance?: number): Matrix {
  const { a: unit, unit: size } = checkedFor(a, tolerance);
  if (a.data.length === 0) return zeros(a);
  const tall = a.rows >= a.cols;
  const { values, vectors } = eigh(
    product(unit, unit, tall ? { transposeA: true } : { transposeB: true }),
  );
  const n = values.length;
  const limit = tolerance === undefined
    ? GRAM_TOLERANCE * Math.sqrt(Math.max(0, values[n - 1]))
    : tolerance / size;
  // Z diag(w^-1/4) times its transpose is the root, and symmetric whatever the rounding.
  const weights = values.map((w) => w > 0 && Math.sqrt(w) > limit ? w ** -0.25 : 0);
  const half = { rows: n, cols: n, data: vectors.data.map((z, at) => z * weights[at % n]) };
  const root = product(half, half, { transposeB: true });
  return tall ? product(unit, root, {}) : product(root, unit, {});
}

/** The factor and the singular values; those up to a limit that depends on the largest do not count. */
function decomposed(
  { a, unit: size }: { readonly a: Matrix; readonly unit: number },
  limitOf: (largest: number) => number,
): Polar {
  const { cols } = a;
  if (a.data.length === 0) return { factor: zeros(a), singularValues: new Float64Array(0) };
  const { u, s, vt } = kernels().svd(a, true);
  const values = times(s, size);
  const limit = limitOf(values[0]);
  const rank = values.findIndex((value) => value <= limit);
  if (rank === 0) return { factor: zeros(a), singularValues: values };
  if (rank === -1) return { factor: product(u, vt, {}), singularValues: values };
  const rest = { rows: rank, cols, data: vt.data.subarray(0, rank * cols) };
  return { factor: product(sliceColumns(u, 0, rank), rest, {}), singularValues: values };
}

/** Zeros of the same shape. */
function zeros({ rows, cols }: Matrix): Matrix {
  return { rows, cols, data: new Float64Array(rows * cols) };
}
