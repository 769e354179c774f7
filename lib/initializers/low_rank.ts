/**
 * Weights of low rank at the norm of weights of full rank.
 *
 * @module
 */
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { sliceColumns, transpose } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { timesColumns } from "../linalg/scaling.ts";
import { svd } from "../linalg/svd.ts";
import type { Matrix } from "../matrix.ts";
import type { Rng } from "../random/types.ts";
import { scaled } from "./scaled.ts";
import { checkWeightShape } from "./weight_shape.ts";

/** Rank, gain and norm of weights of low rank. */
export type LowRankOptions = {
  /** Rank r, an integer from 1 to the smaller side. */
  readonly rank: number;
  /** Deviation of an entry of the Gaussian draw times the root of rows, above 0; default 1. */
  readonly gain?: number;
  /** The norm in which the weights equal the whole draw; default "frobenius". */
  readonly norm?: "frobenius" | "spectral";
};

/** Weights of low rank as a product. */
export type LowRankFactors = {
  /** The factor on the side of the inputs, shape `[rows, rank]`. */
  readonly left: Matrix;
  /** The factor on the side of the outputs, shape `[rank, cols]`. */
  readonly right: Matrix;
};

/**
 * Draws weights of a rank from a Gaussian draw that all ranks of a key share, at its norm.
 *
 * **Definition** `W = c sum_{i <= r} s_i u_i v_i^T` with the singular triples of `G`, whose entries are
 * independent and N(0, gain^2 / rows); `c = |G|_F / sqrt(sum_{i <= r} s_i^2)`, or `c = 1` for the
 * spectral norm, which a truncation keeps. At full rank `W = G`, the draw of `scaled` under that key.
 * `E |W|_F^2 = gain^2 cols` at every rank: the mean over entries of their variance is `gain^2 / rows`.
 *
 * @param rng Random key
 * @param shape `[rows, cols]`, integers of at least 1: units before, units after
 * @param options Rank, gain, and the norm that is kept
 * @returns shape `[rows, cols]`
 * @throws {RangeError} if a size, the rank, the gain or the norm cannot be used
 * @throws {TypeError} if `rng` is not a random key, the shape not a pair, or there are no options
 *
 * @example Rank one at the norm of the whole draw
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { frobeniusNorm, lowRank, rng, singularValues } from "resolvent";
 *
 * const full = lowRank(rng(1), [4, 4], { rank: 4, gain: 1.25 });
 * const one = lowRank(rng(1), [4, 4], { rank: 1, gain: 1.25 });
 * assertAlmostEquals(frobeniusNorm(one), frobeniusNorm(full), 1e-12);
 * assertAlmostEquals(singularValues(one)[1], 0, 1e-12);
 * ```
 *
 * Source: Liu, Baratin, Cornford, Mihalas, Shea-Brown and Lajoie, arXiv:2310.08513, section 3 and its
 * code. Differs from the paper in that sides may differ (its matrices are square), and in the option of
 * the spectral norm.
 */
export function lowRank(
  rng: Rng,
  shape: readonly [rows: number, cols: number],
  options: LowRankOptions,
): Matrix {
  const { draw, rank, norm } = checked("draw weights of low rank", rng, shape, options);
  // The draw itself, not its product of factors: equal to the last bit at full rank.
  if (rank === Math.min(draw.rows, draw.cols)) return draw;
  const { left, right } = factors(draw, rank, norm);
  return matmul(left, right);
}

/**
 * Draws the weights of `lowRank` as a product of two balanced factors.
 *
 * **Definition** `left = U_r D`, `right = D V_r^T`, `D = sqrt(c diag(s_1, ..., s_r))`, so that
 * `left right = lowRank(rng, shape, options)` and `left^T left = right right^T`
 *
 * @param rng Random key, as of `lowRank`
 * @param shape `[rows, cols]`, integers of at least 1: units before, units after
 * @param options Rank, gain, and the norm that is kept
 * @returns left of shape `[rows, rank]`, right of shape `[rank, cols]`
 * @throws {RangeError} if a size, the rank, the gain or the norm cannot be used
 * @throws {TypeError} if `rng` is not a random key, the shape not a pair, or there are no options
 *
 * @example The product of the factors
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { lowRank, lowRankFactors, matmul, rng } from "resolvent";
 *
 * const { left, right } = lowRankFactors(rng(1), [4, 3], { rank: 2 });
 * const whole = lowRank(rng(1), [4, 3], { rank: 2 });
 * matmul(left, right).data.forEach((value, i) => assertAlmostEquals(value, whole.data[i], 1e-12));
 * ```
 *
 * Source: Liu, Baratin, Cornford, Mihalas, Shea-Brown and Lajoie, arXiv:2310.08513, section 3; the
 * balanced split of a product is the one that gradient flow on it keeps (Arora, Cohen and Hazan,
 * arXiv:1802.06509, theorem 1).
 */
export function lowRankFactors(
  rng: Rng,
  shape: readonly [rows: number, cols: number],
  options: LowRankOptions,
): LowRankFactors {
  const doing = "draw factors of weights of low rank";
  const { draw, rank, norm } = checked(doing, rng, shape, options);
  return factors(draw, rank, norm);
}

/** The Gaussian draw of a key, and what is kept of it. */
function checked(
  doing: string,
  rng: Rng,
  shape: readonly [number, number],
  options: LowRankOptions,
): Required<Pick<LowRankOptions, "rank" | "norm">> & { readonly draw: Matrix } {
  const pair = checkWeightShape(doing, rng, shape);
  const { rank, gain = 1, norm = "frobenius" } = checkOptions(doing, options);
  checkInteger(doing, "rank", rank, { min: 1, max: Math.min(...pair) });
  checkNumber(doing, "gain", gain, { above: 0 });
  checkChoice(doing, "norm", norm, ["frobenius", "spectral"]);
  return { draw: scaled(rng, pair, { gain }), rank, norm };
}

/** The first singular triples of a matrix, at its norm, as two factors of the same singular values. */
function factors(draw: Matrix, rank: number, norm: "frobenius" | "spectral"): LowRankFactors {
  const { u, s, v } = svd(draw);
  const top = s.subarray(0, rank);
  const factor = norm === "spectral" ? 1 : Math.sqrt(sumOfSquares(s) / sumOfSquares(top));
  const roots = top.map((value) => Math.sqrt(factor * value));
  return {
    left: timesColumns(sliceColumns(u, 0, rank), roots),
    right: transpose(timesColumns(sliceColumns(v, 0, rank), roots)),
  };
}

/** The sum of squares of numbers. */
function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
