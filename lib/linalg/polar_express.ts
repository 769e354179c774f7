/**
 * Orthogonalisation by the best polynomials for a range of singular values.
 *
 * @module
 */
import { checkInteger, checkOptions } from "../check.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { POLAR_EXPRESS, POLAR_EXPRESS_WIDE } from "./polar_express_coefficients.ts";
import {
  matrixIteration,
  type Quintic,
  type QuinticPlan,
  quinticSteps,
} from "./quintic_iteration.ts";

/** Options of {@linkcode polarExpress}. */
export type PolarExpressOptions = {
  /** Number of steps, an integer of at least 0; 5 by default. From the eighth on they are equal. */
  readonly steps?: number;
};

const DOING = "orthogonalise by Polar Express";

/** Published safety against rounding in bfloat16: arguments are smaller by this factor. */
const SAFETY = 1.01;

/**
 * Pushes the singular values of a matrix towards 1 by the composition of polynomials that is best
 * for values from 1e-3 to 1.
 *
 * **Definition** `X_0 = A / (1.01 |A|_F + 1e-7)`, then `X <- a X + (b S + c S^2) X`, `S = X X^T`, with
 * the published (a, b, c) of each step, where all but the last of the list are divided by 1.01,
 * 1.01^3 and 1.01^5; the last repeats.
 *
 * @param a Matrix, shape `[m, n]`; a side may be 0
 * @param options Number of steps
 * @returns shape `[m, n]`, with the singular vectors of `a`. A singular value of at
 * least 1.01e-3 of the Frobenius norm is in [0.846, 1.124] after 5 steps, and 1 up to 1e-9 after 9
 * @throws {TypeError} if `a` is not a matrix
 * @throws {RangeError} if an entry is not finite or steps is not an integer of at least 0
 *
 * @example Ten steps are the polar factor
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, polarExpress } from "resolvent";
 *
 * const { data } = polarExpress(matrix(2, 2, [0, -5, 1, 0]), { steps: 10 });
 * [0, -1, 1, 0].forEach((entry, at) => assertAlmostEquals(data[at], entry, 1e-10));
 * ```
 *
 * Source: N. Amsel, D. Persson, C. Musco, R. M. Gower, The Polar Express: Optimal matrix sign methods
 * and their application to the Muon algorithm, arXiv:2505.16932, Algorithm 1 and its code listing.
 * Differs from the paper in using float64 instead of bfloat16.
 */
export function polarExpress(a: Matrix, options: PolarExpressOptions = {}): Matrix {
  checkMatrix(DOING, "a", a);
  return quinticSteps(matrixIteration, a, polarExpressPlan(options));
}

/** What the options ask for, checked. */
export function polarExpressPlan(options: PolarExpressOptions): QuinticPlan {
  const { steps = 5 } = checkOptions(DOING, options);
  checkInteger(DOING, "steps", steps, { min: 0 });
  return { polynomials: polarExpressSteps(steps), factor: SAFETY, epsilon: 1e-7 };
}

/**
 * The polar factor without a decomposition: singular values from 1.01e-5 of the Frobenius norm go to
 * 1 up to 1e-11, smaller ones to between 0 and 1, at the origin with slope 5.4e5.
 */
export function widePolarPlan(): QuinticPlan {
  const polynomials = safeSteps(POLAR_EXPRESS_WIDE, POLAR_EXPRESS_WIDE.length);
  return { polynomials, factor: SAFETY, epsilon: 0 };
}

/** The polynomials of the first steps, safety included. */
export function polarExpressSteps(steps: number): readonly Quintic[] {
  return safeSteps(POLAR_EXPRESS, steps);
}

/** The first steps of a list whose last polynomial repeats; all but that one have the safety. */
function safeSteps(list: readonly Quintic[], steps: number): readonly Quintic[] {
  const last = list.length - 1;
  return Array.from({ length: steps }, (_, step): Quintic => {
    const [a, b, c] = list[Math.min(step, last)];
    return step < last ? [a / SAFETY, b / SAFETY ** 3, c / SAFETY ** 5] : [a, b, c];
  });
}
