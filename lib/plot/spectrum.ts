/**
 * Spectra: values in descending order over their index.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { type Figure, figureOfPanel } from "./figure.ts";
import { layerOf } from "./layer.ts";
import { panelOf } from "./panel.ts";
import type { Axis, FigureOptions, Series } from "./series.ts";

/** Singular values or eigenvalues under a name. */
export type Spectrum = {
  /** How the figure calls it. */
  readonly name: string;
  /** Spectra of one group share a colour; the name when left out. */
  readonly group?: string;
  /** The values in any order. */
  readonly values: ArrayLike<number>;
};

/** Spectra of one size, one for each seed. */
export type SpectrumRuns = {
  /** How the figure calls them. */
  readonly name: string;
  /** Spectra of one group share a colour; the name when left out. */
  readonly group?: string;
  /** The values of each seed in any order, as many for each. */
  readonly runs: readonly ArrayLike<number>[];
  /** The spread: smallest to largest run (`"range"`, the default) or the quartiles. */
  readonly spread?: "range" | "quartiles";
};

/** Spectra in a plane. */
export type SpectrumOptions = FigureOptions & {
  /** Measured spectra; at least one. */
  readonly spectra: readonly (Spectrum | SpectrumRuns)[];
  /** Predicted spectra, drawn as thin lines. */
  readonly theory?: readonly Spectrum[];
  /** The horizontal axis, `"index, by size"` on a linear scale when left out. */
  readonly x?: Partial<Axis>;
  /** The vertical axis, `"singular value"` on a linear scale when left out. */
  readonly y?: Partial<Axis>;
};

// with more values the shapes of points and the bars of their spread would overlap
const SEPARATE = 64;

/** Values in descending order. */
function descending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort().reverse();
}

/** A spectrum as a series over the index from 1. */
function seriesOf(spectrum: Spectrum | SpectrumRuns, kind: Series["kind"]): Series {
  const runs = "runs" in spectrum;
  const { name, group = name } = spectrum;
  const count = (runs ? spectrum.runs[0] : spectrum.values)?.length ?? 0;
  const common = { name, group, kind, x: Array.from({ length: count }, (_, i) => i + 1) };
  if (!runs) return { ...common, y: descending(spectrum.values ?? []) };
  return { ...common, runs: spectrum.runs.map(descending), spread: spectrum.spread ?? "range" };
}

/**
 * Draws spectra: values in descending order over their index from 1.
 *
 * **Definition** the point of index `i` is `(i, s_(i))` with `s_(1) >= s_(2) >= ...`; with `runs`,
 * the median of `s_(i)` over the seeds and its spread.
 *
 * @param options Title, spectra with `values` of shape `[n]` or `runs` of shape `[seeds][n]`,
 *   predicted spectra, and axes; more than 64 values are drawn as small points
 * @returns the figure, with a text alternative made from the data
 * @throws {RangeError} if there are no data, a value is not finite, or a log axis would show a value
 *   that is not positive
 * @throws {TypeError} if a title or label is empty
 *
 * @example A spectrum with one spike
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { spectrum } from "resolvent";
 *
 * const figure = await spectrum({
 *   title: "One direction carries most of the energy",
 *   spectra: [{ name: "features", values: [1, 9, 0.5] }],
 *   y: { label: "singular value", scale: "log" },
 * });
 * assertStringIncludes(figure.alt, "9 at 1 to 0.5 at 3.");
 * ```
 *
 * Source: R. B. Cattell, The scree test for the number of factors (1966); drawn by Observable Plot.
 */
export async function spectrum(options: SpectrumOptions): Promise<Figure> {
  const doing = "draw a spectrum";
  const { spectra, theory = [] } = options;
  if (!Array.isArray(spectra) || spectra.length === 0) {
    throw new RangeError(cannot(doing, "a figure needs data", "spectra", spectra));
  }
  const measured = spectra.map((each) => seriesOf(each, "measurement"));
  const many = measured.some((each) => each.x.length > SEPARATE);
  const layers = [
    ...measured.map((each) => layerOf(doing, each, many ? "dots" : "points")),
    ...theory.map((each) => layerOf(doing, seriesOf(each, "theory"), "line")),
  ];
  const axes = {
    x: { label: "index, by size", ...options.x },
    y: { label: "singular value", ...options.y },
  };
  return await figureOfPanel(panelOf(doing, { ...options, ...axes }, { form: "Spectrum", layers }));
}
