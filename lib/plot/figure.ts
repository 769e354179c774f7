/**
 * A figure as a value: SVG, text alternative, PNG, and its display in a notebook.
 *
 * @module
 */
import { compose, type Sheet } from "./compose.ts";
import { describe } from "./describe.ts";
import { canvas } from "./draw.ts";
import type { Panel } from "./panel.ts";
import { pngOf, type PngOptions } from "./png.ts";

/** A finished figure, shown by a notebook and written to files by a script. */
export type Figure = {
  /** The finding. */
  readonly title: string;
  /** The text alternative: what the figure shows, in words and numbers. */
  readonly alt: string;
  /** The picture, a standalone SVG that follows the reader's light or dark theme. */
  readonly svg: string;
  /** What was drawn, for `multiples`. */
  readonly panels: readonly Panel[];
  /** The picture as a PNG in one theme. */
  readonly png: (options?: PngOptions) => Promise<Uint8Array<ArrayBuffer>>;
  /** What a notebook's front end shows, under `Symbol.for("Jupyter.display")`. */
  readonly [display: symbol]: () => {
    readonly "image/svg+xml": string;
    readonly "text/plain": string;
  };
};

/** Draws a sheet. */
export async function figureOf(sheet: Sheet): Promise<Figure> {
  const svg = compose(await canvas(), sheet);
  const { title, alt, panels } = sheet;
  return {
    title,
    alt,
    svg,
    panels,
    png: (options) => pngOf(svg, options),
    [Symbol.for("Jupyter.display")]: () => ({
      "image/svg+xml": svg,
      "text/plain": shortAlt(sheet),
    }),
  };
}

/** A line for where a figure cannot be shown; the picture itself holds its text alternative. */
function shortAlt({ title, panels }: Sheet): string {
  return `${title} (figure${panels.length === 1 ? "" : `, ${panels.length} panels`})`;
}

/** Draws one panel as a figure. */
export function figureOfPanel(panel: Panel): Promise<Figure> {
  const { title, subtitle, width } = panel;
  return figureOf({ title, subtitle, width, alt: describe(panel), panels: [panel], columns: 1 });
}
