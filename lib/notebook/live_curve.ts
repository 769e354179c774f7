/**
 * Curves that are redrawn while their values are computed.
 *
 * @module
 */
import { cannot, checkNumber, checkOptions } from "../check.ts";
import { lines } from "../plot/lines.ts";
import type { Figure } from "../plot/figure.ts";
import type { Axis } from "../plot/series.ts";
import { extremes } from "../plot/thin.ts";
import { pace } from "../run/_pace.ts";
import { jupyter } from "./jupyter.ts";
import { show } from "./show.ts";
import { currentSink } from "./sink.ts";

/** Points of a series that are kept; beyond them, only its extremes are. */
const MOST = 2000;

/** Settings of {@linkcode liveCurve}. */
export type LiveCurveOptions = {
  /** What is computed: the title of the figure. */
  readonly label: string;
  /** The horizontal axis, or its label with a linear scale. */
  readonly x: string | Axis;
  /** The vertical axis, or its label with a linear scale. */
  readonly y: string | Axis;
};

/** Curves that are being drawn. */
export type LiveCurve = {
  /** Adds a point at `x` to each series that is named; a new name begins a series. */
  readonly push: (x: number, values: Readonly<Record<string, number>>) => void;
  /** Draws what was pushed last, and ends it. */
  readonly finish: () => Promise<void>;
};

/** The points of one series. */
type Points = { readonly x: number[]; readonly y: number[] };

/**
 * Draws curves while they are computed: one figure of a notebook, redrawn at most five times a
 * second, and less often where a drawing takes long, whenever the event loop has a turn; elsewhere
 * nothing until the end. The last figure shows all that was pushed, and stays.
 *
 * **Definition** Each series is a line through its points `(x, value)`, with measurement's style. Of a
 * series with more than 2,000 points those stay that are smallest or largest in one of 200 equal
 * pieces of its part of the axis, and the first and last. Values that the axis cannot show (not
 * finite, or not above 0 on a log axis) are left out, and the figure says how many.
 *
 * @param options Label, and both axes
 * @returns `push(x, values)` for each new point, and `finish()` at the end
 * @throws {TypeError} if the label or that of an axis says nothing
 * @throws {RangeError} (from `push`) if `x` is not finite, decreases, or is not above 0 on a log axis
 *
 * @example The loss of a descent
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { liveCurve } from "resolvent/notebook";
 *
 * const curve = liveCurve({ label: "descent", x: "step", y: { label: "loss", scale: "log" } });
 * for (let step = 0; step < 3; step++) curve.push(step, { loss: 2 ** -step });
 * assertEquals(await curve.finish(), undefined);
 * ```
 *
 * Source: training curves as in the usual tools; drawn by `lines`; no paper.
 */
export function liveCurve(options: LiveCurveOptions): LiveCurve {
  const doing = "draw a live curve";
  const { label, x, y } = checkOptions(doing, options);
  if (typeof label !== "string" || label.trim() === "") {
    throw new TypeError(cannot(doing, "label must say something", "label", label));
  }
  const axes = { x: axisOf(doing, "x", x), y: axisOf(doing, "y", y) };
  const id = `curve-${crypto.randomUUID()}`;
  const isLive = currentSink() !== null || jupyter() !== null;
  const series = new Map<string, Points>();
  let last = -Infinity, hidden = 0;
  let isShown = false, isOver = false, isCurrent = true;

  async function draw(): Promise<void> {
    isCurrent = true;
    const figure = await figureOf(label, axes, series, hidden);
    if (figure === null) return;
    const update = isShown;
    isShown = true;
    await show(figure, { id, update });
  }
  const drawing = pace(draw);

  function push(at: number, values: Readonly<Record<string, number>>): void {
    checkNumber(doing, "x", at, { min: last, ...(isLog(axes.x) && { above: 0 }) });
    checkOptions(doing, values, "values");
    if (isOver) return;
    last = at;
    for (const [name, value] of Object.entries(values)) {
      if (typeof value !== "number") {
        throw new TypeError(cannot(doing, "values must be numbers", name, value));
      }
      if (!Number.isFinite(value) || isLog(axes.y) && value <= 0) hidden++;
      else series.set(name, withPoint(series.get(name), [at, value], isLog(axes.x)));
    }
    isCurrent = false;
    if (isLive) drawing.ask();
  }
  async function finish(): Promise<void> {
    if (isOver) return;
    isOver = true;
    await drawing.stop();
    if (!isCurrent) await draw();
  }
  return { push, finish };
}

/** An axis from its label. */
function axisOf(doing: string, name: string, axis: string | Axis): Axis {
  const whole = typeof axis === "string" ? { label: axis } : checkOptions(doing, axis, name);
  if (typeof whole.label === "string" && whole.label.trim() !== "") return whole;
  throw new TypeError(cannot(doing, `${name} must have a label`, `${name}.label`, whole.label));
}

/** Whether equal distances mean equal ratios. */
function isLog({ scale }: Axis): boolean {
  return scale === "log";
}

/** Draws the series; null where there is nothing to draw. */
async function figureOf(
  title: string,
  axes: { readonly x: Axis; readonly y: Axis },
  series: ReadonlyMap<string, Points>,
  hidden: number,
): Promise<Figure | null> {
  if (series.size === 0) return null;
  return await lines({
    title,
    ...axes,
    ...(hidden > 0 && { subtitle: `${hidden} values cannot be shown` }),
    series: [...series].map(([name, points]) => ({ name, kind: "measurement", ...points })),
  });
}

/** A series with one more point, thinned where it has too many. */
function withPoint(
  points: Points | undefined,
  [x, y]: readonly [number, number],
  isLogarithmic: boolean,
): Points {
  const all = points ?? { x: [], y: [] };
  all.x.push(x);
  all.y.push(y);
  return all.x.length <= MOST ? all : thinned(all, isLogarithmic);
}

/** The first and last point and the extremes of the pieces between. */
function thinned({ x, y }: Points, isLogarithmic: boolean): Points {
  const along = isLogarithmic ? x.map(Math.log) : x;
  const from = along[0], width = along[along.length - 1] - from;
  const kept = extremes(along.map((place) => width > 0 ? (place - from) / width : 0), y, y);
  return { x: kept.map((i) => x[i]), y: kept.map((i) => y[i]) };
}
