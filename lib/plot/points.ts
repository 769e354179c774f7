/**
 * Point charts.
 *
 * @module
 */
import { type Figure, figureOfPanel } from "./figure.ts";
import { layerOf } from "./layer.ts";
import { panelOf } from "./panel.ts";
import type { SeriesOptions } from "./series.ts";

/**
 * Draws measurements as points with their spread, and theory as lines.
 *
 * **Definition** a measurement with `runs` is drawn as a point at `median_r runs[r][i]` over `x[i]`,
 * a bar from the smallest to the largest run or between the quartiles, and a small dot for each run.
 *
 * @param options Title, axes with their scales, and the series with `x` and `y` or `runs` of shape
 *   `[seeds][points]`
 * @returns the figure, with a text alternative made from the data
 * @throws {RangeError} if there are no data, lengths differ, a value is not finite, `x` of a theory
 *   decreases, or a log axis would show a value that is not positive
 * @throws {TypeError} if a title or label is empty, or a series has neither or both of `y` and `runs`
 *
 * @example A power law
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { points } from "resolvent";
 *
 * const figure = await points({
 *   title: "The rank grows in proportion to the width",
 *   x: { label: "width k", scale: "log" },
 *   y: { label: "nuclear rank", scale: "log" },
 *   series: [
 *     { name: "measured", kind: "measurement", x: [128, 256], runs: [[40, 81], [42, 83]] },
 *     { name: "k/3", kind: "theory", x: [128, 256], y: [128 / 3, 256 / 3] },
 *   ],
 * });
 * assertStringIncludes(figure.alt, "41 at 128 [40, 42] to 82 at 256 [81, 83].");
 * ```
 *
 * Source: W. S. Cleveland, The Elements of Graphing Data (1985), on showing data beside a model;
 * drawn by Observable Plot.
 */
export async function points(options: SeriesOptions): Promise<Figure> {
  const doing = "draw points";
  const layers = (options.series ?? []).map((series) =>
    layerOf(doing, series, series.kind === "theory" ? "line" : "points")
  );
  return await figureOfPanel(panelOf(doing, options, { form: "Point chart", layers }));
}
