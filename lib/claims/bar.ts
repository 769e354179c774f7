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
const WIDTH = 340;
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
  const at = (x: number) =>
    Math.round(WIDTH * Math.min(1, Math.max(0, (x - from) / (to - from))) * 10) / 10;
  const allowed = allowedRanges(criterion, from, to)
    .map(([a, b]) => `M${at(a)} 0H${at(b)}V${HEIGHT}H${at(a)}`).join("");
  const dashes = edges.map((edge) => `M${at(edge)} 0V${HEIGHT}`).join("");
  return `<svg aria-hidden="true" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" ` +
    `fill="currentColor" style="display:block;margin:.5em 0;max-width:100%">` +
    `<path opacity=".16" d="${allowed}"/><g stroke="currentColor">` +
    `<path d="M0 ${HEIGHT}H${WIDTH}"/><path stroke-dasharray="2" d="${dashes}"/>` +
    `<path stroke-width="3" d="M${at(interval[0])} 10H${at(interval[1])}"/></g>` +
    `<circle cx="${at(estimate)}" cy="10" r="5"/></svg>`;
}

/** The ranges that a criterion allows, cut to what the bar shows. */
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
