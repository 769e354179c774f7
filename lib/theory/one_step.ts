/**
 * What one Euclidean and one spectral step are guaranteed to gain.
 *
 * @module
 */
import { singularValues } from "../linalg/svd.ts";
import { checkMatrix, checkShapes, type Matrix } from "../matrix.ts";
import { frobeniusNorm, nuclearNorm } from "../measure/norms.ts";
import { nuclearRank } from "../measure/nuclear_rank.ts";
import { stableRank } from "../measure/stable_rank.ts";
import { layerCurvatures } from "./layer_step.ts";

/** Guaranteed decreases of the loss by one step of either kind. */
export type OneStepGuarantees = {
  /** `‖G‖_F^2 / (2 L_F)`, of the step `-G / L_F`. */
  readonly euclidean: number;
  /** `‖G‖_*^2 / (2 L_op)`, of the step `-(‖G‖_* / L_op) polar(G)`. */
  readonly spectral: number;
  /** Spectral over Euclidean: `nr(G) / st(A)`. */
  readonly ratio: number;
  /** `nr(G)`, at least 1. */
  readonly nuclearRank: number;
  /** `st(A)`, at least 1. */
  readonly stableRank: number;
};

/**
 * Computes what either step of guaranteed length gains on least squares at least.
 *
 * **Definition** for `L(W) = ‖A W - Y‖_F^2 / (2n)` with `L_F = ‖A‖^2 / n` and `L_op = ‖A‖_F^2 / n`: the Euclidean
 * step gains at least `‖G‖_F^2 / (2 L_F)`, the spectral step at least `‖G‖_*^2 / (2 L_op)`; their ratio is
 * `nr(G) / st(A)`
 *
 * These bound the gains from below. The loss after the spectral step is certain not to be above the loss
 * after the Euclidean step only if `nr(G) >= 2 st(A)`, since the Euclidean gain is at most `‖G‖_F^2 / L_F`.
 *
 * @param gradient G, shape `[k, m]`, not zero
 * @param features A, shape `[n, k]`, not zero
 * @returns Both guarantees (in the unit of the loss), their ratio, and the two ranks
 * @throws {RangeError} if either is empty, not finite, or zero
 * @throws {TypeError} if the gradient does not have one row per feature
 *
 * @example A full gradient on features with one strong direction
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { identity, matrix, oneStepGuarantees } from "resolvent";
 *
 * const { euclidean, spectral, ratio } = oneStepGuarantees(identity(2), matrix(2, 2, [3, 0, 0, 1]));
 * assertAlmostEquals(euclidean, 2 / 9); // 2 / (2 * 9 / 2)
 * assertAlmostEquals(spectral, 2 / 5); // 4 / (2 * 10 / 2)
 * assertAlmostEquals(ratio, 1.8); // 2 / (10 / 9)
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, section 1, eqs. 1.3 to 1.5 (samples are columns
 * there).
 */
export function oneStepGuarantees(gradient: Matrix, features: Matrix): OneStepGuarantees {
  const doing = "compute guarantees of a step";
  checkMatrix(doing, "gradient", gradient);
  checkMatrix(doing, "features", features);
  const fits = gradient.rows === features.cols;
  checkShapes(doing, "the gradient needs one row per feature", fits, gradient, features);
  const curvatures = layerCurvatures(features);
  const spectrum = { singularValues: singularValues(gradient) };
  const ranks = { nuclearRank: nuclearRank(spectrum), stableRank: stableRank(features) };
  return {
    euclidean: frobeniusNorm(spectrum) ** 2 / (2 * curvatures.euclidean),
    spectral: nuclearNorm(spectrum) ** 2 / (2 * curvatures.spectral),
    ratio: ranks.nuclearRank / ranks.stableRank,
    ...ranks,
  };
}
