/**
 * What a caller hands to a plot: axes, series and reference rules.
 *
 * @module
 */

/** An axis of a figure. */
export type Axis = {
  /** The quantity and its unit, as in `"time (s)"`. */
  readonly label: string;
  /** Equal distances mean equal differences (`"linear"`, the default) or equal ratios (`"log"`). */
  readonly scale?: "linear" | "log";
  /** Values that the axis must reach although no datum does, as `[0]`. */
  readonly include?: readonly number[];
};

/** What is common to both forms of a series. */
export type SeriesName = {
  /** How the figure calls the series; no two series of a figure share a name. */
  readonly name: string;
  /** Whether the numbers were derived or measured, which decides how they are drawn. */
  readonly kind: "theory" | "measurement";
  /** Series of one group share a colour, as a measurement and its theory; the name when left out. */
  readonly group?: string;
  /** Horizontal positions; they must not decrease where points are joined by a line. */
  readonly x: ArrayLike<number>;
};

/** A series with one value for each horizontal position. */
export type CurveSeries = SeriesName & {
  /** Values, as many as `x`. */
  readonly y: ArrayLike<number>;
  /** Lower ends of the spread, as many as `x`. */
  readonly low?: ArrayLike<number>;
  /** Upper ends of the spread, as many as `x`. */
  readonly high?: ArrayLike<number>;
  /** What `low` and `high` are, as `"99 % interval"`; needed where they are given. */
  readonly spread?: string;
};

/** A series with several runs, one for each seed; its median is drawn with their spread. */
export type RunsSeries = SeriesName & {
  /** Values of each run, each as many as `x`. */
  readonly runs: readonly ArrayLike<number>[];
  /** The spread: smallest to largest run (`"range"`, the default) or the quartiles. */
  readonly spread?: "range" | "quartiles";
};

/** A named sequence of points: one curve, or several runs of one measurement. */
export type Series = CurveSeries | RunsSeries;

/** A reference rule across the figure, at one value of one axis. */
export type Rule = {
  /** The axis on which the value lies: a rule at `x` is vertical, one at `y` horizontal. */
  readonly axis: "x" | "y";
  /** The value. */
  readonly at: number;
  /** A few words written along the rule. */
  readonly label?: string;
};

/** What every figure of one panel has. */
export type FigureOptions = {
  /** The finding, as a sentence. */
  readonly title: string;
  /** Setting and sizes, in smaller letters under the title. */
  readonly subtitle?: string;
  /** Reference rules. */
  readonly marks?: readonly Rule[];
  /** Width in pixels, 640 when left out. */
  readonly width?: number;
  /** Height in pixels, 400 when left out; a long title or legend makes it larger. */
  readonly height?: number;
};

/** Series in a plane with two axes. */
export type SeriesOptions = FigureOptions & {
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** The series, drawn in this order; at least one. */
  readonly series: readonly Series[];
};
