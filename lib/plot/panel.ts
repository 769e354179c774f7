/**
 * One panel: its layers, axes and rules, checked together.
 *
 * @module
 */
import { cannot, checkChoice, checkNumber } from "../check.ts";
import type { Layer } from "./layer.ts";
import type { Axis, FigureOptions, Rule } from "./series.ts";

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
