/**
 * How alike two kernels are.
 *
 * @module
 */
import { cannot, checkOptions } from "../check.ts";
import { dot } from "../linalg/inner_product.ts";
import { subtract, transpose } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { largestEntry, normalised } from "../linalg/scaling.ts";
import { checkMatrix, checkShapes, type Matrix, matrix } from "../matrix.ts";

/** How kernels are compared. */
export type AlignmentOptions = {
  /** Whether the mean of the features is taken out of both kernels; default no. */
  readonly centred?: boolean;
};

/**
 * Computes the alignment of two kernels on the same points; with `centred` it is linear CKA.
 *
 * **Definition** `<K_1, K_2>_F / (|K_1|_F |K_2|_F)`; with `centred` of `H K_1 H` and `H K_2 H`,
 * `H = I - 1 1^T / n`
 *
 * @param k1 First kernel, shape `[n, m]`; `[n, n]` if centred
 * @param k2 Second kernel, of the same shape
 * @param options Whether the kernels are centred
 * @returns From -1 to 1; from 0 for positive semidefinite kernels, 1 where one is a multiple of the other
 * @throws {TypeError} if an argument is not a matrix, the shapes differ, or they are to be centred and not
 * square
 * @throws {RangeError} if an entry is not finite, or a kernel is zero, centred where that is asked
 *
 * @example A kernel and the identity
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { identity, kernelAlignment, matrix } from "resolvent";
 *
 * const ones = matrix(2, 2, [1, 1, 1, 1]);
 * assertAlmostEquals(kernelAlignment(ones, identity(2)), 1 / Math.sqrt(2));
 * assertAlmostEquals(kernelAlignment(identity(2), matrix(2, 2, [3, 1, 1, 3]), { centred: true }), 1);
 * ```
 *
 * Source: Cristianini and others (2001), On kernel-target alignment, definition 1; Kornblith and others,
 * arXiv:1905.00414, eqs. 3 and 4 (CKA); Cortes, Mohri and Rostamizadeh (2012), JMLR 13, definition 4.
 */
export function kernelAlignment(k1: Matrix, k2: Matrix, options: AlignmentOptions = {}): number {
  const doing = "compute a kernel alignment";
  checkSame(doing, k1, k2);
  const { centred = false } = checkOptions(doing, options);
  const one = prepared(doing, "k1", k1, centred), other = prepared(doing, "k2", k2, centred);
  return limited(dot(one.data, other.data) / (sizeOf(one) * sizeOf(other)));
}

/**
 * Computes the alignment of a kernel with the kernel of the targets.
 *
 * **Definition** `<K, y y^T>_F / (|K|_F |y y^T|_F)`; with `centred` of `H K H` and `H y`, `H = I - 1 1^T / n`
 *
 * @param kernel K, shape `[n, n]`
 * @param targets y, shape `[n, outputs]`
 * @param options Whether kernel and targets are centred
 * @returns From -1 to 1; from 0 for a positive semidefinite kernel
 * @throws {TypeError} if the kernel is not square or the rows differ
 * @throws {RangeError} if an entry is not finite, or kernel or targets are zero, centred where that is asked
 *
 * @example A target along the first eigenvector
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { kernelTargetAlignment, matrix } from "resolvent";
 *
 * const kernel = matrix(2, 2, [3, 0, 0, 4]);
 * assertAlmostEquals(kernelTargetAlignment(kernel, matrix(2, 1, [0, 7])), 4 / 5);
 * ```
 *
 * Source: Cristianini and others (2001), On kernel-target alignment, definition 1.
 */
