/**
 * A figure as a PNG.
 *
 * @module
 */
import { checkChoice, checkInteger } from "../check.ts";
import { inTheme, type Theme } from "./theme.ts";

/** How a figure becomes a PNG. */
export type PngOptions = {
  /** Width in pixels, twice the figure's when left out. */
  readonly width?: number;
  /** Colours for a light ground (the default) or a dark one; a PNG cannot follow its reader. */
  readonly theme?: Theme;
};

/** Renders an SVG of ours. */
export async function pngOf(
  svg: string,
  options: PngOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const theme = checkChoice("render a PNG", "theme", options.theme ?? "light", ["light", "dark"]);
  const own = Number(svg.match(/ width="(\d+)"/)?.[1]);
  const width = checkInteger("render a PNG", "width", options.width ?? 2 * own, {
    min: 16,
    max: 8192,
  });
  const { Resvg } = await import("resvg");
  const image = new Resvg(inTheme(svg, theme), { fitTo: { mode: "width", value: width } }).render();
  return new Uint8Array(image.asPng());
}
