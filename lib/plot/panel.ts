/**
 * One panel: checked series with their summaries, as plain data that knows nothing of pixels.
 *
 * @module
 */
import { cannot, checkChoice, checkNumber } from "../check.ts";
import type { Axis, FigureOptions, Rule, Series } from "./series.ts";

/** A checked series: its central curve, its spread, and how it is drawn. */
export type Layer = {
  /** Name of the series. */
  readonly name: string;
  /** Series of one group share a colour. */
  readonly group: string;
  /** Whether the numbers were derived or measured. */
  readonly kind: "theory" | "measurement";
  /** A joined line, separate points, a dense sequence of small points, or bars between `edges`. */
  readonly draw: "line" | "points" | "dots" | "bars";
  /** Horizontal positions. */
  readonly x: readonly number[];
  /** Central values. */
  readonly y: readonly number[];
  /** Lower ends of the spread, or nothing. */
  readonly low: readonly number[];
  /** Upper ends of the spread, or nothing. */
  readonly high: readonly number[];
  /** Every run, or nothing. */
  readonly runs: readonly (readonly number[])[];
  /** Edges of the bars, one more than `x`, or nothing. */
  readonly edges: readonly number[];
  /** What centre and spread are, as `"median of 8 seeds"` and `"smallest to largest"`. */
  readonly means: { readonly centre: string; readonly spread: string };
};

/** One panel of a figure. */
export type Panel = {
  /** What kind of picture it is, as `"Line chart"`. */
  readonly form: string;
  /** The finding. */
  readonly title: string;
  /** Setting and sizes. */
  readonly subtitle: string;
  /** The horizontal axis. */
  readonly x: Required<Axis>;
  /** The vertical axis. */
  readonly y: Required<Axis>;
  /** What is drawn, from back to front. */
  readonly layers: readonly Layer[];
  /** Reference rules. */
  readonly marks: readonly Rule[];
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
};

const NO_SPREAD = { low: [], high: [], runs: [], means: { centre: "", spread: "" } } as const;

/** Returns the numbers of `values`, all finite, `count` of them. */
function finite(
  doing: string,
  name: string,
  { values, count }: { readonly values: ArrayLike<number>; readonly count: number },
): readonly number[] {
  if (values === null || typeof values !== "object" || !Number.isInteger(values.length)) {
    throw new TypeError(cannot(doing, `${name} must be an array of numbers`, name, values));
  }
  if (values.length !== count) {
    throw new RangeError(
      cannot(doing, `${name} must have ${count} values`, "their number", values.length),
    );
  }
  for (let i = 0; i < values.length; i++) checkNumber(doing, `${name}[${i}]`, values[i]);
  return Array.from(values);
}

/** Quantile of sorted values, linear between neighbours (type 7 of Hyndman and Fan, 1996). */
function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  // the weighted form cannot overflow, and gives an observed value exactly where `at` is an integer
  return (1 - (at - below)) * sorted[below] + (at - below) * sorted[above];
}

/** Checks one series and summarises its runs. */
export function layerOf(doing: string, series: Series, draw: Layer["draw"]): Layer {
  const of = `of series ${JSON.stringify(series.name)}`;
  checkChoice(doing, `the kind ${of}`, series.kind, ["theory", "measurement"]);
  if (("runs" in series) === ("y" in series)) {
    throw new TypeError(
      cannot(
        doing,
        `a series needs either y or runs`,
        `the fields ${of}`,
        Object.keys(series).join(", "),
      ),
    );
  }
  const count = series.x?.length ?? 0;
  if (!(count > 0)) {
    throw new RangeError(cannot(doing, "a series needs a point", `the number of x ${of}`, count));
  }
  const x = finite(doing, `x ${of}`, { values: series.x, count });
  if (draw !== "points") checkOrder(doing, `x ${of}`, x);
  const { name, kind, group = name } = series;
  const common = { name, group, kind, draw, x, edges: [] };
  if ("runs" in series) {
    if (series.runs.length === 0) {
      throw new RangeError(cannot(doing, "a series needs a run", `the number of runs ${of}`, 0));
    }
    const runs = series.runs.map((values, run) =>
      finite(doing, `runs[${run}] ${of}`, { values, count })
    );
    const spread = checkChoice(doing, `the spread ${of}`, series.spread ?? "range", [
      "range",
      "quartiles",
    ]);
    const columns = x.map((_, i) => Float64Array.from(runs, (run) => run[i]).sort());
    const tail = spread === "range" ? 0 : 0.25;
    return {
      ...common,
      runs,
      y: columns.map((column) => quantile(column, 0.5)),
      low: columns.map((column) => quantile(column, tail)),
      high: columns.map((column) => quantile(column, 1 - tail)),
      means: {
        centre: `median of ${runs.length} ${runs.length === 1 ? "seed" : "seeds"}`,
        spread: runs.length === 1 ? "" : spread === "range" ? "smallest to largest" : "quartiles",
      },
    };
  }
  const y = finite(doing, `y ${of}`, { values: series.y, count });
  if (series.low === undefined && series.high === undefined) return { ...common, ...NO_SPREAD, y };
  if (series.low === undefined || series.high === undefined || !series.spread) {
    throw new TypeError(
      cannot(
        doing,
        "a spread needs low, high and a word for what they are",
        `the fields ${of}`,
        Object.keys(series).join(", "),
      ),
    );
  }
  const low = finite(doing, `low ${of}`, { values: series.low, count });
  const high = finite(doing, `high ${of}`, { values: series.high, count });
  low.forEach((value, i) => checkNumber(doing, `low[${i}] ${of}`, value, { max: high[i] }));
  return { ...common, y, low, high, runs: [], means: { centre: "", spread: series.spread } };
}

