/**
 * Steepest descent in the spectral norm.
 *
 * @module
 */
import { checkOptions } from "../check.ts";
import { operationsFor, type Optimizer, startCount, type StepState } from "./kinds.ts";
import { checkRate, type Rate, rateAt } from "./schedules.ts";

/** Settings of {@linkcode spectralDescent}. */
export type SpectralDescentOptions = {
  /** Curvature L_op against the spectral norm of an update, above 0, or a schedule; ‖A‖_F²/n for least squares. */
  readonly curvature: Rate;
};

/**
 * Steepest descent in the spectral norm: the exact polar factor, as long as the nuclear norm allows.
 *
 * **Definition** `update = -(‖G‖_* / L_op) polar(G)`.
 *
 * Where `L(W + U) <= L(W) + <G, U> + (L_op / 2) ‖U‖²` in the spectral norm of U, the loss falls by at
 * least `‖G‖_*² / (2 L_op)`. For `L(W) = ‖A W - Y‖_F² / (2n)` that holds with `L_op = ‖A‖_F² / n`.
 * The update goes to zero with the gradient; Muon's has a fixed length.
 *
 * @param options The curvature constant L_op, above 0
 * @returns an optimizer of matrices, shape `[in, out]`; one singular value decomposition a step
 * @throws {RangeError} if the curvature is not above 0
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example All directions of the gradient get the same length
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, spectralDescent } from "resolvent";
 *
 * const rule = spectralDescent({ curvature: 2 });
 * const w = matrix(2, 2);
 * const [update] = rule.update(matrix(2, 2, [3, 0, 0, 1]), rule.init(w), w);
 * [-2, 0, 0, -2].forEach((entry, at) => assertAlmostEquals(update.data[at], entry, 1e-12));
 * ```
 *
 * Source: Davis and Drusvyatskiy, When do spectral gradient updates help in deep learning?,
 * arXiv:2512.04299, equations 1.3 and 1.4 (SpecGD).
 */
export function spectralDescent(options: SpectralDescentOptions): Optimizer<StepState> {
  const doing = "take a step of spectral descent";
  const { curvature } = checkOptions(doing, options);
  checkRate(doing, "curvature", curvature, { above: 0 });
  return {
    init: startCount(doing),
    update: (gradient, { step }, params) => {
      const { nuclearPolar } = operationsFor(doing, gradient, params);
      const constant = rateAt(doing, "curvature", curvature, step, { above: 0 });
      return [nuclearPolar(gradient, -1 / constant), { step: step + 1 }];
    },
  };
}
