/**
 * Orthogonalisation by odd polynomials of degree five, as Muon does it.
 *
 * @module
 */
import { cannot, checkInteger, checkList, checkNumber, checkOptions } from "../check.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import {
  matrixIteration,
  type Quintic,
  type QuinticPlan,
  quinticSteps,
} from "./quintic_iteration.ts";

/** Options of {@linkcode newtonSchulz}. */
export type NewtonSchulzOptions = {
  /** One polynomial for all steps, or a list with one for each; Jordan's by default. */
  readonly coefficients?: Quintic | readonly Quintic[];
  /** Number of steps; the length of a list of coefficients, or else 5, by default. */
  readonly steps?: number;
  /** Added to the Frobenius norm, so that a zero matrix stays zero; 1e-7 by default, as in Muon. */
  readonly epsilon?: number;
};

const DOING = "orthogonalise by Newton-Schulz";

/** Keller Jordan's coefficients: the largest slope at 0 whose band around 1 still attracts. */
export const JORDAN: Quintic = [3.4445, -4.7750, 2.0315];

/**
 * Pushes all singular values of a matrix towards 1 by a few products, without a decomposition.
 *
 * **Definition** `X_0 = A / (|A|_F + epsilon)`, transposed if it is tall, then
 * `X <- a X + (b S + c S^2) X` with `S = X X^T`, once per step: every singular value x goes through
 * `p(x) = a x + b x^3 + c x^5`. With the default coefficients five steps have slope 484.9 at 0 and
 * bring the values into the band [0.6819, 1.1343], not to 1.
 *
 * @param a Matrix, shape `[m, n]`; a side may be 0
 * @param options Coefficients, number of steps and epsilon
 * @returns shape `[m, n]`, with the singular vectors of `a`. Costs `4 p^2 q + 2 p^3` operations a
 * step, p the smaller side and q the larger
 * @throws {TypeError} if `a` is not a matrix, a list of coefficients is empty, or a polynomial has not
 * three of them
 * @throws {RangeError} if an entry or a coefficient is not finite, steps is not an integer of at least 0 or exceeds
 * the list of coefficients, or epsilon is negative
 *
 * @example A singular value of one goes to p(1) of five steps
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, newtonSchulz } from "resolvent";
 *
 * const x = newtonSchulz(matrix(1, 1, [7]), { epsilon: 0, steps: 1 });
 * assertAlmostEquals(x.data[0], 3.4445 - 4.7750 + 2.0315, 1e-12);
 * ```
 *
 * Source: K. Jordan et al., Muon: An optimizer for hidden layers in neural networks, 2024,
 * github.com/KellerJordan/Muon. Differs from the source in using float64 instead of bfloat16.
 */
export function newtonSchulz(a: Matrix, options: NewtonSchulzOptions = {}): Matrix {
  checkMatrix(DOING, "a", a);
  return quinticSteps(matrixIteration, a, newtonSchulzPlan(options));
}

/** What the options ask for, checked. */
export function newtonSchulzPlan(options: NewtonSchulzOptions): QuinticPlan {
  const { coefficients = JORDAN, epsilon = 1e-7 } = checkOptions(DOING, options);
  const list = listOf(DOING, coefficients);
  const steps = checkInteger(DOING, "steps", options.steps ?? list?.length ?? 5, {
    min: 0,
    max: list?.length,
  });
  checkNumber(DOING, "epsilon", epsilon, { min: 0 });
  const each = list?.slice(0, steps) ?? new Array<Quintic>(steps).fill(coefficients as Quintic);
  return { polynomials: each, factor: 1, epsilon };
}

/** The polynomials of a list, or null for a single one; each has three finite coefficients. */
function listOf(
  doing: string,
  coefficients: Quintic | readonly Quintic[],
): readonly Quintic[] | null {
  checkList(doing, "coefficients", coefficients);
  if (coefficients.length === 0) {
    const need = "there must be a polynomial for a step";
    throw new TypeError(cannot(doing, need, "coefficients", coefficients));
  }
  if (typeof coefficients[0] === "number") {
    checkQuintic(doing, "coefficients", coefficients as Quintic);
    return null;
  }
  const list = coefficients as readonly Quintic[];
  // Without the quick look the name of each would be written for nothing.
  list.forEach((quintic, step) =>
    isQuintic(quintic) || checkQuintic(doing, `coefficients[${step}]`, quintic)
  );
  return list;
}

/** Tells whether a polynomial has three finite coefficients. */
function isQuintic(value: unknown): boolean {
  return Array.isArray(value) && value.length === 3 && value.every(Number.isFinite);
}

/** Throws unless a polynomial has three finite coefficients. */
function checkQuintic(doing: string, name: string, quintic: Quintic): void {
  if (isQuintic(quintic)) return;
  if (!Array.isArray(quintic) || quintic.length !== 3) {
    const need = "a polynomial has the three coefficients of x, x^3 and x^5";
    throw new TypeError(cannot(doing, need, name, quintic));
  }
  quintic.forEach((value, i) => checkNumber(doing, `${name}[${i}]`, value));
}
