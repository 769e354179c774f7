/**
 * An interval drawn against its criterion, as a small drawing.
 *
 * @module
 */
import { type Criterion, edgesOf } from "./criterion.ts";

/** What a bar shows. */
type Bar = {
  readonly estimate: number | null;
  readonly interval: readonly [number, number] | null;
  readonly criterion: Criterion;
};

/** Width of the drawing and height of its bar, in pixels. */
const WIDTH = 280;
const HEIGHT = 20;

/**
 * The bar as an inline drawing in the colour of the text, or nothing where there is no interval to
 * draw. It repeats what stands beside it in words, so readers of a screen are spared it; and it holds
 * no text, which would stay behind where a page that does not trust a notebook removes drawings.
 */
export function intervalBar({ estimate, interval, criterion }: Bar): string {
  if (estimate === null || interval === null || interval[0] === interval[1]) return "";
  const edges = edgesOf(criterion);
  const low = Math.min(interval[0], ...edges);
  const high = Math.max(interval[1], ...edges);
  const margin = 0.18 * (high - low);
  const from = low - margin;
  const to = high + margin;
  const at = (x: number) => Math.round(WIDTH * (x - from) / (to - from));
  // one line along the axis, up where the criterion begins to hold and down where it ends
  const gates = allowedRanges(criterion, from - margin, to + margin)
    .map(([a, b]) => `H${at(a)}V0H${at(b)}V${HEIGHT}`).join("");
  return `<br><svg role=none width=${WIDTH} height=${HEIGHT} ` +
    `fill=currentColor stroke=currentColor>` +
    `<path fill-opacity=.16 d='M0 ${HEIGHT}${gates}H${WIDTH}'/>` +
    `<path stroke-width=3 d='M${at(interval[0])} 10H${at(interval[1])}'/>` +
    `<circle r=4 cy=10 cx=${at(estimate)} /></svg>`;
}

/** The ranges that a criterion allows, cut somewhere beyond what the bar shows. */
function allowedRanges(
  criterion: Criterion,
  from: number,
  to: number,
): readonly (readonly [number, number])[] {
  if ("within" in criterion) return [criterion.within];
  if ("atLeast" in criterion) return [[criterion.atLeast, to]];
  if ("atMost" in criterion) return [[from, criterion.atMost]];
  return [[from, criterion.outside[0]], [criterion.outside[1], to]];
}
