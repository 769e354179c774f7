/**
 * A straight line through points, by least squares.
 *
 * @module
 */
import { cannot, checkOptions } from "../check.ts";
import { checkValues } from "./values.ts";

/** A fitted line. */
export type SlopeFit = {
  /** Slope of the line; the exponent of the power law when both axes are logarithmic. */
  readonly slope: number;
  /** Value of the line at 0 (at x = 1 when the axes are logarithmic). */
  readonly intercept: number;
  /** Standard deviation of the residuals, with `n - 2` in its denominator; 0 for two points. */
  readonly residualSd: number;
};

/**
 * Fits a straight line by least squares, on natural logarithms if asked.
 *
 * **Definition** `slope = Σ(x - x̄)(y - ȳ) / Σ(x - x̄)²`, `intercept = ȳ - slope x̄`; with `log`,
 * `x` and `y` are replaced by their natural logarithms first.
 *
 * @param x Abscissae, shape `[n]`, at least two different ones, positive if `log`
 * @param y Ordinates, shape `[n]`, positive if `log`
 * @param options `log`: fit log y against log x; default false
 * @returns Slope, intercept and standard deviation of the residuals
 * @throws {RangeError} if there are fewer than 2 points, one is not finite, all `x` are equal, or a
 * value is not positive and `log` is set
 * @throws {TypeError} if the lengths differ
 *
 * @example The exponent of a power law
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { slopeFit } from "resolvent";
 *
 * const { slope, residualSd } = slopeFit([1, 2, 4], [3, 12, 48], { log: true });
 * assertAlmostEquals(slope, 2, 1e-12);
 * assertAlmostEquals(residualSd, 0, 1e-12);
 * ```
 *
 * Source: Legendre (1805), Nouvelles méthodes pour la détermination des orbites des comètes, appendix.
 */
export function slopeFit(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: { readonly log?: boolean } = {},
): SlopeFit {
  const doing = "fit a line";
  const { log = false } = checkOptions(doing, options);
  const n = checkValues(doing, "x", x, 2).length;
  checkValues(doing, "y", y, 2);
  if (y.length !== n) {
    throw new TypeError(
      cannot(doing, `y must have as many values as x, ${n}`, "y.length", y.length),
    );
  }
  const u = Float64Array.from(x, (value, i) => log ? logarithm("x", value, i) : value);
  const v = Float64Array.from(y, (value, i) => log ? logarithm("y", value, i) : value);
  const centre = u.reduce((sum, value) => sum + value, 0) / n;
  const height = v.reduce((sum, value) => sum + value, 0) / n;
  const spread = u.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  if (!(spread > 0)) {
    throw new RangeError(cannot(doing, "x must hold at least two different values", "x", [...u]));
  }
  const slope = u.reduce((sum, value, i) => sum + (value - centre) * (v[i] - height), 0) / spread;
  const intercept = height - slope * centre;
  const squares = u.reduce((sum, value, i) => sum + (v[i] - intercept - slope * value) ** 2, 0);
  return { slope, intercept, residualSd: n > 2 ? Math.sqrt(squares / (n - 2)) : 0 };
}

/** Natural logarithm of a value that has to be positive. */
function logarithm(name: string, value: number, i: number): number {
  if (value > 0) return Math.log(value);
  throw new RangeError(
    cannot("fit a line", "logarithms need positive values", `${name}[${i}]`, value),
  );
}
