/**
 * Sample covariances with a spike: where its eigenvalue lies and how far its eigenvector turns.
 *
 * @module
 */
import { checkNumber, checkOptions } from "../check.ts";

/** The proportions of a sample covariance and its bulk. */
export type AspectOptions = {
  /** Features per sample k/n, above 0. */
  readonly aspectRatio: number;
  /** Variance of the bulk, above 0; default 1. */
  readonly bulk?: number;
};

/**
 * Gives the edges of the spectrum of a pure-noise sample covariance.
 *
 * **Definition** `bulk (1 - sqrt(g))^2` and `bulk (1 + sqrt(g))^2`, `g = k/n`; for `g > 1` there are also
 * `k - n` eigenvalues 0
 *
 * @param options Features per sample, and the bulk's variance
 * @returns Lower and upper edge of the continuous part
 * @throws {RangeError} if the aspect ratio or the bulk is not above 0
 *
 * @example Four samples per feature
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { marchenkoPasturEdges } from "resolvent";
 *
 * assertEquals(marchenkoPasturEdges({ aspectRatio: 0.25 }), [0.25, 2.25]);
 * ```
 *
 * Source: Marchenko and Pastur (1967), doi:10.1070/SM1967v001n04ABEH001994.
 */
export function marchenkoPasturEdges(
  options: AspectOptions,
): readonly [lower: number, upper: number] {
  const { root, bulk } = checkAspect("compute the edges of a spectrum", options);
  return [bulk * (1 - root) ** 2, bulk * (1 + root) ** 2];
}

/**
 * Gives the strength above which a spike leaves the bulk of the sample covariance.
 *
 * **Definition** `bulk sqrt(g)`, `g = k/n`
 *
 * @param options Features per sample, and the bulk's variance
 * @returns The threshold, above 0, in the unit of the bulk
 * @throws {RangeError} if the aspect ratio or the bulk is not above 0
 *
 * @example Four samples per feature
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { spikedCovarianceThreshold } from "resolvent";
 *
 * assertEquals(spikedCovarianceThreshold({ aspectRatio: 0.25 }), 0.5);
 * ```
 *
 * Source: Baik, Ben Arous and Peche (2005), doi:10.1214/009117905000000233.
 */
export function spikedCovarianceThreshold(options: AspectOptions): number {
  const { root, bulk } = checkAspect("compute a spike's threshold", options);
  return bulk * root;
}

/**
 * Gives the limit of the largest eigenvalue of a sample covariance with one spike.
 *
 * **Definition** `bulk (1 + l)(1 + g/l)` for `l > sqrt(g)`, else the upper edge `bulk (1 + sqrt(g))^2`;
 * `l = strength / bulk`, `g = k/n`; the population's eigenvalue is `bulk + strength`
 *
 * @param strength What the spike adds to the bulk's variance, at least 0
 * @param options Features per sample, and the bulk's variance
 * @returns The limit, at least the upper edge of the bulk
 * @throws {RangeError} if the strength is negative, or the aspect ratio or the bulk not above 0
 *
 * @example Above and below the threshold
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { spikedCovarianceEigenvalue } from "resolvent";
 *
 * assertEquals(spikedCovarianceEigenvalue(2, { aspectRatio: 1 }), 4.5);
 * assertEquals(spikedCovarianceEigenvalue(0.5, { aspectRatio: 1 }), 4);
 * ```
 *
 * Source: Baik and Silverstein (2006), doi:10.1016/j.jmva.2005.08.003, theorem 1.1; threshold of Baik,
 * Ben Arous and Peche (2005), doi:10.1214/009117905000000233.
 */
export function spikedCovarianceEigenvalue(strength: number, options: AspectOptions): number {
  const doing = "compute a spike's eigenvalue";
  const { root, bulk } = checkAspect(doing, options);
  const l = checkNumber(doing, "strength", strength, { min: 0 }) / bulk;
  return bulk * (l > root ? (1 + l) * (1 + root * root / l) : (1 + root) ** 2);
}

/**
 * Gives the limit of the squared overlap of a spike with the sample's top eigenvector.
 *
 * **Definition** `(1 - g/l^2) / (1 + g/l)` for `l > sqrt(g)`, else 0; `l = strength / bulk`, `g = k/n`
 *
 * @param strength What the spike adds to the bulk's variance, at least 0
 * @param options Features per sample, and the bulk's variance
 * @returns The squared inner product of unit vectors, from 0 to 1
 * @throws {RangeError} if the strength is negative, or the aspect ratio or the bulk not above 0
 *
 * @example Above and below the threshold
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { spikedCovarianceOverlap } from "resolvent";
 *
 * assertEquals(spikedCovarianceOverlap(2, { aspectRatio: 1 }), 0.5);
 * assertEquals(spikedCovarianceOverlap(0.5, { aspectRatio: 1 }), 0);
 * ```
 *
 * Source: Paul (2007), Asymptotics of sample eigenstructure for a large dimensional spiked covariance
 * model, Statistica Sinica 17, theorem 4.
 */
export function spikedCovarianceOverlap(strength: number, options: AspectOptions): number {
  const doing = "compute a spike's overlap";
  const { root, bulk } = checkAspect(doing, options);
  const l = checkNumber(doing, "strength", strength, { min: 0 }) / bulk;
  const ratio = root * root;
  return l > root ? (1 - ratio / (l * l)) / (1 + ratio / l) : 0;
}

/** The root of the aspect ratio, and the bulk. */
function checkAspect(
  doing: string,
  options: AspectOptions,
): { readonly root: number; readonly bulk: number } {
  const { aspectRatio, bulk = 1 } = checkOptions(doing, options);
  checkNumber(doing, "aspectRatio", aspectRatio, { above: 0 });
  checkNumber(doing, "bulk", bulk, { above: 0 });
  return { root: Math.sqrt(aspectRatio), bulk };
}
