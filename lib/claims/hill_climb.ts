import { checkFunction, checkInteger, checkOptions } from "../check.ts";
import { checkRng, type Rng } from "../random/rng.ts";

/** What a hill climb needs to know of a problem. */
export type HillClimbOptions<T> = {
  /** A neighbour of a point; the size of its move is a fraction of the point's own size. */
  readonly propose: (point: T, rng: Rng, size: number) => T;
  /** The value to raise; a point outside the allowed set has the value -Infinity. */
  readonly value: (point: T) => number;
  /** Number of moves tried, an integer of at least 0. */
  readonly moves: number;
  /** Size of the first moves (default 0.3); times 1.5 after a success, times 0.9 after a refusal. */
  readonly size?: number;
};

/** Where a hill climb ended. */
export type HillClimbResult<T> = {
  /** The best point seen. */
  readonly point: T;
  /** Its value. */
  readonly value: number;
};

/**
 * Searches for a larger value by random moves that are kept only when they raise it.
 *
 * **Definition** `x ← x'` if `value(x') > value(x)`, for `x' = propose(x, rng, size)`; the size grows
 * by 1.5 after a success and shrinks by 0.9 after a refusal, within [1e-6, 1].
 *
 * @param start The first point, with a value above -Infinity
 * @param rng Source of the moves
 * @param options How to move, what to raise, how often
 * @returns the best point seen and its value, at least that of `start`
 * @throws {RangeError} if `moves` is not an integer of at least 0
 * @throws {TypeError} if `rng` is not a random key, or `propose` or `value` not a function
 *
 * @example Climbing a parabola
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { hillClimb, rng } from "resolvent";
 *
 * const top = hillClimb(0, rng(1), {
 *   propose: (x, key, size) => x + size * key.normal(1)[0],
 *   value: (x) => -((x - 3) ** 2),
 *   moves: 300,
 * });
 * assertAlmostEquals(top.point, 3, 0.01);
 * ```
 *
 * Source: textbook random local search with an adaptive step (the one-fifth success rule of Rechenberg, 1973, in spirit).
 */
export function hillClimb<T>(start: T, rng: Rng, options: HillClimbOptions<T>): HillClimbResult<T> {
  const { propose, value: valueOf } = checkOptions("climb", options);
  const moves = checkInteger("climb", "moves", options.moves, { min: 0 });
  checkFunction("climb", "propose", propose);
  checkFunction("climb", "value", valueOf);
  checkRng("climb", rng);
  let best: HillClimbResult<T> = { point: start, value: valueOf(start) };
  let size = options.size ?? 0.3;
  for (const key of rng.split(moves)) {
    const point = propose(best.point, key, size);
    const value = valueOf(point);
    const better = value > best.value;
    if (better) best = { point, value };
    size = Math.min(1, Math.max(1e-6, size * (better ? 1.5 : 0.9)));
  }
  return best;
}
