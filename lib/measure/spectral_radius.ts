/**
 * Spectral radius: how fast the powers of a matrix grow.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { scale } from "../linalg/elementwise.ts";
import { checkSquare } from "../linalg/eigh.ts";
import { matmul } from "../linalg/matmul.ts";
import { normalised } from "../linalg/scaling.ts";
import type { Matrix } from "../matrix.ts";
import { frobeniusNorm } from "./norms.ts";

/** Squarings: the norm of a power 2^50 has lost every factor that does not grow with the power. */
const SQUARINGS = 50;

/**
 * Computes the spectral radius, the largest absolute value of an eigenvalue.
 *
 * **Definition** `ρ(A) = max |λ_i(A)| = lim ‖A^k‖^(1/k)`, here with `k = 2^50` by repeated squaring
 *
 * Eigenvalues may be complex. The error is that to which rounding determines the eigenvalue: for
 * defective matrices more than for others.
 *
 * @param a shape `[n, n]`
 * @returns The radius, at least 0 and at most the spectral norm
 * @throws {TypeError} if the matrix is not square
 * @throws {RangeError} if there are no entries or one is NaN or infinite
 *
 * @example A quarter turn, doubled
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, spectralRadius } from "resolvent";
 *
 * assertAlmostEquals(spectralRadius(matrix(2, 2, [0, -2, 2, 0])), 2);
 * ```
 *
 * Source: Horn and Johnson (2013), Matrix Analysis, 2nd edition, corollary 5.6.14 (Gelfand's formula).
 */
export function spectralRadius(a: Matrix): number {
  const doing = "compute a spectral radius";
  checkSquare(doing, a);
  if (a.rows === 0) throw new RangeError(cannot(doing, "the matrix must have entries", "a", a));
  const { a: start, unit } = normalised(a), size = frobeniusNorm(start);
  if (size === 0) return 0;
  let power = scale(start, 1 / size), growth = 0;
  for (let at = 1; at <= SQUARINGS; at++) {
    const square = matmul(power, power), norm = frobeniusNorm(square);
    if (norm === 0) return 0;
    growth += Math.log(norm) / 2 ** at;
    power = scale(square, 1 / norm);
  }
  return unit * size * Math.exp(growth);
}
