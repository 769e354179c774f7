import { checkChoice, checkInteger, checkOptions } from "../check.ts";
import type { Matrix } from "../matrix.ts";
import { checkProblem, type MatrixRegression } from "../data/matrix_regression.ts";
import { innerProduct } from "../linalg/inner_product.ts";
import { singularValues } from "../linalg/svd.ts";
import { numericalRank } from "../measure/numerical_rank.ts";
import { applyUpdate, type Optimizer } from "../optimizers/kinds.ts";
import { sgd } from "../optimizers/sgd.ts";
import { spectralDescent } from "../optimizers/spectral_descent.ts";

/** What the Euclidean and the spectral step of guaranteed length do from one point. */
export type StepComparison = {
  /** The loss there. */
  readonly loss: number;
  /** Nuclear rank of the gradient, NaN where the gradient is zero. */
  readonly nuclearRank: number;
  /** Stable rank of the features, at least 1. */
  readonly stableRank: number;
  /** Exact loss decrease of the step -G/L_F. */
  readonly euclideanDecrease: number;
  /** Exact loss decrease of the step -(‖G‖_* / L_op) polar(G). */
  readonly spectralDecrease: number;
};

/**
 * Takes the paper's two steps from one point of a least-squares problem and measures what each gains.
 *
 * **Definition** `U_F = -G/L_F`, `U_op = -(‖G‖_* / L_op) polar(G)`, decrease `L(W) - L(W + U)`; the
 * ranks are `nr(G) = ‖G‖_*² / ‖G‖_F²` and `st(A) = L_op/L_F`. At least `‖G‖_F²/(2 L_F)` and
 * `‖G‖_*² / (2 L_op)` are guaranteed; their ratio is `nr(G)/st(A)`.
 *
 * Where G has full row rank, `polar(G) polar(G)ᵀ = I`, so that `‖A polar(G)‖_F = ‖A‖_F` and the spectral
 * step gains just what is guaranteed: singular values are enough there, in half of the time.
 *
 * @param problem A least-squares problem with features that are not zero
 * @param weights W, shape `[features, outputs]`
 * @returns the loss, the two ranks and the two exact decreases
 *
 * @example Where the gradient is spread evenly and the features are one spike, the spectral step wins
 * ```ts
 * import { assertAlmostEquals, assertGreater } from "@std/assert";
 * import { compareSteps, matrix, matrixRegression } from "resolvent";
 *
 * const features = matrix(2, 2, [10, 0, 0, 1]);
 * const problem = matrixRegression(features, matrix(2, 2, [0.1, 0, 0, 1])); // gradient -I/2 at 0
 * const { nuclearRank, stableRank, ...steps } = compareSteps(problem, matrix(2, 2));
 * assertAlmostEquals(nuclearRank, 2);
 * assertAlmostEquals(stableRank, 1.01);
 * assertGreater(steps.spectralDecrease, steps.euclideanDecrease);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, equations 1.3 to 1.5.
 */
export function compareSteps(problem: MatrixRegression, weights: Matrix): StepComparison {
  return stepsFrom(checkProblem("compare steps", problem), weights).comparison;
}

/** The comparison at a point, and the two updates; the spectral one is seldom wanted, and dear. */
function stepsFrom(problem: MatrixRegression, weights: Matrix): {
  readonly comparison: StepComparison;
  readonly euclidean: Matrix;
  readonly spectral: () => Matrix;
} {
  const { euclideanCurvature, spectralCurvature } = problem;
  const { loss, gradient } = problem.lossAndGradient(weights);
  const spectrum = singularValues(gradient);
  const nuclear = spectrum.reduce((sum, value) => sum + value, 0);
  const updateOf = <S>(rule: Optimizer<S>) => rule.update(gradient, rule.init(weights), weights)[0];
  const euclidean = updateOf(sgd({ learningRate: 1 / euclideanCurvature }));
  const spectral = () => updateOf(spectralDescent({ curvature: spectralCurvature }));
  const comparison = {
    loss,
    nuclearRank: nuclear ** 2 / innerProduct(gradient, gradient),
    stableRank: spectralCurvature / euclideanCurvature,
    euclideanDecrease: problem.decrease(gradient, euclidean),
    spectralDecrease: hasFullRowRank(gradient, spectrum)
      ? nuclear ** 2 / (2 * spectralCurvature)
      : problem.decrease(gradient, spectral()),
  };
  return { comparison, euclidean, spectral };
}

