/**
 * The two descents of a least-squares problem, side by side.
 *
 * @module
 */
import { cannot, checkChoice, checkInteger, checkOptions } from "../check.ts";
import { checkProblem, type MatrixRegression } from "../data/matrix_regression.ts";
import { isMatrix, type Matrix, matrix } from "../matrix.ts";
import type { Optimizer } from "../optimizers/kinds.ts";
import { sgd } from "../optimizers/sgd.ts";
import { spectralDescent } from "../optimizers/spectral_descent.ts";
import { train } from "./train.ts";

/** Losses of both methods at steps 0, 1, ...; of a method that was not asked for, none. */
export type Descents = {
  /** Losses of Euclidean descent. */
  readonly euclidean: Float64Array;
  /** Losses of spectral descent. */
  readonly spectral: Float64Array;
};

/** How far the descents go, and from where. */
export type CompareDescentsOptions = {
  /** Number of steps, an integer of at least 0. */
  readonly steps: number;
  /** W_0, shape `[features, outputs]`; zeros by default. */
  readonly start?: Matrix;
  /** The one method to run; both by default. */
  readonly only?: keyof Descents;
};

/**
 * Runs Euclidean and spectral descent on a least-squares problem, each with the paper's step.
 *
 * **Definition** `W_{t+1} = W_t - G/L_F` and `W_{t+1} = W_t - (‖G‖_* / L_op) polar(G)`, both from W_0,
 * with G the gradient at W_t; the losses are `L(W_0), ..., L(W_steps)`. Neither loss ever rises.
 *
 * @param problem A least-squares problem with features that are not zero
 * @param options Number of steps, the start, one method if the other is not wanted
 * @returns losses of each, length `steps + 1`; length 0 for the method that was not asked for
 * @throws {RangeError} (a rejection) if `steps` is not an integer of at least 0, `only` is not a
 * method, or the features are zero
 * @throws {TypeError} (a rejection) if the start has not the shape of the weights, or `options` is not a record
 *
 * @example Strong and weak features that matter the same: spectral descent is ahead
 * ```ts
 * import { assertAlmostEquals, assertLess } from "@std/assert";
 * import { compareDescents, matrix, matrixRegression } from "resolvent";
 *
 * const problem = matrixRegression(matrix(2, 2, [10, 0, 0, 1]), matrix(2, 2, [0.1, 0, 0, 1]));
 * const { euclidean, spectral } = await compareDescents(problem, { steps: 5 });
 * assertAlmostEquals(euclidean[0], 0.2525); // (0.1² + 1²) / 4
 * assertLess(spectral[5], euclidean[5]);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, equations 1.3 to 1.5 and Figure 3.
 */
export async function compareDescents(
  problem: MatrixRegression,
  options: CompareDescentsOptions,
): Promise<Descents> {
  const doing = "compare descents";
  checkProblem(doing, problem);
  const { start = matrix(problem.features, problem.outputs), only } = checkOptions(doing, options);
  const steps = checkInteger(doing, "steps", options.steps, { min: 0 });
  if (only !== undefined) checkChoice(doing, "only", only, ["euclidean", "spectral"]);
  const { features, outputs } = problem;
  if (!isMatrix(start) || start.rows !== features || start.cols !== outputs) {
    const need = `start must be a ${features} x ${outputs} matrix`;
    throw new TypeError(cannot(doing, need, "start", start));
  }
  if (!(problem.euclideanCurvature > 0)) {
    const need = "the features must not be zero";
    throw new RangeError(cannot(doing, need, "euclideanCurvature", problem.euclideanCurvature));
  }
  const { euclideanCurvature, spectralCurvature: curvature, lossAndGradient } = problem;
  async function descend<S>(name: keyof Descents, optimizer: Optimizer<S>): Promise<Float64Array> {
    if (only !== undefined && only !== name) return new Float64Array(0);
    return (await train({ params: start, lossAndGradient, steps, optimizer })).losses;
  }
  return {
    euclidean: await descend("euclidean", sgd({ learningRate: 1 / euclideanCurvature })),
    spectral: await descend("spectral", spectralDescent({ curvature })),
  };
}
