/**
 * Choosing a setting for each of several methods on one grid.
 *
 * @module
 */
import { cannot, checkFunction, checkInteger, checkList, checkOptions } from "../check.ts";

/** The methods, the grid, and how far it may grow. */
export type TuneOnGridOptions<A extends string> = {
  /** Names of the methods that are compared, at least one. */
  readonly arms: readonly A[];
  /** Values in ascending order, above 0, at least two. */
  readonly grid: readonly number[];
  /** Most values that may be added at each end, an integer of at least 0. Default: 4. */
  readonly widenings?: number;
};

/** What was chosen. */
export type TunedOnGrid<A extends string> = {
  /** The value of the least loss, for each method. */
  readonly best: Readonly<Record<A, number>>;
  /** The grid at the end, ascending: the same for all. */
  readonly grid: readonly number[];
  /** Losses on it, for each method; infinite where it diverged. */
  readonly losses: Readonly<Record<A, readonly number[]>>;
  /** Methods whose best value is the first or last of the grid still. */
  readonly atEdge: readonly A[];
};

/**
 * Tunes one setting of several methods with equal grids and budgets.
 *
 * **Definition** `best[arm] = argmin over the grid of loss(arm, value)`; while a best value is the first
 * or last, the grid grows at that end by the ratio of its last two values there, for all methods alike
 *
 * A loss that is not finite counts as infinite: a run that diverged. Of equal losses the smaller value
 * is taken.
 *
 * @param loss Loss of a method at a value, such as a mean over tuning seeds on validation data
 * @param options Names of the methods, the grid, how far it may grow
 * @returns the best values, the grid, all losses, and methods that are at an edge still
 * @throws {RangeError} (a rejection) if the grid is not ascending and above 0, or a method diverged at
 * every value
 * @throws {TypeError} (a rejection) if `loss` is not a function or `options` not a record of settings
 *
 * @example The grid grows until the best value lies inside
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tuneOnGrid } from "resolvent";
 *
 * const optimum = { slow: 1, fast: 8 };
 * const { best, grid } = await tuneOnGrid(
 *   (arm: "slow" | "fast", value) => Math.abs(Math.log(value / optimum[arm])),
 *   { arms: ["slow", "fast"], grid: [0.5, 1, 2] },
 * );
 * assertEquals(best, { slow: 1, fast: 8 });
 * assertEquals(grid, [0.5, 1, 2, 4, 8, 16]);
 * ```
 *
 * Source: equal grids and budgets as in Schmidt, Schneider and Hennig, arXiv:2007.01547; best values
 * inside the grid as in Choi et al., arXiv:1910.05446.
 */
export async function tuneOnGrid<A extends string>(
  loss: (arm: A, value: number) => number | Promise<number>,
  options: TuneOnGridOptions<A>,
): Promise<TunedOnGrid<A>> {
  const doing = "tune on a grid";
  checkFunction(doing, "loss", loss);
  const { arms, grid: given, widenings = 4 } = checkOptions(doing, options);
  checkList(doing, "arms", arms);
  if (arms.length === 0) {
    throw new RangeError(cannot(doing, "there must be a method", "arms", arms));
  }
  checkInteger(doing, "widenings", widenings, { min: 0 });
  checkGrid(doing, given);
  const found = new Map<A, Map<number, number>>(arms.map((arm) => [arm, new Map()]));
  const grid = [...given];
  for (const left = { low: widenings, high: widenings };;) {
    await fill(loss, grid, found);
    const places = arms.map((arm) => bestPlace(doing, arm, grid, found.get(arm)!));
    const low = left.low > 0 && places.includes(0);
    const high = left.high > 0 && places.includes(grid.length - 1);
    if (!low && !high) return chosen(arms, grid, found, places);
    if (high) grid.push(grid[grid.length - 1] ** 2 / grid[grid.length - 2]);
    if (low) grid.unshift(grid[0] ** 2 / grid[1]);
    left.low -= Number(low);
    left.high -= Number(high);
  }
}

/** Refuses a grid that is no ascending list of numbers above 0. */
function checkGrid(doing: string, grid: readonly number[]): void {
  checkList(doing, "grid", grid);
  const ascending = grid.every((value, i) => value > (i === 0 ? 0 : grid[i - 1]));
  if (grid.length >= 2 && ascending && grid[grid.length - 1] < Infinity) return;
  const need = "the grid must be two or more finite values above 0 in ascending order";
  throw new RangeError(cannot(doing, need, "grid", grid));
}

/** Computes the losses that are missing, all at once. */
async function fill<A extends string>(
  loss: (arm: A, value: number) => number | Promise<number>,
  grid: readonly number[],
  found: ReadonlyMap<A, Map<number, number>>,
): Promise<void> {
  await Promise.all(
    [...found].flatMap(([arm, losses]) =>
      grid.filter((value) => !losses.has(value)).map(async (value) => {
        const at = await loss(arm, value);
        losses.set(value, Number.isFinite(at) ? at : Infinity);
      })
    ),
  );
}

/** The place in the grid of a method's least loss. */
function bestPlace(
  doing: string,
  arm: string,
  grid: readonly number[],
  losses: ReadonlyMap<number, number>,
): number {
  const all = grid.map((value) => losses.get(value)!);
  const least = Math.min(...all);
  if (least < Infinity) return all.indexOf(least);
  const need = `the loss of ${arm} must be finite somewhere on the grid`;
  throw new RangeError(cannot(doing, need, "grid", grid));
}

/** The result. */
function chosen<A extends string>(
  arms: readonly A[],
  grid: readonly number[],
  found: ReadonlyMap<A, ReadonlyMap<number, number>>,
  places: readonly number[],
): TunedOnGrid<A> {
  const byArm = <T>(of: (arm: A, i: number) => T) =>
    Object.fromEntries(arms.map((arm, i) => [arm, of(arm, i)])) as Record<A, T>;
  return {
    best: byArm((_, i) => grid[places[i]]),
    grid,
    losses: byArm((arm) => grid.map((value) => found.get(arm)!.get(value)!)),
    atEdge: arms.filter((_, i) => places[i] === 0 || places[i] === grid.length - 1),
  };
}
