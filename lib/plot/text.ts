/**
 * Text in a figure: its width, lines and elements. A figure is made without a browser, so widths
 * are those of a wide system font; in a narrower one there is a little more room.
 *
 * @module
 */

/** Size of a figure's texts in pixels, where they have no size of their own. */
export const TEXT_SIZE = 12;

/** Makes text safe between the tags of XML. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A length rounded to a tenth of a pixel. */
export function tenth(length: number): number {
  return Math.round(10 * length) / 10;
}

/** Width of one character in parts of the font size, after DejaVu Sans. */
function advance(character: string): number {
  if (/[ilj.,:;|'!I()[\]ft/ ⁻¹]/.test(character)) return 0.37;
  if (/[mwMW@%—]/.test(character)) return 0.95;
  if (/[A-Z]/.test(character)) return 0.7;
  if (/[⁰-ₜ²³]/.test(character)) return 0.42;
  return character.codePointAt(0)! > 0x2e80 ? 1 : 0.62;
}

/** Width of a text in pixels at a font size in pixels. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += advance(character);
  return width * size;
}

/** Breaks a text between words into lines no wider than `width` pixels. */
export function wrapped(text: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Where and how a text stands. */
export type TextOptions = {
  /** Left end, middle or right end, in pixels. */
  readonly x: number;
  /** Baseline, in pixels. */
  readonly y: number;
  /** Font size in pixels. */
  readonly size: number;
  /** Name of its colour, `"fg"` when left out. */
  readonly colour?: string;
  /** Which part of the text stands at `x`. */
  readonly anchor?: "start" | "middle" | "end";
  /** Whether it is bold. */
  readonly bold?: boolean;
  /** Whether it stands out from lines behind it. */
  readonly halo?: boolean;
};

/** One line of text as an element. */
export function textElement(text: string, options: TextOptions): string {
  const { x, y, size, colour = "fg", anchor = "start", bold = false, halo = false } = options;
  return `<text${x === 0 ? "" : ` x="${tenth(x)}"`} y="${tenth(y)}"` +
    (size === TEXT_SIZE ? "" : ` font-size="${size}"`) +
    (colour === "fg" ? "" : ` fill="var(--${colour})"`) +
    (anchor === "start" ? "" : ` text-anchor="${anchor}"`) +
    (bold ? ' font-weight="600"' : "") +
    (halo ? ' stroke="var(--bg)" stroke-width="3" paint-order="stroke"' : "") +
    `>${escaped(text)}</text>`;
}

/** Lines of text under each other as elements, and the height they take. */
export function textBlock(
  lines: readonly string[],
  options: TextOptions & { readonly leading: number },
): { readonly svg: string; readonly height: number } {
  const { leading, y } = options;
  const svg = lines.map((line, i) =>
    textElement(line, { ...options, y: y + i * leading + options.size })
  );
  return { svg: svg.join(""), height: lines.length * leading };
}
