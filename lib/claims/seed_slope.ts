/**
 * The slope of one seed, from the points that its measure gives.
 *
 * @module
 */
import { shown } from "../check.ts";
import { slopeFit } from "../stats/slope_fit.ts";
import type { Estimand } from "./estimand.ts";

/** Points of a slope, by names: a list of numbers for each quantity, or a list of points. */
export type MeasuredPoints =
  | Readonly<Record<string, ArrayLike<number>>>
  | readonly Readonly<Record<string, number>>[];

/** The points of a seed by quantity, and their slope as the seed's value. */
export function seedSlope(
  doing: string,
  { of, over, log = false }: Estimand & { readonly over: string },
  points: MeasuredPoints,
  index: number,
): { readonly value: number } {
  const x = column(points, over), y = column(points, of);
  try {
    return { [over]: x, [of]: y, value: slopeFit(x, y, { log }).slope };
  } catch (error) {
    throw new TypeError(
      `Cannot ${doing} as every seed must give a slope, or ${of} over ${over} to fit one: seed index ` +
        `${index} gave ${shown(points)} (${(error as Error).message})`,
      { cause: error },
    );
  }
}

/** One quantity of all points; nothing where it is missing, which the fit refuses. */
function column(points: MeasuredPoints, name: string): readonly number[] {
  if (Array.isArray(points)) return points.map((point) => point?.[name]);
  const values = (points as Readonly<Record<string, ArrayLike<number>>>)[name];
  return Array.from(values ?? []);
}
