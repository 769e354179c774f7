/**
 * Descent with the best step length along each direction.
 *
 * @module
 */
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { checkProblem, type MatrixRegression } from "../data/matrix_regression.ts";
import { add, scale, subtract } from "../linalg/elementwise.ts";
import { innerProduct } from "../linalg/inner_product.ts";
import { polarFactor } from "../linalg/polar.ts";
import type { Matrix } from "../matrix.ts";

/** Directions, steps and start of a descent with exact line search. */
export type LineSearchOptions = {
  /** The direction: of the gradient, its polar factor, or conjugate to the ones before. */
  readonly direction: "gradient" | "polar" | "conjugate";
  /** Number of steps, an integer of at least 0. */
  readonly steps: number;
  /** W_0, shape `[features, outputs]`. */
  readonly start: Matrix;
  /** Heavy-ball factor β of the gradients that give the direction, from 0 to below 1; default 0. */
  readonly momentum?: number;
};

/**
 * Descends a least-squares loss with exact line search and returns its losses.
 *
 * **Definition** `W_{t+1} = W_t - α P_t`, `α = <G_t, P_t> / (‖A P_t‖_F² / n)`, the minimiser along P_t;
 * `M_t = β M_{t-1} + G_t` and P_t is `M_t`, `polar(M_t)`, or
 * `G_t + (‖G_t‖_F² / ‖G_{t-1}‖_F²) P_{t-1}` (conjugate gradients, where β must be 0)
 *
 * @param problem A least-squares problem
 * @param options Direction, number of steps, start, momentum
 * @returns The losses at steps 0 to `steps`, length `steps + 1`; a direction without curvature ends the descent
 * @throws {RangeError} if the number of steps or the momentum is out of range or the direction is not known
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example One weight is solved in one step
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { lineSearchLosses, matrix, matrixRegression } from "resolvent";
 *
 * const problem = matrixRegression(matrix(1, 1, [2]), matrix(1, 1, [6]));
 * const options = { direction: "polar", steps: 1, start: matrix(1, 1) } as const;
 * const [before, after] = lineSearchLosses(problem, options);
 * assertAlmostEquals(before, 18);
 * assertAlmostEquals(after, 0, 1e-12);
 * ```
 *
 * Source: Nocedal and Wright (2006), Numerical Optimization, 2nd edition, equations 3.26 (exact step)
 * and 5.41 (Fletcher-Reeves).
 */
export function lineSearchLosses(
  problem: MatrixRegression,
  options: LineSearchOptions,
): Float64Array {
  const doing = "descend with line search";
  checkProblem(doing, problem);
  const { direction, steps, start, momentum = 0 } = checkOptions(doing, options);
  checkChoice(doing, "direction", direction, ["gradient", "polar", "conjugate"]);
  checkInteger(doing, "steps", steps, { min: 0 });
  checkNumber(doing, "momentum", momentum, {
    min: 0,
    below: direction === "conjugate" ? Number.MIN_VALUE : 1,
  });
  const losses = new Float64Array(steps + 1);
  let weights = start, memory: Matrix | null = null, square = 0;
  for (let t = 0; t <= steps; t++) {
    const { loss, gradient } = problem.lossAndGradient(weights);
    losses[t] = loss;
    const squareNow = innerProduct(gradient, gradient);
    const kept: number = direction === "conjugate" ? squareNow / square : momentum;
    memory = memory === null ? gradient : add(gradient, scale(memory, kept));
    square = squareNow;
    const along = direction === "polar" ? polarFactor(memory) : memory;
    const curvature = problem.curvatureAlong(along);
    if (curvature === 0 || square === 0) return losses.fill(loss, t);
    weights = subtract(weights, scale(along, innerProduct(gradient, along) / curvature));
  }
  return losses;
}
