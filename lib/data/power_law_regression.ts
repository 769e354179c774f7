/**
 * Regression problems whose features and teacher have power-law spectra.
 *
 * @module
 */
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { subtract } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { timesColumns } from "../linalg/scaling.ts";
import { singularValues } from "../linalg/svd.ts";
import { type Matrix, matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import { composed, framesOf, once } from "./haar.ts";

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

/** A regression problem and a start; each array is drawn when it is first asked for. */
export type PowerLawRegression = {
  /** Features A, shape `[n, k]`. */
  readonly features: Matrix;
  /** Targets Y, shape `[n, m]`. */
  readonly targets: Matrix;
  /** Starting weights, shape `[k, m]`. */
  readonly start: Matrix;
  /** Singular values of A, descending for a positive exponent, length min(n, k). */
  readonly spectrum: Float64Array;
  /**
   * Singular values of `A^T (A W_0 - Y)`, the gradient at the start times n, length min(n, k, m). Where they
   * do not depend on a frame, that frame is not drawn: cheaper than the problem itself.
   */
  readonly gradientSpectrum: Float64Array;
};

/**
 * Draws a regression problem whose features have singular values `1, 2^-a, 3^-a, ...`.
 *
 * **Definition** `A = Q diag(i^-a) R^T`, `Y = A P diag(j^-b) S^T` or `Y ~ N(0, 1)`, `W_0 ~ N(0, startSd^2)`,
 * with independent Haar frames Q, R, P, S. With a teacher `A^T (A W_0 - Y)` is
 * `R diag(i^-2a) R^T (W_0 - P diag(j^-b) S^T)`, without Q, and for `W_0 = 0` its singular values are those
 * of `diag(i^-2a) R^T P diag(j^-b)`.
 *
 * @param rng Random key
 * @param options Sizes, decays, kind of targets, spread of the start
 * @returns Features `[n, k]`, targets `[n, m]`, start `[k, m]`, the singular values of the features
 * and those of the gradient
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
  const frames = framesOf(rng.fork("features"), [samples, k], spectrum.length);
  const features = once(() => composed(frames, spectrum));
  const values = powerLaw(Math.min(k, outputs), options.teacherDecay);
  const ofTeacher = framesOf(rng.fork("teacher"), [k, outputs], values.length);
  const teacher = once(() => composed(ofTeacher, values));
  const targets = once(() =>
    kind === "gaussian"
      ? rng.fork("targets").normal([samples, outputs])
      : matmul(features(), teacher())
  );
  const start = once(() =>
    startSd === 0 ? matrix(k, outputs) : rng.fork("start").normal([k, outputs], { sd: startSd })
  );
  /** A matrix of the singular values of the gradient, times n. */
  function gradientUpToFrames(): Matrix {
    if (kind === "gaussian") {
      const residual = startSd === 0 ? targets() : subtract(matmul(features(), start()), targets());
      return matmul(features(), residual, { transposeA: true });
    }
    const weights = startSd === 0
      ? timesColumns(ofTeacher.left(), values)
      : subtract(start(), teacher());
    const scaled = timesColumns(frames.right(), spectrum.map((s) => s * s));
    return matmul(scaled, weights, { transposeA: true });
  }
  const most = Math.min(spectrum.length, outputs); // what is left out is zero
  const gradientSpectrum = once(() => singularValues(gradientUpToFrames()).slice(0, most));
  return {
    get features() {
      return features();
    },
    get targets() {
      return targets();
    },
    get start() {
      return start();
    },
    spectrum,
    get gradientSpectrum() {
      return gradientSpectrum();
    },
  };
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
