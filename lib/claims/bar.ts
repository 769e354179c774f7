/**
 * An interval drawn against its criterion, as a small drawing.
 *
 * @module
 */
import { type Criterion, edgesOf } from "./criterion.ts";
import { bracket, criterionText, digits } from "./line.ts";

/** What a bar shows. */
type Bar = {
  readonly estimate: number | null;
  readonly interval: readonly [number, number] | null;
  readonly criterion: Criterion;
};

/** Width of the drawing and height of its bar, in pixels. */
const WIDTH = 340;
const HEIGHT = 20;

/** The bar as an inline drawing in the colour of the text, or nothing where there is no interval to draw. */
export function intervalBar({ estimate, interval, criterion }: Bar, colour: string): string {
  if (estimate === null || interval === null || interval[0] === interval[1]) return "";
  const edges = edgesOf(criterion);
  const low = Math.min(interval[0], ...edges);
  const high = Math.max(interval[1], ...edges);
  const margin = 0.18 * (high - low);
  const from = low - margin;
  const to = high + margin;
  const at = (x: number) =>
    Math.round(WIDTH * Math.min(1, Math.max(0, (x - from) / (to - from))) * 10) / 10;
  const allowed = allowedRanges(criterion, from, to).map(([a, b]) =>
    `<rect x="${at(a)}" width="${Math.round(10 * (at(b) - at(a))) / 10}" height="${HEIGHT}" ` +
    `fill="currentColor" opacity=".16"/>`
  ).join("");
  const dashes = edges.map((edge) => `M${at(edge)} 0v${HEIGHT}`).join("");
  const labels = edges.map((edge) =>
    `<text x="${at(edge)}" y="${HEIGHT + 13}" fill="currentColor" text-anchor="middle">` +
    `${digits(edge)}</text>`
  ).join("");
  const text = `estimate ${digits(estimate)}, interval ${bracket(interval)}, criterion ${
    criterionText(criterion)
  }`;
  return `<svg role="img" aria-label="${text}" width="${WIDTH}" height="${HEIGHT + 16}" ` +
    `font-size="11" style="display:block;margin:.4em 0;max-width:100%">${allowed}` +
    `<path d="M0 ${HEIGHT}h${WIDTH}" stroke="currentColor"/>` +
    `<path d="${dashes}" stroke="currentColor" stroke-dasharray="2"/>` +
    `<path d="M${at(interval[0])} 10H${at(interval[1])}" stroke="${colour}" stroke-width="4"/>` +
    `<circle cx="${at(estimate)}" cy="10" r="5" fill="${colour}"/>${labels}</svg>`;
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
