/**
 * The shape of a weight matrix that is to be drawn.
 *
 * @module
 */
import { checkInteger } from "../check.ts";
import { checkPair } from "../data/haar.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";

/** Returns the shape `[in, out]` of weights if they can be drawn, or throws. */
export function checkWeightShape(
  doing: string,
  rng: Rng,
  shape: readonly [rows: number, cols: number],
): readonly [rows: number, cols: number] {
  checkRng(doing, rng);
  const [rows, cols] = checkPair(doing, shape);
  checkInteger(doing, "rows", rows, { min: 1 });
  checkInteger(doing, "cols", cols, { min: 1 });
  return [rows, cols];
}
