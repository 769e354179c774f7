/**
 * Gaussian inputs, with a covariance if one is wanted.
 *
 * @module
 */
import { cannot, checkInteger, checkNumber, checkOptions, shown } from "../check.ts";
import { eigh } from "../linalg/eigh.ts";
import { matmul } from "../linalg/matmul.ts";
import { checkMatrix, type Matrix, matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";

/** Number and law of Gaussian inputs. */
export type GaussianInputsOptions = {
  /** Number of samples n, an integer of at least 0. */
  readonly samples: number;
  /** Number of features d, an integer of at least 1. */
  readonly features: number;
  /** Covariance, symmetric and positive semidefinite, shape `[d, d]`; default the identity. */
  readonly covariance?: Matrix;
  /** Variance of each coordinate, length d, at least 0: a diagonal covariance, given shorter. */
  readonly spectrum?: ArrayLike<number>;
};

/**
 * Draws Gaussian inputs, one sample per row.
 *
 * **Definition** rows `x = C^(1/2) z`, `z ~ N(0, I)`, `C` the covariance
 *
 * @param rng Random key
 * @param options Numbers of samples and features, and a covariance or its diagonal
 * @returns shape `[samples, features]`
 * @throws {RangeError} if a size or the covariance cannot be used, or both forms of it are given
 * @throws {TypeError} if `rng` is not a random key, `options` no record, or the covariance of another shape
 *
 * @example A coordinate of variance 0 stays 0
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gaussianInputs, rng } from "resolvent";
 *
 * const x = gaussianInputs(rng(1), { samples: 3, features: 2, spectrum: [1, 0] });
 * assertEquals(x.data.filter((value) => value === 0).length, 3);
 * ```
 *
 * Source: definition of the normal distribution; X of arXiv:2512.04299, section 3, transposed.
 */
export function gaussianInputs(rng: Rng, options: GaussianInputsOptions): Matrix {
  const doing = "draw Gaussian inputs";
  checkRng(doing, rng);
  const { samples, features, covariance, spectrum } = checkOptions(doing, options);
  checkInteger(doing, "samples", samples, { min: 0 });
  checkInteger(doing, "features", features, { min: 1 });
  if (covariance && spectrum) {
    throw new RangeError(
      cannot(doing, "the covariance must be given once", "spectrum", Array.from(spectrum)),
    );
  }
  const z = rng.normal([samples, features]);
  if (covariance) return matmul(z, positiveRoot(doing, covariance, features));
  if (!spectrum) return z;
  if (spectrum.length !== features) {
    throw new RangeError(
      cannot(doing, `spectrum needs ${features} variances`, "its length", spectrum.length),
    );
  }
  const root = Float64Array.from(
    spectrum,
    (value, i) => Math.sqrt(checkNumber(doing, `spectrum[${i}]`, value, { min: 0 })),
  );
  return matrix(samples, features, z.data.map((value, at) => value * root[at % features]));
}

/** Eigenvalues may lie below 0 by so much of the largest: rounding of a semidefinite matrix. */
const ROUNDING = 1e-10;

/** The symmetric root of a covariance, with the checks that it has one. */
export function positiveRoot(doing: string, covariance: Matrix, size: number): Matrix {
  checkMatrix(doing, "covariance", covariance);
  if (covariance.rows !== size || covariance.cols !== size) {
    const given = [covariance.rows, covariance.cols];
    throw new TypeError(
      `Cannot ${doing} as covariance must have shape ${shown([size, size])}: it has ${
        shown(given)
      }`,
    );
  }
  const { values, vectors } = eigh(covariance);
  const largest = Math.max(...values.subarray(-1), 0);
  if (values[0] < -ROUNDING * largest || largest === 0 && values[0] < 0) {
    throw new RangeError(
      cannot(doing, "covariance must be positive semidefinite", "an eigenvalue", values[0]),
    );
  }
  const scaled = matrix(
    size,
    size,
    (i, j) => vectors.data[i * size + j] * Math.sqrt(Math.max(0, values[j])),
  );
  return matmul(scaled, vectors, { transposeB: true });
}
