/**
 * The paper's two random-feature regression models.
 *
 * @module
 */
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { add } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import type { Matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import { gaussianTeacher } from "./gaussian_teacher.ts";
import { featureSecondMoment } from "./feature_second_moment.ts";
import { type FeatureActivation, randomFeatures } from "./random_features.ts";

/** The regression model and its sizes. */
export type SpikedRandomFeaturesOptions = {
  /** "realizable" (Model I: targets linear in the features) or "teacher-student" (Model II). */
  readonly model: "realizable" | "teacher-student";
  /** Input dimension d, an integer of at least 1. */
  readonly inputs: number;
  /** Number of features k, of the student and of a teacher's own, an integer of at least 1. */
  readonly features: number;
  /** Number of samples n, an integer of at least 1. */
  readonly samples: number;
  /** Number of outputs m, an integer of at least 1. */
  readonly outputs: number;
  /** The activation; default "relu". */
  readonly activation?: FeatureActivation;
  /** Rank of the teacher, an integer of at least 1; default full (Gaussian entries). */
  readonly teacherRank?: number;
  /** Standard deviation of Gaussian noise on the targets, at least 0; default 0. */
  readonly noise?: number;
};

/** A regression problem on random features with a known teacher. */
export type SpikedRandomFeatures = {
  /** Inputs X, shape `[n, d]`, standard normal. */
  readonly inputs: Matrix;
  /** The student's features A = s(X V), shape `[n, k]`. */
  readonly features: Matrix;
  /** Targets Y, shape `[n, m]`. */
  readonly targets: Matrix;
  /** The teacher's output weights, shape `[k, m]`: W# of Model I, W bar of Model II. */
  readonly teacher: Matrix;
  /** The student's weights V, shape `[d, k]`. */
  readonly weights: Matrix;
  /** The features that the teacher sees, shape `[n, k]`: A itself in Model I, s(X V bar) in Model II. */
  readonly teacherFeatures: Matrix;
  /** The teacher's own weights V bar, shape `[d, k]`; `null` in Model I. */
  readonly teacherWeights: Matrix | null;
  /** Population second moment of the student's features given V, shape `[k, k]`; `null` without closed form. */
  readonly secondMoment: Matrix | null;
};

/**
 * Draws a regression problem on random features, whose second moment has a spike along its mean.
 *
 * **Definition** `X ~ N(0, 1)`, `V ~ N(0, 1/d)`, `A = s(X V)`. Model I ("realizable"): `Y = A W#`, `W# ~ N(0, 1/k)`.
 * Model II ("teacher-student"): `Y = s(X V bar) W bar`, with `V bar` drawn as `V` and `W bar` as `W#`. Of rank
 * r the teacher is `P Q / sqrt(k r)`, P and Q Gaussian, which keeps the mean square of its entries.
 *
 * Inputs, weights, teacher and noise are drawn from forks of their own, so that two problems which
 * differ in one option share all else.
 *
 * @param rng Random key
 * @param options The model, its sizes, activation, rank of the teacher, noise
 * @returns Inputs, features, targets, teacher, weights, and the closed-form second moment
 * @throws {RangeError} if the model is not known or a size or the noise cannot be used
 * @throws {TypeError} if `rng` is not a random key or `options` not a record
 *
 * @example Without noise the teacher solves Model I
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matmul, rng, spikedRandomFeatures } from "resolvent";
 *
 * const { features, teacher, targets } = spikedRandomFeatures(rng(1), {
 *   model: "realizable",
 *   inputs: 4,
 *   features: 6,
 *   samples: 10,
 *   outputs: 2,
 * });
 * assertEquals(matmul(features, teacher), targets);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, sections 3.1 and 3.2 (samples are columns there:
 * A, W and Y are our transposes).
 */
export function spikedRandomFeatures(
  rng: Rng,
  options: SpikedRandomFeaturesOptions,
): SpikedRandomFeatures {
  const doing = "draw spiked random features";
  checkRng(doing, rng);
  checkOptions(doing, options);
  const { inputs: d, features: k, samples, outputs, activation = "relu", noise = 0 } = options;
  const model = checkChoice(doing, "model", options.model, ["realizable", "teacher-student"]);
  checkInteger(doing, "inputs", d, { min: 1 });
  checkInteger(doing, "features", k, { min: 1 });
  checkInteger(doing, "samples", samples, { min: 1 });
  checkInteger(doing, "outputs", outputs, { min: 1 });
  checkNumber(doing, "noise", noise, { min: 0 });
  const x = rng.fork("inputs").normal([samples, d]);
  const student = randomFeatures(x, rng.fork("student"), { features: k, activation });
  const own = model === "realizable"
    ? null
    : randomFeatures(x, rng.fork("teacher"), { features: k, activation });
  const teacherFeatures = (own ?? student).features;
  const teacher = gaussianTeacher(rng.fork("output weights"), {
    features: k,
    outputs,
    rank: options.teacherRank,
  });
  const exact = matmul(teacherFeatures, teacher);
  let moment: Matrix | null | undefined;
  return {
    inputs: x,
    features: student.features,
    targets: noise === 0
      ? exact
      : add(exact, rng.fork("noise").normal([samples, outputs], { sd: noise })),
    teacher,
    weights: student.weights,
    teacherFeatures,
    teacherWeights: own && own.weights,
    // k² correlations: found when they are asked for, since a run of many problems seldom asks.
    get secondMoment() {
      return moment ??= featureSecondMoment(student.weights, activation);
    },
  };
}
