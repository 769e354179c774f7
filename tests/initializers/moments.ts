/**
 * The moments that an initializer states, against those of a draw.
 *
 * @module
 */
import { assertLess } from "@std/assert";

/** Asserts mean 0, the variance and fourth moment of independent entries, to four deviations. */
export function assertMoments(
  data: Float64Array,
  { variance, kurtosis }: {
    readonly variance: number;
    readonly kurtosis: number;
  },
): void {
  const n = data.length;
  const moment = (power: number) => data.reduce((sum, x) => sum + x ** power, 0) / n;
  // Deviations of means over n entries: of x, and of x^2, whose variance is (kurtosis - 1) variance^2.
  assertLess(Math.abs(moment(1)), 4 * Math.sqrt(variance / n), "mean");
  const spread = 4 * Math.sqrt((kurtosis - 1) / n);
  assertLess(Math.abs(moment(2) / variance - 1), spread, "variance");
  // The fourth moment of a normal number has variance 96; the others are narrower.
  const fourth = moment(4) / variance ** 2;
  assertLess(Math.abs(fourth - kurtosis), 4 * Math.sqrt(96 / n), "fourth moment");
}
