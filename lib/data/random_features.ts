/**
 * Random features: an activation of random projections of the inputs.
 *
 * @module
 */
import { cannot, checkChoice, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { matmul } from "../linalg/matmul.ts";
import { checkMatrix, type Matrix, matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import { activate, type Activation, ACTIVATION_NAMES } from "./activations.ts";

/** An activation of one projection, or the gated unit "swiglu" of two. */
export type FeatureActivation = Activation | "swiglu";

/** Every name that `FeatureActivation` knows. */
const FEATURE_ACTIVATION_NAMES = [...ACTIVATION_NAMES, "swiglu"] as const;

/** Returns an activation of features whose name, if it is one, is known; throws otherwise. */
export function checkFeatureActivation(
  doing: string,
  activation: FeatureActivation,
): FeatureActivation {
  if (typeof activation === "function") return activation;
  const name = typeof activation === "string" ? activation : activation?.name;
  checkChoice(doing, "activation", name, FEATURE_ACTIVATION_NAMES);
  return activation;
}

/** Number and kind of random features. */
export type RandomFeaturesOptions = {
  /** Number of features k, an integer of at least 1. */
  readonly features: number;
  /** The activation, by name or as a function; default "relu". */
  readonly activation?: FeatureActivation;
  /** Variance of the weights' entries, above 0; default 1/d, which keeps unit pre-activations. */
  readonly weightVariance?: number;
};

/** Random features and the weights that made them. */
export type RandomFeatures = {
  /** The features A, shape `[n, k]`. */
  readonly features: Matrix;
  /** The weights V, shape `[d, k]`; for "swiglu" those of the linear factor. */
  readonly weights: Matrix;
  /** The weights of the gate, shape `[d, k]`; `null` without a gate. */
  readonly gateWeights: Matrix | null;
};

/**
 * Makes random features of inputs.
 *
 * **Definition** `A = s(x V)`, or `A = silu(x V1) * (x V2)` entry by entry for "swiglu"; entries of V
 * are N(0, 1/d)
 *
 * @param x Inputs, shape `[n, d]`
 * @param rng Random key of the weights
 * @param options Number of features, activation, variance of the weights
 * @returns features of shape `[n, k]`, weights of shape `[d, k]`
 * @throws {RangeError} if the number of features, the variance or the activation cannot be used
 * @throws {TypeError} if `rng` is not a random key or the inputs have no features
 *
 * @example Features are not negative after ReLU
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { randomFeatures, rng } from "resolvent";
 *
 * const x = rng(1).normal([6, 3]);
 * const { features, weights } = randomFeatures(x, rng(2), { features: 4, activation: "relu" });
 * assertEquals([features.rows, features.cols, weights.rows], [6, 4, 3]);
 * assert(features.data.every((value) => value >= 0));
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, sections 2 and 3 (A = s(V X), transposed);
 * Shazeer, arXiv:2002.05202 (SwiGLU).
 */
export function randomFeatures(
  x: Matrix,
  rng: Rng,
  options: RandomFeaturesOptions,
): RandomFeatures {
  const doing = "make random features";
  checkMatrix(doing, "x", x);
  checkRng(doing, rng);
  if (x.cols === 0) throw new TypeError(cannot(doing, "inputs need features", "x", x));
  checkOptions(doing, options);
  const { features, activation = "relu", weightVariance = 1 / x.cols } = options;
  checkInteger(doing, "features", features, { min: 1 });
  checkNumber(doing, "weightVariance", weightVariance, { above: 0 });
  checkFeatureActivation(doing, activation);
  const sd = Math.sqrt(weightVariance);
  const weights = rng.fork("weights").normal([x.cols, features], { sd });
  const gateWeights = activation === "swiglu"
    ? rng.fork("gate weights").normal([x.cols, features], { sd })
    : null;
  return { features: featuresOf(x, weights, { activation, gateWeights }), weights, gateWeights };
}

/** What turns projections into features. */
export type FeatureMapOptions = {
  /** The activation, by name or as a function; default "relu". */
  readonly activation?: FeatureActivation;
  /** The weights of the gate, shape `[d, k]`; needed by "swiglu" alone. */
  readonly gateWeights?: Matrix | null;
};

/**
 * Computes features of inputs from given weights.
 *
 * **Definition** `A = s(x V)`, or `A = silu(x V1) * (x V2)` entry by entry for "swiglu"
 *
 * @param x Inputs, shape `[n, d]`
 * @param weights V, shape `[d, k]`; for "swiglu" V2
 * @param options The activation, and V1 for "swiglu"
 * @returns shape `[n, k]`
 * @throws {TypeError} if shapes do not fit or the gate's weights are missing
 * @throws {RangeError} if an entry is not finite or the activation not known
 *
 * @example One feature
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { featuresOf, matrix } from "resolvent";
 *
 * assertEquals(
 *   featuresOf(matrix(2, 1, [-1, 2]), matrix(1, 1, [3]), { activation: "square" }),
 *   matrix(2, 1, [9, 36]),
 * );
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, section 2; Shazeer, arXiv:2002.05202 (SwiGLU).
 */
export function featuresOf(
  x: Matrix,
  weights: Matrix,
  options: FeatureMapOptions = {},
): Matrix {
  const doing = "compute features";
  const { activation = "relu", gateWeights } = checkOptions(doing, options);
  checkFeatureActivation(doing, activation);
  const linear = matmul(x, weights);
  if (activation !== "swiglu") return activate(linear, activation);
  if (!gateWeights) {
    throw new TypeError(
      cannot(doing, "swiglu needs the weights of its gate", "gateWeights", gateWeights),
    );
  }
  const gate = activate(matmul(x, gateWeights), "silu");
  if (gate.cols !== linear.cols) {
    throw new TypeError(
      cannot(doing, `gateWeights must have ${weights.cols} columns`, "gateWeights", gateWeights),
    );
  }
  return matrix(linear.rows, linear.cols, linear.data.map((value, at) => value * gate.data[at]));
}