/** Throws unless values never decrease: a line through them would turn back. */
function checkOrder(doing: string, name: string, x: readonly number[]): void {
  const turn = x.findIndex((value, i) => i > 0 && value < x[i - 1]);
  if (turn < 0) return;
  throw new RangeError(
    cannot(doing, "x must not decrease along a line", `${name}[${turn}]`, x[turn]),
  );
}

/** Throws where a log axis would have to show a value that is not positive. */
function checkLog(doing: string, panel: Panel, axis: "x" | "y"): void {
  if (panel[axis].scale !== "log") return;
  const need = `a log axis shows only values above 0`;
  const check = function (name: string, values: readonly number[]): void {
    const bad = values.findIndex((value) => !(value > 0));
    if (bad >= 0) throw new RangeError(cannot(doing, need, `${name}[${bad}]`, values[bad]));
  };
  for (const layer of panel.layers) {
    const of = `of series ${JSON.stringify(layer.name)}`;
    layer.runs.forEach((run, i) =>
      check(axis === "y" ? `runs[${i}] ${of}` : `x ${of}`, axis === "y" ? run : layer.x)
    );
    if (layer.draw === "bars" && axis === "y") check(`bars ${of}`, [0]);
    for (const part of axis === "x" ? ["x", "edges"] as const : ["y", "low", "high"] as const) {
      check(`${part} ${of}`, layer[part]);
    }
  }
  check(`include of axis ${axis}`, panel[axis].include);
  check(`marks of axis ${axis}`, panel.marks.filter((m) => m.axis === axis).map((m) => m.at));
}

/** Puts a panel together and checks what concerns all of it. */
export function panelOf(
  doing: string,
  options: FigureOptions & { readonly x: Axis; readonly y: Axis },
  { form, layers }: { readonly form: string; readonly layers: readonly Layer[] },
): Panel {
  for (
    const [name, text] of [
      ["title", options.title],
      ["x.label", options.x?.label],
      ["y.label", options.y?.label],
    ]
  ) {
    if (typeof text === "string" && text.trim() !== "") continue;
    throw new TypeError(cannot(doing, `${name} must say something`, String(name), text));
  }
  if (layers.length === 0) {
    throw new RangeError(cannot(doing, "a figure needs data", "the number of series", 0));
  }
  const names = layers.map((layer) => layer.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new RangeError(cannot(doing, "series need different names", "a name used twice", twice));
  }
  const marks = options.marks ?? [];
  marks.forEach((mark, i) => {
    checkChoice(doing, `marks[${i}].axis`, mark.axis, ["x", "y"]);
    checkNumber(doing, `marks[${i}].at`, mark.at);
  });
  const panel: Panel = {
    form,
    layers,
    marks,
    title: options.title,
    subtitle: options.subtitle ?? "",
    x: axisOf(doing, "x", options.x),
    y: axisOf(doing, "y", options.y),
    width: checkNumber(doing, "width", options.width ?? 640, { min: 200, max: 2000 }),
    height: checkNumber(doing, "height", options.height ?? 400, { min: 160, max: 2000 }),
  };
  checkLog(doing, panel, "x");
  checkLog(doing, panel, "y");
  return panel;
}

/** An axis with its defaults. */
function axisOf(doing: string, name: string, axis: Axis): Required<Axis> {
  const { label, scale = "linear", include = [] } = axis;
  checkChoice(doing, `${name}.scale`, scale, ["linear", "log"]);
  include.forEach((value, i) => checkNumber(doing, `${name}.include[${i}]`, value));
  return { label, scale, include };
}
