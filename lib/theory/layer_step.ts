/**
 * Steps of one layer of a network, from its gradient and the activations that enter it.
 *
 * @module
 */
import { cannot, checkChoice, checkNumber, checkOptions } from "../check.ts";
import { scale } from "../linalg/elementwise.ts";
import { innerProduct } from "../linalg/inner_product.ts";
import { polarFactor, type PolarOptions } from "../linalg/polar.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { frobeniusNorm, spectralNorm } from "../measure/norms.ts";
import { checkNotZero } from "../measure/spectrum.ts";

/** How fast a layer's sums change with its weights, against two norms of the change. */
export type LayerCurvatures = {
  /** `L_F = ‖A‖^2 / n`, above 0. */
  readonly euclidean: number;
  /** `L_op = ‖A‖_F^2 / n`, at least `L_F`. */
  readonly spectral: number;
};

/**
 * Computes the curvatures of a layer from the activations that enter it.
 *
 * **Definition** `L_F = ‖A‖^2 / n`, `L_op = ‖A‖_F^2 / n`; `L_op / L_F = st(A)`
 *
 * These are the smallest with `‖A U‖_F^2 / n <= L_F ‖U‖_F^2` and `‖A U‖_F^2 / n <= L_op ‖U‖^2` for all
 * changes U of as many columns as rows or more.
 *
 * @param activation A, shape `[n, fan in]`, not zero
 * @returns both curvatures
 * @throws {RangeError} if `activation` is empty, not finite, or zero
 *
 * @example A strong direction and a weak one
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { layerCurvatures, matrix } from "resolvent";
 *
 * const { euclidean, spectral } = layerCurvatures(matrix(2, 2, [3, 0, 0, 1]));
 * assertAlmostEquals(euclidean, 9 / 2);
 * assertAlmostEquals(spectral, 10 / 2);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, equations 1.3 and 1.4, and section 4 with C_F = 1/n.
 */
export function layerCurvatures(activation: Matrix): LayerCurvatures {
  const doing = "compute the curvatures of a layer";
  checkMatrix(doing, "activation", activation);
  const frobenius = frobeniusNorm(activation);
  checkNotZero(doing, frobenius, activation);
  const n = activation.rows;
  return { euclidean: spectralNorm(activation) ** 2 / n, spectral: frobenius ** 2 / n };
}

/** Which step of a layer, and how long. */
export type LayerStepOptions = {
  /** Along the gradient, or along its polar factor. */
  readonly rule: "euclidean" | "spectral";
  /** Curvatures of the layer, as `layerCurvatures` finds them. */
  readonly curvatures: LayerCurvatures;
  /** Share of the guaranteed length, at least 0. */
  readonly learningRate: number;
  /** How the polar factor is found, as for `polarFactor`. Default: "svd". */
  readonly method?: PolarOptions["method"];
};

/**
 * Makes the change of one layer's weights by a Euclidean or a spectral step.
 *
 * **Definition** "euclidean": `-(lr / L_F) G`; "spectral": `-(lr ‖G‖_* / L_op) polar(G)`, with
 * `‖G‖_* = <G, polar(G)>`
 *
 * With `lr = 1` these are the steps of guaranteed length for one layer of least squares.
 *
 * @param gradient G, shape `[fan in, fan out]`
 * @param options Rule, curvatures, learning rate, method for the polar factor
 * @returns what to add to the weights, of the shape of the gradient
 * @throws {RangeError} if the rule or method is not known, a curvature is not above 0, the learning rate
 * is negative, or an entry is not finite
 * @throws {TypeError} if the gradient is not a matrix or `options` not a record of settings
 *
 * @example The same layer, both ways
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { layerCurvatures, layerStep, matrix } from "resolvent";
 *
 * const curvatures = layerCurvatures(matrix(2, 2, [3, 0, 0, 1]));
 * const gradient = matrix(2, 2, [2, 0, 0, 1]);
 * const euclidean = layerStep(gradient, { rule: "euclidean", curvatures, learningRate: 0.9 });
 * [-0.4, 0, 0, -0.2].forEach((u, at) => assertAlmostEquals(euclidean.data[at], u));
 * const spectral = layerStep(gradient, { rule: "spectral", curvatures, learningRate: 1 });
 * [-0.6, 0, 0, -0.6].forEach((u, at) => assertAlmostEquals(spectral.data[at], u));
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, section 4; the lengths as in the authors' code for
 * Figures 1 and 4, where lr is 0.081 for "euclidean" and 0.1 for "spectral".
 */
export function layerStep(gradient: Matrix, options: LayerStepOptions): Matrix {
  const doing = "take a step of a layer";
  checkMatrix(doing, "gradient", gradient);
  const { rule, curvatures, learningRate, method } = checkOptions(doing, options);
  checkChoice(doing, "rule", rule, ["euclidean", "spectral"]);
  checkNumber(doing, "learningRate", learningRate, { min: 0 });
  const curvature = checkOptions(doing, curvatures, "curvatures")[rule];
  if (!(curvature > 0 && curvature < Infinity)) {
    const need = "curvatures must be finite and above 0";
    throw new RangeError(cannot(doing, need, `curvatures.${rule}`, curvature));
  }
  if (rule === "euclidean") return scale(gradient, -learningRate / curvature);
  const polar = polarFactor(gradient, { method });
  return scale(polar, -learningRate * innerProduct(gradient, polar) / curvature);
}
