/**
 * Correlations, and which of them rounding does not tell from 1.
 *
 * @module
 */
import { correlation } from "../data/second_moment.ts";

/** Above this correlation two variables count as equal up to scale: closer ones cannot be told apart. */
const PARALLEL = 1 - 1e-14;

/** The correlation of variables with variances p, q and covariance c; 0 where a variance is 0. */
export function correlationOf(p: number, q: number, c: number): number {
  return correlation(Math.sqrt(p) * Math.sqrt(q), c);
}

/** Whether two variables with this correlation count as equal up to scale. */
export function isParallel(correlation: number): boolean {
  return Math.abs(correlation) > PARALLEL;
}