/** Whether the polar factor of a gradient has orthonormal rows, by the tolerance of `polarFactor`. */
function hasFullRowRank({ rows, cols }: Matrix, spectrum: Float64Array): boolean {
  const tolerance = cols * Number.EPSILON;
  return rows <= cols && numericalRank({ singularValues: spectrum }, { tolerance }) === rows;
}

/** Which of the two methods sets the path, and how far. */
export type ComparisonPathOptions = {
  /** Number of steps, an integer of at least 0. */
  readonly steps: number;
  /** The method whose steps are taken (default "euclidean"). */
  readonly follow?: "euclidean" | "spectral";
  /** W_0, shape `[features, outputs]`. */
  readonly start: Matrix;
};

/** Records along a path, each of length `steps + 1`: at every iterate, before its step. */
export type ComparisonPath = {
  /** Losses. */
  readonly loss: Float64Array;
  /** Nuclear ranks of the gradient. */
  readonly nuclearRank: Float64Array;
  /** Exact decreases of a Euclidean step taken there. */
  readonly euclideanDecrease: Float64Array;
  /** Exact decreases of a spectral step taken there. */
  readonly spectralDecrease: Float64Array;
  /** Stable rank of the features. */
  readonly stableRank: number;
};

/**
 * Follows one method and compares, at every iterate, what either step would gain there.
 *
 * **Definition** `W_{t+1} = W_t + U(W_t)`, U the followed method's update; the records at t are those
 * of `compareSteps` at `W_t`.
 *
 * @param problem A least-squares problem with features that are not zero
 * @param options Number of steps, the method to follow, the start
 * @returns losses, nuclear ranks and decreases, each of length `steps + 1`
 * @throws {RangeError} if `steps` is not an integer of at least 0, or `follow` is not a method
 *
 * @example On one weight both steps solve the problem
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { compareAlongPath, matrix, matrixRegression } from "resolvent";
 *
 * const problem = matrixRegression(matrix(1, 1, [2]), matrix(1, 1, [6]));
 * const path = compareAlongPath(problem, { steps: 1, start: matrix(1, 1) });
 * assertAlmostEquals(path.loss[0], 18);
 * assertAlmostEquals(path.loss[1], 0, 1e-12);
 * assertAlmostEquals(path.spectralDecrease[0], 18);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, Figure 3.
 */
export function compareAlongPath(
  problem: MatrixRegression,
  options: ComparisonPathOptions,
): ComparisonPath {
  const doing = "compare steps along a path";
  checkProblem(doing, problem);
  const steps = checkInteger(doing, "steps", checkOptions(doing, options).steps, { min: 0 });
  const follow = checkChoice(doing, "follow", options.follow ?? "euclidean", [
    "euclidean",
    "spectral",
  ]);
  const loss = new Float64Array(steps + 1), nuclearRank = new Float64Array(steps + 1);
  const euclideanDecrease = new Float64Array(steps + 1);
  const spectralDecrease = new Float64Array(steps + 1);
  let weights = options.start;
  for (let t = 0; t <= steps; t++) {
    const { comparison: here, euclidean, spectral } = stepsFrom(problem, weights);
    loss[t] = here.loss;
    nuclearRank[t] = here.nuclearRank;
    euclideanDecrease[t] = here.euclideanDecrease;
    spectralDecrease[t] = here.spectralDecrease;
    if (t < steps) {
      weights = applyUpdate(weights, follow === "spectral" ? spectral() : euclidean);
    }
  }
  const stableRank = problem.spectralCurvature / problem.euclideanCurvature;
  return { loss, nuclearRank, euclideanDecrease, spectralDecrease, stableRank };
}
