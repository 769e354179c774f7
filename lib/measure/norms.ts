/**
 * The three norms of a matrix that depend on its singular values alone.
 *
 * @module
 */
import { dot } from "../linalg/inner_product.ts";
import { largestSingularValue } from "../linalg/lanczos.ts";
import { matrixOperator } from "../linalg/operator.ts";
import { normalised } from "../linalg/scaling.ts";
import { isMatrix, type Matrix } from "../matrix.ts";
import { checkMeasured, largestOf, type MatrixOrSpectrum, spectrumOf, sumOf } from "./spectrum.ts";

/** Above this smaller side, products with vectors find the largest singular value sooner than an SVD. */
const LANCZOS_FROM = 128;

/** Relative tolerance of the largest singular value found by products with vectors. */
const LANCZOS_TOLERANCE = 1e-12;

/** Steps after which a full decomposition is the cheaper way. */
const LANCZOS_STEPS = 150;

/**
 * Computes the Frobenius norm, the root of the sum of squared entries.
 *
 * **Definition** `‖A‖_F = sqrt(sum_ij A_ij^2) = sqrt(sum_i s_i^2)`
 *
 * Entries are divided by the largest first, so that 1e-200 and 1e200 are measured too.
 *
 * @param a shape `[rows, cols]`, or `{ singularValues }` of length min(rows, cols)
 * @returns The norm, at least 0, in the unit of the entries
 * @throws {RangeError} if there are no entries or one is NaN or infinite
 *
 * @example A right triangle
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { frobeniusNorm, matrix } from "resolvent";
 *
 * assertEquals(frobeniusNorm(matrix(1, 2, [3, 4])), 5);
 * assertEquals(frobeniusNorm({ singularValues: Float64Array.of(4, 3) }), 5);
 * ```
 *
 * Source: Golub and Van Loan (2013), Matrix Computations, 4th edition, section 2.3.
 */
export function frobeniusNorm(a: MatrixOrSpectrum): number {
  checkMeasured("compute a Frobenius norm", a);
  const values = isMatrix(a) ? a.data : a.singularValues;
  const squares = dot(values, values);
  // In this range no square that matters has left the normal numbers.
  if (squares > 1e-280 && squares < 1e300) return Math.sqrt(squares);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  return largest * Math.sqrt(sumOf(values, (value) => (value / largest) ** 2));
}

/**
 * Computes the nuclear norm, the sum of the singular values.
 *
 * **Definition** `‖A‖_* = sum_i s_i`, the norm dual to the spectral norm
 *
 * @param a shape `[rows, cols]`, or `{ singularValues }` of length min(rows, cols)
 * @returns The norm, from the Frobenius norm to sqrt(rank) times it
 * @throws {RangeError} if there are no entries or one is NaN or infinite
 *
 * @example Two singular values
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, nuclearNorm } from "resolvent";
 *
 * assertAlmostEquals(nuclearNorm(matrix(2, 2, [0, 3, 4, 0])), 7);
 * ```
 *
 * Source: Horn and Johnson (2013), Matrix Analysis, 2nd edition, section 5.6 (trace norm).
 */
export function nuclearNorm(a: MatrixOrSpectrum): number {
  return sumOf(spectrumOf("compute a nuclear norm", a), (value) => value);
}

/**
 * Computes the spectral norm, the largest singular value.
 *
 * **Definition** `‖A‖ = s_1 = max ‖A x‖ over ‖x‖ = 1`
 *
 * Where both sides exceed 128 it is found by products with vectors (Lanczos, to 1e-12 relative)
 * instead of a full decomposition, unless these do not converge.
 *
 * @param a shape `[rows, cols]`, or `{ singularValues }` of length min(rows, cols)
 * @returns The norm, at least 0 and at most the Frobenius norm
 * @throws {RangeError} if there are no entries or one is NaN or infinite
 *
 * @example The larger of two singular values
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, spectralNorm } from "resolvent";
 *
 * assertAlmostEquals(spectralNorm(matrix(2, 2, [0, 3, 4, 0])), 4);
 * ```
 *
 * Source: Golub and Van Loan (2013), Matrix Computations, 4th edition, sections 2.3 and 10.4.
 */
export function spectralNorm(a: MatrixOrSpectrum): number {
  const doing = "compute a spectral norm";
  checkMeasured(doing, a);
  if (isMatrix(a) && Math.min(a.rows, a.cols) > LANCZOS_FROM) {
    const found = byProducts(a);
    if (found !== null) return found;
  }
  return largestOf(spectrumOf(doing, a));
}

/** The largest singular value by products with vectors, or `null` where these do not converge. */
function byProducts(a: Matrix): number | null {
  const { a: scaled, unit } = normalised(a);
  try {
    const options = { tolerance: LANCZOS_TOLERANCE, maxIterations: LANCZOS_STEPS };
    return unit * largestSingularValue(matrixOperator(scaled), options);
  } catch (error) {
    // A wrong value or shape would be a fault of ours; running out of steps is expected.
    if (error instanceof RangeError || error instanceof TypeError) throw error;
    return null;
  }
}