export function kernelTargetAlignment(
  kernel: Matrix,
  targets: Matrix,
  options: AlignmentOptions = {},
): number {
  const doing = "compute a kernel-target alignment";
  checkMatrix(doing, "kernel", kernel);
  checkMatrix(doing, "targets", targets);
  const need = "the kernel must be square, with a row for each row of the targets";
  const fits = kernel.rows === kernel.cols && kernel.rows === targets.rows;
  checkShapes(doing, need, fits, kernel, targets);
  const { centred = false } = checkOptions(doing, options);
  const k = prepared(doing, "kernel", kernel, centred);
  const left = away(doing, "targets", targets, centred ? lessColumnMeans(targets) : targets);
  // Fourth powers of the targets are summed: their largest entry is made 1.
  const largest = largestEntry(left.data);
  const y = matrix(left.rows, left.cols, left.data.map((value) => value / largest));
  // |y y^T| = |y^T y|, which is the smaller matrix
  const size = sizeOf(matmul(y, y, { transposeA: true }));
  return limited(dot(matmul(k, y).data, y.data) / (sizeOf(k) * size));
}

/**
 * Computes the distance of a kernel from a reference, relative to the reference.
 *
 * **Definition** `|K - K_ref|_F / |K_ref|_F`
 *
 * @param kernel K, shape `[n, m]`
 * @param reference K_ref, of the same shape: the limit, or the kernel at the start
 * @returns At least 0; not symmetric in its arguments
 * @throws {TypeError} if an argument is not a matrix or the shapes differ
 * @throws {RangeError} if an entry is not finite or the reference is zero
 *
 * @example A kernel that has grown by a tenth
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { identity, kernelDistance, scale } from "resolvent";
 *
 * assertAlmostEquals(kernelDistance(scale(identity(3), 1.1), identity(3)), 0.1);
 * ```
 *
 * Source: definition; as in Lee and others, arXiv:1902.06720, figure 1.
 */
export function kernelDistance(kernel: Matrix, reference: Matrix): number {
  const doing = "compute a kernel distance";
  checkSame(doing, kernel, reference);
  const difference = normalised(subtract(kernel, reference));
  const { a, unit } = normalised(away(doing, "reference", reference, reference));
  return sizeOf(difference.a) / sizeOf(a) * (difference.unit / unit);
}

/** Refuses what are no matrices of one shape. */
function checkSame(doing: string, one: Matrix, other: Matrix): void {
  checkMatrix(doing, "the first kernel", one);
  checkMatrix(doing, "the second kernel", other);
  const same = one.rows === other.rows && one.cols === other.cols;
  checkShapes(doing, "both kernels must have one shape", same, one, other);
}

/** The Frobenius norm. */
function sizeOf({ data }: Matrix): number {
  return Math.sqrt(dot(data, data));
}

/** A kernel, centred if asked, in a unit in which squares neither vanish nor overflow. */
function prepared(doing: string, name: string, kernel: Matrix, centred: boolean): Matrix {
  if (!centred) return normalised(away(doing, name, kernel, kernel)).a;
  const need = "a kernel that is centred must be square";
  if (kernel.rows !== kernel.cols) throw new TypeError(cannot(doing, need, name, kernel));
  const half = transpose(lessColumnMeans(kernel));
  return normalised(away(doing, name, kernel, transpose(lessColumnMeans(half)))).a;
}

/** Takes the mean of every column out. */
function lessColumnMeans({ rows, cols, data }: Matrix): Matrix {
  const means = new Float64Array(cols);
  data.forEach((value, at) => means[at % cols] += value / rows);
  return matrix(rows, cols, data.map((value, at) => value - means[at % cols]));
}

/** What is left of a matrix, or an error where that is rounding or nothing. */
function away(doing: string, name: string, before: Matrix, left: Matrix): Matrix {
  const largest = largestEntry(left.data);
  if (largest > before.rows * Number.EPSILON * largestEntry(before.data)) return left;
  const need = `${name} must not be zero${left === before ? "" : " once it is centred"}`;
  throw new RangeError(cannot(doing, need, "its largest entry", largest));
}

/** A cosine without rounding beyond 1. */
function limited(cosine: number): number {
  return Math.min(1, Math.max(-1, cosine));
}
