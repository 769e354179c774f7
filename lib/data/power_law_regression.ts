/**
 * Regression problems whose features and teacher have power-law spectra.
 *
 * @module
 */
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { matmul } from "../linalg/matmul.ts";
import { type Matrix, matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import { matrixWithSpectrum } from "./haar.ts";

/** Sizes and decays of a regression problem. */
export type PowerLawRegressionOptions = {
  /** Number of samples n, an integer of at least 1. */
  readonly samples: number;
  /** Number of features k, an integer of at least 1. */
  readonly features: number;
  /** Number of outputs m, an integer of at least 1. */
  readonly outputs: number;
  /** Exponent a of the features' singular values `i^-a`, a finite number. */
  readonly featureDecay: number;
  /** Exponent b of the teacher's singular values `j^-b`, a finite number. */
  readonly teacherDecay: number;
  /** Targets of the teacher, or standard normal ones without any; default "teacher". */
  readonly targets?: "teacher" | "gaussian";
  /** Standard deviation of the starting weights, at least 0; default 0, a start at zero. */
  readonly startSd?: number;
};

/** A regression problem and a start. */
export type PowerLawRegression = {
  /** Features A, shape `[n, k]`. */
  readonly features: Matrix;
  /** Targets Y, shape `[n, m]`. */
  readonly targets: Matrix;
  /** Starting weights, shape `[k, m]`. */
  readonly start: Matrix;
  /** Singular values of A, descending for a positive exponent, length min(n, k). */
  readonly spectrum: Float64Array;
};

/**
 * Draws a regression problem whose features have singular values `1, 2^-a, 3^-a, ...`.
 *
 * **Definition** `A = Q diag(i^-a) R^T`, `Y = A P diag(j^-b) S^T` or `Y ~ N(0, 1)`, `W_0 ~ N(0, startSd^2)`,
 * with independent Haar frames Q, R, P, S
 *
 * @param rng Random key
 * @param options Sizes, decays, kind of targets, spread of the start
 * @returns Features `[n, k]`, targets `[n, m]`, start `[k, m]` and the singular values of the features
 * @throws {RangeError} if a size, exponent or spread cannot be used
 *
 * @example The features have the spectrum asked for
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { powerLawRegression, rng, singularValues } from "resolvent";
 *
 * const options = { samples: 5, features: 3, outputs: 2, featureDecay: 1, teacherDecay: 0 };
 * const { features } = powerLawRegression(rng(1), options);
 * [1, 1 / 2, 1 / 3].forEach((s, i) => assertAlmostEquals(singularValues(features)[i], s, 1e-12));
 * ```
 *
 * Source: definition; power-law spectra as in Caponnetto and De Vito (2007),
 * doi:10.1007/s10208-006-0196-8, capacity and source conditions.
 */
export function powerLawRegression(
  rng: Rng,
  options: PowerLawRegressionOptions,
): PowerLawRegression {
  const doing = "draw a power-law regression";
  checkRng(doing, rng);
  const { samples, features: k, outputs, startSd = 0 } = checkOptions(doing, options);
  checkInteger(doing, "samples", samples, { min: 1 });
  checkInteger(doing, "features", k, { min: 1 });
  checkInteger(doing, "outputs", outputs, { min: 1 });
  checkNumber(doing, "featureDecay", options.featureDecay);
  checkNumber(doing, "teacherDecay", options.teacherDecay);
  checkNumber(doing, "startSd", startSd, { min: 0 });
  const kind = checkChoice(doing, "targets", options.targets ?? "teacher", ["teacher", "gaussian"]);
  const spectrum = powerLaw(Math.min(samples, k), options.featureDecay);
  const features = matrixWithSpectrum(rng.fork("features"), [samples, k], spectrum);
  const teacher = () => {
    const values = powerLaw(Math.min(k, outputs), options.teacherDecay);
    return matrixWithSpectrum(rng.fork("teacher"), [k, outputs], values);
  };
  const targets = kind === "gaussian"
    ? rng.fork("targets").normal([samples, outputs])
    : matmul(features, teacher());
  const start = startSd === 0
    ? matrix(k, outputs)
    : rng.fork("start").normal([k, outputs], { sd: startSd });
  return { features, targets, start, spectrum };
}

/**
 * Gives a power law.
 *
 * **Definition** `values[i] = (i + 1)^-p`: `1, 2^-p, 3^-p, ...`
 *
 * @param length Number of values, an integer of at least 0
 * @param exponent p, a finite number
 * @returns `length` values, each above 0, descending for p > 0
 * @throws {RangeError} if the length or the exponent cannot be used
 *
 * @example Inverse squares
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { powerLaw } from "resolvent";
 *
 * assertEquals([...powerLaw(3, 1)], [1, 1 / 2, 1 / 3]);
 * ```
 *
 * Source: definition.
 */
export function powerLaw(length: number, exponent: number): Float64Array {
  const doing = "make a power law";
  checkInteger(doing, "length", length, { min: 0 });
  checkNumber(doing, "exponent", exponent);
  return Float64Array.from({ length }, (_, i) => (i + 1) ** -exponent);
}
