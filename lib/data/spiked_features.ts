/**
 * Features whose second moment is a few spikes over a bulk.
 *
 * @module
 */
import { cannot, checkInteger, checkNumber, checkOptions, shown } from "../check.ts";
import { add, scale } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { checkMatrix, isMatrix, type Matrix, matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import { positiveRoot } from "./gaussian_inputs.ts";
import { haarMatrix } from "./haar.ts";

/** A direction with more than the bulk's variance. */
export type Spike = {
  /** Second moment that the spike adds along its direction, at least 0. */
  readonly strength: number;
  /** Its direction, length k, of any length above 0; random if left out. */
  readonly direction?: ArrayLike<number>;
};

/** Sizes, spikes and bulk of spiked features. */
export type SpikedFeaturesOptions = {
  /** Number of samples n, an integer of at least 1. */
  readonly samples: number;
  /** Number of features k, an integer of at least 1. */
  readonly dimension: number;
  /** The spikes; directions left out are drawn orthonormal to one another. */
  readonly spikes: readonly Spike[];
  /** Second moment of the bulk: a number for that multiple of the identity, or shape `[k, k]`; default 1. */
  readonly bulk?: number | Matrix;
  /** Whether the sample second moment is to be exact instead of Gaussian; needs n >= k; default `false`. */
  readonly exact?: boolean;
};

/** Spiked features and what they were drawn from. */
export type SpikedFeatures = {
  /** The features A, shape `[n, k]`. */
  readonly features: Matrix;
  /** The second moment B, shape `[k, k]`: of the population, or of the sample itself if exact. */
  readonly secondMoment: Matrix;
  /** Unit directions of the spikes, one per row, shape `[spikes, k]`. */
  readonly directions: Matrix;
};

/**
 * Draws features whose second moment is spikes plus a bulk.
 *
 * **Definition** `B = sum_i strength_i u_i u_i^T + bulk`; Gaussian rows of second moment B, or, if exact,
 * `A = sqrt(n) Q B^(1/2)` with a Haar frame Q, so that `A^T A / n = B`
 *
 * One spike of strength proportional to the dimension over a bounded bulk is the paper's assumption E,
 * several spikes its assumption F. The eigenvalues of `A^T A / n` then follow `spikedCovarianceEigenvalue`.
 *
 * @param rng Random key
 * @param options Sizes, spikes, bulk, and whether the sample moment is exact
 * @returns features of shape `[n, k]`, their second moment, the directions
 * @throws {RangeError} if a size or strength cannot be used, the bulk is not positive semidefinite, or
 * exact features have fewer samples than dimensions
 * @throws {TypeError} if `rng` is not a random key, there is no list of spikes, or a direction or the
 * bulk does not have the dimension
 *
 * @example An exact spike
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { rng, singularValues, spikedFeatures } from "resolvent";
 *
 * const { features } = spikedFeatures(rng(1), {
 *   samples: 9,
 *   dimension: 3,
 *   spikes: [{ strength: 8 }],
 *   exact: true,
 * });
 * const s = singularValues(features); // sqrt(9 * 9), sqrt(9), sqrt(9)
 * [9, 3, 3].forEach((value, i) => assertAlmostEquals(s[i], value, 1e-12));
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, assumptions E and F (B = A A^T / n, transposed);
 * Johnstone (2001), doi:10.1214/aos/1009210544 (spiked covariance).
 */
export function spikedFeatures(rng: Rng, options: SpikedFeaturesOptions): SpikedFeatures {
  const doing = "draw spiked features";
  checkRng(doing, rng);
  const { samples, dimension, spikes, bulk = 1, exact = false } = checkOptions(doing, options);
  checkInteger(doing, "samples", samples, { min: exact ? dimension : 1 });
  checkInteger(doing, "dimension", dimension, { min: 1 });
  if (!Array.isArray(spikes)) {
    throw new TypeError(
      cannot(doing, "spikes must be a list, which may be empty", "spikes", spikes),
    );
  }
  const strengths = spikes.map(({ strength }, i) =>
    checkNumber(doing, `spikes[${i}].strength`, strength, { min: 0 })
  );
  const directions = spikeDirections(doing, rng.fork("directions"), options);
  const scaled = matrix(
    spikes.length,
    dimension,
    (i, j) => Math.sqrt(strengths[i]) * directions.data[i * dimension + j],
  );
  const secondMoment = add(
    matmul(scaled, scaled, { transposeA: true }),
    bulkMoment(doing, bulk, dimension),
  );
  if (exact) {
    const frame = haarMatrix(rng.fork("frame"), [samples, dimension]);
    const root = positiveRoot(doing, secondMoment, dimension);
    return { features: scale(matmul(frame, root), Math.sqrt(samples)), secondMoment, directions };
  }
  // Independent Gaussian parts add their second moments: no root of the sum is needed.
  const along = rng.fork("spikes").normal([samples, spikes.length]);
  const rest = rng.fork("bulk").normal([samples, dimension]);
  const spread = isMatrix(bulk)
    ? matmul(rest, positiveRoot(doing, bulk, dimension))
    : scale(rest, Math.sqrt(bulk));
  return { features: add(matmul(along, scaled), spread), secondMoment, directions };
}

/** Unit directions, one per row; those left out are rows of one Haar frame. */
function spikeDirections(
  doing: string,
  rng: Rng,
  { spikes, dimension }: SpikedFeaturesOptions,
): Matrix {
  const open = spikes.filter(({ direction }) => direction === undefined).length;
  checkInteger(doing, "the number of random directions", open, { max: dimension });
  const frame = haarMatrix(rng, [open, dimension]);
  const out = new Float64Array(spikes.length * dimension);
  let used = 0;
  spikes.forEach(({ direction }, i) => {
    const row = direction === undefined
      ? frame.data.subarray(used * dimension, ++used * dimension)
      : unitDirection(doing, `spikes[${i}].direction`, Float64Array.from(direction), dimension);
    out.set(row, i * dimension);
  });
  return matrix(spikes.length, dimension, out);
}

/** A given direction at length 1. */
function unitDirection(
  doing: string,
  name: string,
  direction: Float64Array,
  dimension: number,
): Float64Array {
  if (direction.length !== dimension) {
    throw new TypeError(cannot(doing, `${name} needs ${dimension} entries`, name, direction));
  }
  const length = Math.hypot(...direction);
  checkNumber(doing, `the length of ${name}`, length, { above: 0 });
  return direction.map((value) => value / length);
}

/** The bulk as a matrix. */
function bulkMoment(doing: string, bulk: number | Matrix, dimension: number): Matrix {
  if (isMatrix(bulk)) {
    if (bulk.rows === dimension && bulk.cols === dimension) return checkMatrix(doing, "bulk", bulk);
    const need = `bulk must be a number or have shape ${shown([dimension, dimension])}`;
    throw new TypeError(cannot(doing, need, "bulk", bulk));
  }
  checkNumber(doing, "bulk", bulk, { min: 0 });
  return matrix(dimension, dimension, (i, j) => i === j ? bulk : 0);
}
