/**
 * Puts a figure together: title, legend, panels and caption in one standalone SVG.
 *
 * @module
 */
import { captionOf } from "./describe.ts";
import { type Canvas, drawPanel } from "./draw.ts";
import { type Frame, frameOf } from "./frame.ts";
import { endLabels, labelRoom, legend, ruleLabels } from "./labels.ts";
import { type Look, looksOf } from "./looks.ts";
import type { Layer } from "./layer.ts";
import type { Panel } from "./panel.ts";
import { escaped, tenth, TEXT_SIZE, textBlock, textElement, wrapped } from "./text.ts";
import { styleOf } from "./theme.ts";

const EDGE = 12, GAP = 20, SMALL = 12;

/** A piece of a picture and its height. */
type Piece = { readonly svg: string; readonly height: number };

/** A figure to be drawn. */
export type Sheet = {
  /** The finding. */
  readonly title: string;
  /** Setting and sizes, or nothing. */
  readonly subtitle: string;
  /** The text alternative. */
  readonly alt: string;
  /** Panels, row by row. */
  readonly panels: readonly Panel[];
  /** Panels in a row. */
  readonly columns: number;
  /** Width in pixels. */
  readonly width: number;
};

/** A short name that depends on the text alone (FNV-1a, 32 bit). */
export function hashed(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

/** Draws a figure as a standalone SVG that follows the theme of its reader. */
export function compose(tools: Canvas, sheet: Sheet): string {
  const { title, subtitle, panels, width } = sheet;
  const looks = looksOf("draw a figure", panels);
  const room = width - 2 * EDGE;
  const lines = [
    textBlock(wrapped(title, 15, room * 0.95), {
      x: EDGE,
      y: 10,
      size: 15,
      leading: 20,
      bold: true,
    }),
  ];
  let y = 10 + lines[0].height;
  lines.push(
    textBlock(wrapped(subtitle, 12.5, room), {
      x: EDGE,
      y,
      size: 12.5,
      leading: 17,
      colour: "muted",
    }),
  );
  y += lines[1].height + 6;
  const body = panels.length === 1 && sheet.columns === 1
    ? single(tools, sheet, { looks, y })
    : grid(tools, sheet, { looks, y });
  y += body.height;
  const caption = textBlock(wrapped(captionOf(panels), SMALL, room), {
    x: EDGE,
    y,
    size: 11.5,
    leading: 16,
    colour: "muted",
  });
  const height = Math.ceil(y + caption.height + 8);
  const inside = `<rect width="${width}" height="${height}" fill="var(--bg)"/>` +
    [...lines, body, caption].map((piece) => piece.svg).join("");
  return framed(sheet, height, inside);
}

/** Root element, text alternative and style around a picture. */
function framed({ title, alt, width }: Sheet, height: number, inside: string): string {
  const id = `rf-${hashed(inside + alt)}`;
  const root = `<svg xmlns="http://www.w3.org/2000/svg" class="resolvent-figure" role="img" ` +
    `aria-describedby="${id}" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" font-family="system-ui,sans-serif" ` +
    `font-size="${TEXT_SIZE}" fill="var(--fg)" stroke-linecap="round" stroke-linejoin="round" ` +
    `style="max-width:100%;height:auto">`;
  const text = `<title>${escaped(title)}</title><desc id="${id}">${escaped(alt)}</desc>`;
  return inSingleQuotes(`${root}${text}<style>${styleOf(root + inside)}</style>${inside}</svg>`);
}

/** Attributes in the quotes that JSON, where a notebook keeps its figures, need not escape. */
function inSingleQuotes(svg: string): string {
  return svg.replaceAll(/<[a-z][^<>]*>/g, (tag) => tag.replaceAll('"', "'"));
}

/** What pieces need to know of the whole. */
type Place = { readonly looks: ReadonlyMap<Layer, Look>; readonly y: number };

/** A figure of one panel: names at the ends of lines where they fit, a legend otherwise. */
function single(tools: Canvas, sheet: Sheet, { looks, y }: Place): Piece {
  const panel = sheet.panels[0];
  const width = sheet.width - 2 * EDGE;
  const outside = y + 16 * wrapped(captionOf([panel]), SMALL, width).length + 48;
  const height = Math.max(150, panel.height - outside);
  const named = panel.layers.length === 1 && panel.layers[0].draw !== "bars";
  const direct = frameOf(panel, { width, height, right: labelRoom(panel) });
  const labels = named ? "" : endLabels(panel, { frame: direct, looks });
  if (labels) {
    const drawn = panelPiece(tools, panel, { frame: direct, looks });
    return {
      svg: at(EDGE, y, drawn.svg + at(0, drawn.top, labels)),
      height: drawn.height,
    };
  }
  const rows = named ? { svg: "", height: 0 } : legend(panel.layers, { looks, x: EDGE, y, width });
  const frame = frameOf(panel, {
    width,
    height: Math.max(150, height - rows.height),
    right: 8,
  });
  const drawn = panelPiece(tools, panel, { frame, looks });
  return {
    svg: rows.svg + at(EDGE, y + rows.height, drawn.svg),
    height: rows.height + drawn.height,
  };
}

/** Small multiples: panels of one size under a shared legend. */
function grid(tools: Canvas, sheet: Sheet, { looks, y }: Place): Piece {
  const { panels, columns } = sheet;
  const width = Math.floor((sheet.width - 2 * EDGE - (columns - 1) * GAP) / columns);
  const height = Math.min(...panels.map((panel) => panel.height), Math.round(width * 0.75));
  const layers = panels.flatMap((panel) => panel.layers);
  const rows = new Set(layers.map((layer) => layer.name)).size > 1
    ? legend(layers, { looks, x: EDGE, y, width: sheet.width - 2 * EDGE })
    : { svg: "", height: 0 };
  const lefts = panels.map((panel) => frameOf(panel, { width, height, right: 8 }).margin.left);
  const left = Math.max(...lefts);
  let svg = rows.svg, top = y + rows.height + 4;
  for (let first = 0; first < panels.length; first += columns) {
    const row = panels.slice(first, first + columns);
    const titles = row.map((panel) => wrapped(panel.title, 12.5, width * 0.95));
    const head = 17 * Math.max(...titles.map((lines) => lines.length)) + 4;
    const pieces = row.map((panel) =>
      panelPiece(tools, panel, { frame: frameOf(panel, { width, height, right: 8, left }), looks })
    );
    // panels of a row stand on one base line, however many lines their labels take
    const deepest = Math.max(...pieces.map((piece) => piece.top));
    row.forEach((_, i) => {
      const block = { x: 0, y: 0, size: 12.5, leading: 17, bold: true };
      const offset = head + deepest - pieces[i].top;
      svg += at(
        EDGE + i * (width + GAP),
        top,
        textBlock(titles[i], block).svg + at(0, offset, pieces[i].svg),
      );
    });
    const tallest = Math.max(...pieces.map((piece) => piece.height - piece.top));
    top += head + deepest + tallest + 12;
  }
  return { svg, height: top - y };
}

/** A panel with the labels of its axes; `top` is the height of the label above it. */
function panelPiece(
  tools: Canvas,
  panel: Panel,
  { frame, looks }: { readonly frame: Frame; readonly looks: ReadonlyMap<Layer, Look> },
): Piece & { readonly top: number } {
  const above = textBlock(wrapped(`↑ ${panel.y.label}`, SMALL, frame.width), {
    x: 0,
    y: 0,
    size: SMALL,
    leading: 16,
  });
  const inner = frame.width - frame.margin.left - frame.margin.right;
  const below = wrapped(panel.x.label, SMALL, frame.width).map((line, i) =>
    textElement(line, {
      x: Math.round(frame.margin.left + inner / 2),
      y: above.height + frame.height + 14 + 16 * i,
      size: SMALL,
      anchor: "middle",
    })
  );
  const picture = drawPanel(tools, panel, { frame, looks }) + ruleLabels(panel, frame);
  return {
    svg: above.svg + at(0, above.height, picture) + below.join(""),
    height: above.height + frame.height + 16 * below.length + 6,
    top: above.height,
  };
}

/** Moves a piece of a picture. */
function at(x: number, y: number, svg: string): string {
  return x === 0 && y === 0 ? svg : `<g transform="translate(${tenth(x)} ${tenth(y)})">${svg}</g>`;
}
