/**
 * Independent weights whose variance goes by the number of units they join.
 *
 * @module
 */
import { checkChoice, checkNumber, checkOptions } from "../check.ts";
import type { Matrix } from "../matrix.ts";
import type { Rng } from "../random/types.ts";
import { normalQuantile } from "../stats/quantiles.ts";
import { normalCdf } from "../stats/special.ts";
import { checkWeightShape } from "./weight_shape.ts";

/** Where a truncated normal number is cut, in deviations of the number before the cut. */
const CUT = 2;

/** What the variance of scaled weights goes by, its factor, and their distribution. */
export type ScaledOptions = {
  /** Units counted: those before the weights, those after, or the mean of both; default "in". */
  readonly fan?: "in" | "out" | "average";
  /** Deviation of an entry times the root of the fan, above 0; default 1. */
  readonly gain?: number;
  /** Distribution of an entry, of mean 0; "truncated normal" is cut at two deviations; default "normal". */
  readonly distribution?: "normal" | "uniform" | "truncated normal";
};

/**
 * Draws independent weights of a variance that goes by the fan.
 *
 * **Definition** entries of mean 0 and variance `gain^2 / fan`, `fan` = rows ("in"), cols ("out") or
 * (rows + cols) / 2 ("average"), for weights that act as `x W`: rows are units before, cols after.
 * Uniform entries lie in `[-b, b)`, `b = gain sqrt(3 / fan)`; truncated normal ones are a normal number
 * cut at two of its deviations, then scaled to the variance said.
 *
 * | known as | fan | gain | distribution |
 * |---|---|---|---|
 * | LeCun | in | 1 | normal or uniform |
 * | Glorot (Xavier) | average | 1 | normal or uniform |
 * | He (Kaiming), for ReLU | in | sqrt(2) | normal or uniform |
 * | PyTorch's default of a linear layer, U(-1/sqrt(in), 1/sqrt(in)) | in | 1/sqrt(3) | uniform |
 *
 * @param rng Random key
 * @param shape `[rows, cols]`, integers of at least 1: units before, units after
 * @param options Fan, gain and distribution
 * @returns shape `[rows, cols]`
 * @throws {RangeError} if a size, the fan, the gain or the distribution cannot be used
 * @throws {TypeError} if `rng` is not a random key or the shape not a pair
 *
 * @example PyTorch's default of a linear layer with four inputs stays within a half
 * ```ts
 * import { assert } from "@std/assert";
 * import { rng, scaled } from "resolvent";
 *
 * const w = scaled(rng(1), [4, 50], { gain: 1 / Math.sqrt(3), distribution: "uniform" });
 * assert(w.data.every((value) => Math.abs(value) <= 1 / 2));
 * assert(w.data.some((value) => Math.abs(value) > 0.45));
 * ```
 *
 * Source: LeCun, Bottou, Orr and Mueller (1998), Efficient BackProp, section 4.6; Glorot and Bengio
 * (2010), Understanding the difficulty of training deep feedforward neural networks, equation 16; He,
 * Zhang, Ren and Sun, arXiv:1502.01852, equation 10; documentation of `torch.nn.Linear`.
 */
export function scaled(
  rng: Rng,
  shape: readonly [rows: number, cols: number],
  options: ScaledOptions = {},
): Matrix {
  const doing = "draw scaled weights";
  const [rows, cols] = checkWeightShape(doing, rng, shape);
  const { fan = "in", gain = 1, distribution = "normal" } = checkOptions(doing, options);
  checkChoice(doing, "fan", fan, ["in", "out", "average"]);
  checkNumber(doing, "gain", gain, { above: 0 });
  checkChoice(doing, "distribution", distribution, ["normal", "uniform", "truncated normal"]);
  const units = fan === "in" ? rows : fan === "out" ? cols : (rows + cols) / 2;
  const sd = gain / Math.sqrt(units);
  if (distribution === "normal") return rng.normal([rows, cols], { sd });
  if (distribution === "truncated normal") return truncatedNormal(rng, [rows, cols], sd);
  const edge = Math.sqrt(3) * sd;
  return rng.uniform([rows, cols], { min: -edge, max: edge });
}

/** Normal numbers cut at two deviations, scaled to a deviation of `sd`. */
function truncatedNormal(rng: Rng, shape: readonly [number, number], sd: number): Matrix {
  const below = normalCdf(-CUT), within = 1 - 2 * below;
  // The variance that is left: 1 - 2 c phi(c) / (Phi(c) - Phi(-c)).
  const density = Math.exp(-CUT * CUT / 2) / Math.sqrt(2 * Math.PI);
  const left = Math.sqrt(1 - 2 * CUT * density / within);
  const { rows, cols, data } = rng.uniform(shape);
  return { rows, cols, data: data.map((u) => sd / left * normalQuantile(below + u * within)) };
}
