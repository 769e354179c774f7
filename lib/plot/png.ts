/**
 * A figure as a PNG.
 *
 * @module
 */
import { cannot, checkChoice, checkInteger } from "../check.ts";
import { inOwnFonts, ownFonts } from "./fonts.ts";
import { inTheme, type Theme } from "./theme.ts";

/** How a figure becomes a PNG. */
export type PngOptions = {
  /** Width in pixels, twice the figure's when left out. */
  readonly width?: number;
  /** Colours for a light ground (the default) or a dark one; a PNG cannot follow its reader. */
  readonly theme?: Theme;
};

const PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">' +
  '<text x="2" y="16" font-family="system-ui,sans-serif">x</text></svg>';

/** Renders an SVG of ours, with the machine's fonts where it has any. */
export async function pngOf(
  svg: string,
  options: PngOptions = {},
  systemFonts = true,
): Promise<Uint8Array<ArrayBuffer>> {
  const doing = "render a PNG";
  const theme = checkChoice(doing, "theme", options.theme ?? "light", ["light", "dark"]);
  const own = Number(svg.match(/ width=["'](\d+)["']/)?.[1]);
  const width = checkInteger(doing, "width", options.width ?? 2 * own, { min: 16, max: 8192 });
  const { Resvg } = await import("resvg");
  const fitTo = { mode: "width", value: width } as const;
  const font = { loadSystemFonts: systemFonts };
  const picture = inTheme(svg, theme);
  // a text without any font has no extent
  if (new Resvg(PROBE, { font }).innerBBox() !== undefined) {
    return new Uint8Array(new Resvg(picture, { font, fitTo }).render().asPng());
  }
  const fontFiles = [...await ownFonts()];
  if (fontFiles.length === 0) {
    throw new Error(cannot(doing, "its words need a font", "the number of fonts found", 0));
  }
  const image = new Resvg(inOwnFonts(picture), { font: { ...font, fontFiles }, fitTo });
  return new Uint8Array(image.render().asPng());
}
