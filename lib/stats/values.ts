/**
 * The checks and moments that every statistic of a list of numbers shares.
 *
 * @module
 */
import { cannot, checkInteger } from "../check.ts";

/** Returns `values` if there are at least `min` of them and all are finite; throws otherwise. */
export function checkValues(
  doing: string,
  name: string,
  values: ArrayLike<number>,
  min: number,
): ArrayLike<number> {
  if (typeof values !== "object" || values === null || typeof values.length !== "number") {
    throw new TypeError(cannot(doing, `${name} must be an array of numbers`, name, values));
  }
  checkInteger(doing, `the number of ${name}`, values.length, { min });
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new RangeError(
      cannot(doing, "every value must be a finite number", `${name}[${i}]`, values[i]),
    );
  }
  return values;
}

/** Mean and standard deviation (n - 1 in the denominator; 0 for one value) of `values`. */
export function moments(values: ArrayLike<number>): { readonly mean: number; readonly sd: number } {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (values[i] - mean) / (i + 1);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  return { mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}
