/**
 * Rejection sampling by region: one random value for each interval of a coordinate.
 *
 * @module
 */
import { cannot, checkFunction, checkInteger, checkOptions } from "../check.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";

/** Regions of a coordinate, and how a value with its coordinate is drawn. */
export type RegionSampling<T, Name extends string> = {
  /** Half-open intervals [low, high) of the coordinate, by name; edges may be infinite. */
  readonly regions: Readonly<Record<Name, readonly [low: number, high: number]>>;
  /** A value of a key and its coordinate, or null where no region of `open` can be met. */
  readonly draw: (
    key: Rng,
    open: readonly Name[],
  ) => { readonly value: T; readonly at: number } | null;
  /** Draws allowed, an integer of at least 1; default 10,000. */
  readonly attempts?: number;
};

/**
 * Draws values until each region of a coordinate has one: the first that fell into it.
 *
 * **Definition** `x_i = draw(key.fork(i), open)` for `i = 0, 1, ...`; `x_i` is kept for the first open
 * region, in the order of their names in the record, with `low <= at < high`, which closes it.
 *
 * Where regions do not overlap, each keeps a draw of the law of `x_i` given that it falls there, and
 * the same one whatever other regions are asked for. A null counts as a draw, and saves the work of
 * making a value that is known, say from its sizes, to fall into no open region.
 *
 * @param key Random key; draw i uses `key.fork(i)`
 * @param options The regions by name, how to draw, how many draws are allowed
 * @returns one value for each region, by its name
 * @throws {Error} if a region is not met in the draws allowed, with the names of all such
 * @throws {RangeError} if there is no region, one is empty, a coordinate is NaN, or `attempts` is not
 * an integer of at least 1
 * @throws {TypeError} if the key is not a random key, `options` or `regions` not a record, `draw` not a
 * function, or a draw neither null nor with a coordinate
 *
 * @example A small number and a large one
 * ```ts
 * import { assert } from "@std/assert";
 * import { firstInRegions, rng } from "resolvent";
 *
 * const { low, high } = firstInRegions(rng(1), {
 *   regions: { low: [0, 0.1], high: [0.9, 1] },
 *   draw: (key) => {
 *     const [value] = key.uniform(1);
 *     return { value, at: value };
 *   },
 * });
 * assert(low < 0.1 && high >= 0.9);
 * ```
 *
 * Source: von Neumann (1951), Various techniques used in connection with random digits, National
 * Bureau of Standards Applied Mathematics Series 12, 36-38 (rejection).
 */
export function firstInRegions<T, Name extends string>(
  key: Rng,
  options: RegionSampling<T, Name>,
): Record<Name, T> {
  const doing = "draw a value in every region";
  checkRng(doing, key);
  checkOptions(doing, options);
  checkFunction(doing, "draw", options.draw);
  const attempts = checkInteger(doing, "attempts", options.attempts ?? 10_000, { min: 1 });
  const names = checkRegions(doing, options.regions);
  const found = new Map<Name, T>();
  for (let i = 0; i < attempts && found.size < names.length; i++) {
    const open = names.filter((name) => !found.has(name));
    const drawn = options.draw(key.fork(i), open);
    if (drawn === null) continue;
    const at = checkCoordinate(doing, drawn);
    const region = open.find((name) => {
      const [low, high] = options.regions[name];
      return low <= at && at < high;
    });
    if (region !== undefined) found.set(region, drawn.value);
  }
  const missed = names.filter((name) => !found.has(name));
  if (missed.length > 0) {
    const need = `each must be met within ${attempts} draws`;
    throw new Error(cannot(doing, need, "what was never met", missed.join(", ")));
  }
  return Object.fromEntries(names.map((name) => [name, found.get(name)])) as Record<Name, T>;
}

/** The names of regions that are not empty, at least one. */
function checkRegions<Name extends string>(
  doing: string,
  regions: RegionSampling<unknown, Name>["regions"],
): Name[] {
  const names = Object.keys(checkOptions(doing, regions, "regions")) as Name[];
  if (names.length === 0) {
    throw new RangeError(cannot(doing, "there must be regions", "regions", regions));
  }
  for (const name of names) {
    const [low, high] = regions[name];
    if (low < high) continue;
    const need = "a region must be [low, high] with low below high";
    throw new RangeError(cannot(doing, need, `regions.${name}`, regions[name]));
  }
  return names;
}

/** The coordinate of a draw. */
function checkCoordinate(doing: string, drawn: { readonly at: number }): number {
  if (typeof drawn?.at !== "number") {
    throw new TypeError(cannot(doing, "draw must return { value, at } or null", "a draw", drawn));
  }
  if (!Number.isNaN(drawn.at)) return drawn.at;
  throw new RangeError(cannot(doing, "a coordinate must be a number", "at", drawn.at));
}
