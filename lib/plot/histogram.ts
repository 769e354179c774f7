/**
 * Histograms.
 *
 * @module
 */
import { cannot, checkInteger, checkNumber } from "../check.ts";
import { type Figure, figureOfPanel } from "./figure.ts";
import { type Layer, layerOf } from "./layer.ts";
import { panelOf } from "./panel.ts";
import type { Axis, FigureOptions } from "./series.ts";
import { extent } from "./ticks.ts";

/** A density that theory predicts: a function, or points of its graph. */
export type DensityCurve =
  & {
    /** How the figure calls it. */
    readonly name: string;
  }
  & ({
    /** The density at a value. */
    readonly of: (value: number) => number;
  } | {
    /** Where the density is given; not decreasing. */
    readonly x: ArrayLike<number>;
    /** The density there, as many as `x`. */
    readonly y: ArrayLike<number>;
  });

/** Values to be counted in bins. */
export type HistogramOptions = FigureOptions & {
  /** The values. */
  readonly values: ArrayLike<number>;
  /** How the figure calls them, `"measured"` when left out. */
  readonly name?: string;
  /** Number of bins of equal width; by the rule of Freedman and Diaconis when left out. */
  readonly bins?: number;
  /** Smallest and largest edge; those of the values when left out. */
  readonly range?: readonly [min: number, max: number];
  /** The density that theory predicts, drawn as a line. */
  readonly density?: DensityCurve;
  /** The horizontal axis, linear. */
  readonly x: Axis;
  /** The vertical axis, `"density"` when left out. */
  readonly y?: Partial<Axis>;
};

const MOST_BINS = 200, CURVE_POINTS = 257;

/** Number of bins of width `2 * (quartile distance) / n^(1/3)` (Freedman and Diaconis, 1981). */
function binCount(values: Float64Array, width: number): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const middle = sorted[Math.floor(0.75 * (n - 1))] - sorted[Math.floor(0.25 * (n - 1))];
  const count = middle > 0 ? width * Math.cbrt(n) / (2 * middle) : Math.sqrt(n);
  return Math.min(MOST_BINS, Math.max(1, Math.ceil(count)));
}

/** Counts values in bins, as a density: the bars' areas sum to 1. */
function barsOf(doing: string, options: HistogramOptions): Layer {
  const { name = "measured" } = options;
  const values = Float64Array.from(options.values ?? []);
  if (values.length === 0) {
    throw new RangeError(cannot(doing, "a figure needs data", "the number of values", 0));
  }
  values.forEach((value, i) => checkNumber(doing, `values[${i}]`, value));
  const [least, most] = extent(values);
  // equal values get one bin around them, wide enough to be a number of its own
  const half = least === most ? Math.max(Math.abs(least) * 1e-3, 1e-3) : 0;
  const [min, max] = options.range ?? [least - half, most + half];
  checkNumber(doing, "range[0]", min, { max: least });
  checkNumber(doing, "range[1]", max, { min: most, above: min });
  const bins = options.bins === undefined
    ? binCount(values, max - min)
    : checkInteger(doing, "bins", options.bins, { min: 1, max: MOST_BINS });
  const width = (max - min) / bins;
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value - min) / width))]++;
  return {
    name,
    group: name,
    kind: "measurement",
    draw: "bars",
    x: Array.from(counts, (_, i) => min + (i + 0.5) * width),
    y: Array.from(counts, (count) => count / (values.length * width)),
    low: [],
    high: [],
    runs: [],
    edges: Array.from({ length: bins + 1 }, (_, i) => i === bins ? max : min + i * width),
    means: { centre: `${values.length} ${values.length === 1 ? "value" : "values"}`, spread: "" },
  };
}

/** The predicted density as a layer over the range of the bars. */
function curveOf(doing: string, curve: DensityCurve, edges: readonly number[]): Layer {
  const { name } = curve;
  if (!("of" in curve)) {
    return layerOf(doing, { name, kind: "theory", x: curve.x, y: curve.y }, "line");
  }
  const from = edges[0], width = edges[edges.length - 1] - from;
  const x = Array.from({ length: CURVE_POINTS }, (_, i) => from + i * width / (CURVE_POINTS - 1));
  return layerOf(doing, { name, kind: "theory", x, y: x.map((value) => curve.of(value)) }, "line");
}

/**
 * Draws how values are distributed, as bars of total area 1, with a predicted density as a line.
 *
 * **Definition** the bar over a bin of width `h` with `c` of `n` values has the height `c / (n h)`;
 * bins contain their left edge, the last one both.
 *
 * @param options Title, values of shape `[n]`, axes, number of bins (1 to 200), and a density
 * @returns the figure, with a text alternative made from the data
 * @throws {RangeError} if there are no values, one is not finite or outside of `range`, or the
 *   density is not finite somewhere
 * @throws {TypeError} if a title or label is empty
 *
 * @example Four values in two bins
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { histogram } from "resolvent";
 *
 * const figure = await histogram({
 *   title: "Three of four values lie in the upper half",
 *   values: [0, 0.6, 0.7, 1],
 *   bins: 2,
 *   x: { label: "value" },
 *   density: { name: "uniform", of: () => 1 },
 * });
 * assertStringIncludes(figure.alt, "the highest 1.5 between 0.5 and 1.");
 * ```
 *
 * Source: D. Freedman and P. Diaconis, On the histogram as a density estimator (1981), for the
 * default number of bins; drawn by Observable Plot.
 */
export async function histogram(options: HistogramOptions): Promise<Figure> {
  const doing = "draw a histogram";
  const bars = barsOf(doing, options);
  const curves = options.density ? [curveOf(doing, options.density, bars.edges)] : [];
  const { scale = "linear" } = options.x ?? {};
  if (scale !== "linear") {
    throw new RangeError(cannot(doing, "bins have equal widths", "x.scale", scale));
  }
  const y = { label: "density", ...options.y };
  return await figureOfPanel(
    panelOf(doing, { ...options, y }, { form: "Histogram", layers: [bars, ...curves] }),
  );
}
