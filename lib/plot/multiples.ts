/**
 * Small multiples.
 *
 * @module
 */
import { cannot, checkChoice, checkInteger, checkNumber } from "../check.ts";
import { describe } from "./describe.ts";
import { type Figure, figureOf } from "./figure.ts";
import type { Panel } from "./panel.ts";
import type { Axis } from "./series.ts";
import { extent } from "./ticks.ts";

/** Several figures beside each other. */
export type MultiplesOptions = {
  /** The finding that all panels show together. */
  readonly title: string;
  /** Setting and sizes, in smaller letters under the title. */
  readonly subtitle?: string;
  /** The panels, each a figure of `lines`, `points`, `spectrum` or `histogram`; at least one. */
  readonly panels: readonly (Figure | Promise<Figure>)[];
  /** Panels in a row: 1 for one, 2 for two or four, 3 otherwise when left out. */
  readonly columns?: number;
  /** Axes that span the same values in all panels, none when left out. */
  readonly share?: "none" | "x" | "y" | "both";
  /** Width in pixels, 340 for each panel in a row when left out. */
  readonly width?: number;
};

/** Widens one axis of every panel to the values of all of them. */
function shared(doing: string, panels: readonly Panel[], axis: "x" | "y"): readonly Panel[] {
  const scales = new Set(panels.map((panel) => panel[axis].scale));
  if (scales.size > 1) {
    const need = `panels that share axis ${axis} need the same scale`;
    throw new RangeError(cannot(doing, need, "their scales", [...scales].join(" and ")));
  }
  const include = extent(panels.flatMap((panel) => [
    ...panel[axis].include,
    ...panel.marks.filter((mark) => mark.axis === axis).map((mark) => mark.at),
    ...panel.layers.flatMap((layer) =>
      axis === "x"
        ? [...layer.x, ...layer.edges]
        : [...layer.y, ...layer.low, ...layer.high, ...layer.runs.flat()]
    ),
  ]));
  return panels.map((panel) => {
    const wider: Required<Axis> = { ...panel[axis], include };
    return { ...panel, [axis]: wider };
  });
}

/**
 * Sets figures beside each other as panels of one size, with one legend and one set of colours.
 *
 * **Definition** series of the same name (or group) have the same colour in every panel.
 *
 * @param options Title, panels (figures or promises of them), columns from 1 to 6, shared axes
 * @returns the figure; its text alternative is the title and that of each panel
 * @throws {RangeError} if there is no panel, or panels that share an axis differ in its scale
 * @throws {TypeError} if the title is empty, or a panel is not a figure of one panel
 *
 * @example Two panels
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { histogram, multiples } from "resolvent";
 *
 * const figure = await multiples({
 *   title: "Both samples are spread evenly",
 *   panels: [
 *     histogram({ title: "n = 4", values: [1, 2, 3, 4], x: { label: "value" } }),
 *     histogram({ title: "n = 3", values: [1, 2, 3], x: { label: "value" } }),
 *   ],
 *   share: "x",
 * });
 * assertEquals(figure.panels.map((panel) => panel.title), ["n = 4", "n = 3"]);
 * ```
 *
 * Source: E. R. Tufte, Envisioning Information (1990), chapter 4; drawn by Observable Plot.
 */
export async function multiples(options: MultiplesOptions): Promise<Figure> {
  const doing = "draw small multiples";
  const { title, subtitle = "", share = "none" } = options;
  if (typeof title !== "string" || title.trim() === "") {
    throw new TypeError(cannot(doing, "title must say something", "title", title));
  }
  checkChoice(doing, "share", share, ["none", "x", "y", "both"]);
  const figures = await Promise.all(options.panels ?? []);
  if (figures.length === 0) {
    throw new RangeError(cannot(doing, "a figure needs data", "the number of panels", 0));
  }
  let panels: readonly Panel[] = figures.map((figure, i) => {
    if (figure?.panels?.length === 1) return figure.panels[0];
    const name = `panels[${i}]`;
    throw new TypeError(
      cannot(doing, "a panel is a figure of one panel", name, figure?.title ?? figure),
    );
  });
  if (share === "x" || share === "both") panels = shared(doing, panels, "x");
  if (share === "y" || share === "both") panels = shared(doing, panels, "y");
  const usual = panels.length === 1 ? 1 : panels.length === 2 || panels.length === 4 ? 2 : 3;
  const columns = checkInteger(doing, "columns", options.columns ?? usual, { min: 1, max: 6 });
  const width = checkNumber(doing, "width", options.width ?? Math.max(400, 340 * columns), {
    min: 200,
    max: 2400,
  });
  const alt = [
    `${panels.length} panels "${title}"${subtitle && ` (${subtitle})`}.`,
    ...panels.map((panel, i) => `Panel ${i + 1}: ${describe(panel)}`),
  ].join(" ");
  return await figureOf({ title, subtitle, alt, panels, columns, width });
}
