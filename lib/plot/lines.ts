/**
 * Line charts.
 *
 * @module
 */
import { type Figure, figureOfPanel } from "./figure.ts";
import { layerOf } from "./layer.ts";
import { panelOf } from "./panel.ts";
import type { SeriesOptions } from "./series.ts";

/**
 * Draws series as lines: measurements solid with a band of their spread, theory dashed and thin.
 *
 * **Definition** a measurement with `runs` is drawn as `median_r runs[r][i]` over `x[i]`, its band
 * from the smallest to the largest run or between the quartiles.
 *
 * @param options Title, axes with their scales, and the series with `x` and `y` or `runs` of shape
 *   `[seeds][points]`; a line of more than 400 points is drawn through the extremes of 200 bins
 * @returns the figure, with a text alternative made from the data
 * @throws {RangeError} if there are no data, lengths differ, a value is not finite, `x` decreases,
 *   or a log axis would show a value that is not positive
 * @throws {TypeError} if a title or label is empty, or a series has neither or both of `y` and `runs`
 *
 * @example A measured decay and its law
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { lines } from "resolvent";
 *
 * const figure = await lines({
 *   title: "The loss halves with each step",
 *   x: { label: "step" },
 *   y: { label: "loss", scale: "log" },
 *   series: [
 *     { name: "measured", kind: "measurement", x: [0, 1, 2], runs: [[4, 2, 1], [4.4, 2.1, 1.2]] },
 *     { name: "theory", kind: "theory", x: [0, 1, 2], y: [4, 2, 1] },
 *   ],
 * });
 * assertStringIncludes(figure.alt, "theory: 4 at 0 to 1 at 2.");
 * assertStringIncludes(figure.svg, "<svg");
 * ```
 *
 * Source: E. R. Tufte, The Visual Display of Quantitative Information (1983), on showing spread;
 * drawn by Observable Plot.
 */
export async function lines(options: SeriesOptions): Promise<Figure> {
  const doing = "draw lines";
  const layers = (options.series ?? []).map((series) => layerOf(doing, series, "line"));
  return await figureOfPanel(panelOf(doing, options, { form: "Line chart", layers }));
}
