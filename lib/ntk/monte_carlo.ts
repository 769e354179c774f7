/**
 * The mean tangent kernel of a network over its initialisations.
 *
 * @module
 */
import { checkFunction, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { checkModel, type InputKind, type Inputs, type Model } from "../models/kinds.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import { tQuantile } from "../stats/quantiles.ts";
import { empiricalNtk, type NtkOptions } from "./empirical_ntk.ts";

/** Inputs and number of draws of {@linkcode monteCarloNtk}. */
export type MonteCarloOptions<X = Matrix> = NtkOptions & {
  /** Inputs of the rows. */
  readonly x: X;
  /** Inputs of the columns. Default: those of the rows. */
  readonly x2?: X | null;
  /** Number of independent initialisations, an integer of at least 2. */
  readonly draws: number;
  /** Level of the interval of each entry, in (0, 1). Default: 0.99. */
  readonly level?: number;
};

/** A mean kernel with an interval for each entry. */
export type MonteCarloKernel = {
  /** The mean over draws. */
  readonly mean: Matrix;
  /** Lower ends of the intervals of the expected entries. */
  readonly low: Matrix;
  /** Upper ends. */
  readonly high: Matrix;
  /** Standard deviation of an entry from one draw to another. */
  readonly sd: Matrix;
  /** Number of draws. */
  readonly draws: number;
  /** Level of each interval, for its entry alone. */
  readonly level: number;
};

/**
 * Estimates the expected tangent kernel of a network at initialisation.
 *
 * **Definition** mean over draws of the kernel; intervals `mean ± t sd / sqrt(draws)` with Student's t of
 * `draws - 1` degrees of freedom, entry by entry
 *
 * With one hidden layer in the "ntk" parametrisation the expected kernel is that of infinite width; with
 * more it differs from it by the order 1/width. One draw deviates by the order `width^(-1/2)`.
 *
 * @param model A model
 * @param rng Random key; draw k takes the k-th of its parts, whatever the number of draws
 * @param options Inputs x, shape `[n, inputs]`, draws, level, and the options of `empiricalNtk`
 * @returns mean, ends of the intervals and standard deviation, each of the kernel's shape
 * @throws {RangeError} if a setting is out of range or an entry not finite
 * @throws {TypeError} if the model or the key is none, or shapes do not fit
 *
 * @example The kernel of a linear unit is a constant
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, monteCarloNtk, randomFeatureModel, rng } from "resolvent";
 *
 * const model = randomFeatureModel({ sizes: [1, 1, 1], activation: (x) => 0 * x + 2 });
 * const { mean, low, high } = monteCarloNtk(model, rng(1), { x: matrix(1, 1, [3]), draws: 4 });
 * assertEquals([mean, low, high].map((a) => a.data[0]), [4, 4, 4]);
 * ```
 *
 * Source: Novak, Xiao et al. (2019), arXiv:1810.05148, section 4 (Monte Carlo kernels).
 */
export function monteCarloNtk<I extends InputKind>(
  model: Model<I>,
  rng: Rng,
  options: MonteCarloOptions<Inputs<I, Matrix>>,
): MonteCarloKernel {
  const doing = "estimate a tangent kernel";
  checkModel(doing, model);
  checkRng(doing, rng);
  const { x, x2, draws, level = 0.99, ...settings } = checkOptions(doing, options);
  checkInteger(doing, "draws", draws, { min: 2 });
  checkNumber(doing, "level", level, { above: 0, below: 1 });
  checkFunction(doing, "init of the model", model.init);
  let mean = new Float64Array(), squares = mean, rows = 0;
  rng.split(draws).forEach((key, k) => {
    const { data, rows: n } = empiricalNtk<I, Matrix>(model, model.init(key), x, x2, settings);
    if (k === 0) [mean, squares, rows] = [data.slice(), new Float64Array(data.length), n];
    else {
      for (let at = 0; at < data.length; at++) { // Welford: no difference of large sums
        const before = data[at] - mean[at];
        mean[at] += before / (k + 1);
        squares[at] += before * (data[at] - mean[at]);
      }
    }
  });
  const quantile = tQuantile((1 + level) / 2, draws - 1);
  const sd = squares.map((sum) => Math.sqrt(sum / (draws - 1)));
  /** A matrix of the kernel's shape. */
  function shaped(data: Float64Array): Matrix {
    return checkMatrix(doing, "the kernel", { rows, cols: data.length / rows, data });
  }
  const half = sd.map((s) => quantile * s / Math.sqrt(draws));
  return {
    mean: shaped(mean),
    low: shaped(mean.map((m, at) => m - half[at])),
    high: shaped(mean.map((m, at) => m + half[at])),
    sd: shaped(sd),
    draws,
    level,
  };
}
