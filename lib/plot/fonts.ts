/**
 * Fonts for a PNG. A bare machine may have none, and a picture without its words would be worse
 * than no picture: there the fonts that come with KaTeX, which reports need anyway, stand in.
 *
 * @module
 */

const FILES = [
  "KaTeX_SansSerif-Regular.ttf",
  "KaTeX_SansSerif-Bold.ttf",
  "KaTeX_Main-Regular.ttf",
  "KaTeX_Math-Italic.ttf",
  "KaTeX_AMS-Regular.ttf",
];

/** The family whose letters replace those of a system font. */
export const OWN_FAMILY = "KaTeX_SansSerif";

/** Paths of the fonts that come with KaTeX; none where its files cannot be found. */
export async function ownFonts(): Promise<readonly string[]> {
  const { default: katex } = await import("katex");
  try {
    katex.renderToString("\\undefined", { throwOnError: true });
  } catch (error) {
    // Deno resolves no path inside a package; the stack of its own error says where the package lies
    const folder = String((error as Error).stack).match(/file:\/\/[^\s)]*?\/dist\/(?=katex)/)?.[0];
    if (folder) {
      return FILES.map((file) => decodeURIComponent(new URL(`${folder}fonts/${file}`).pathname));
    }
  }
  return [];
}

/** Writes a picture with the characters that these fonts have: raised digits become shifted ones. */
export function inOwnFonts(svg: string): string {
  const plain = function (run: string): string {
    return [...run].map((c) => {
      const digit = "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c);
      return digit >= 0 ? String(digit) : "−";
    }).join("");
  };
  return svg.replace(/font-family=(["'])[^"']*\1/, `font-family="${OWN_FAMILY}"`)
    .replaceAll("‖", "∥")
    .replaceAll(
      /[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+(?=[^<>]*<\/)/g,
      (run) => `<tspan baseline-shift="super" font-size="70%">${plain(run)}</tspan>`,
    );
}
