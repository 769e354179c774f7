/**
 * One series, checked and with its runs summarised, as plain data that knows nothing of pixels.
 *
 * @module
 */
import { cannot, checkChoice, checkNumber } from "../check.ts";
import type { Series } from "./series.ts";

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
