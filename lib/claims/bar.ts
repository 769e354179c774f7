/**
 * An interval drawn against its criterion, as a bar of html boxes.
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

/** The bar, or nothing where there is no interval to draw. */
export function intervalBar({ estimate, interval, criterion }: Bar, colour: string): string {
  if (estimate === null || interval === null || interval[0] === interval[1]) return "";
  const edges = edgesOf(criterion);
  const low = Math.min(interval[0], ...edges);
  const high = Math.max(interval[1], ...edges);
  const margin = 0.18 * (high - low);
  const from = low - margin;
  const to = high + margin;
  const at = (x: number) =>
    Math.round(1000 * Math.min(1, Math.max(0, (x - from) / (to - from)))) / 10;
  const allowed = allowedRanges(criterion, from, to).map(([a, b]) =>
    box(at(a), at(b), "top:0;bottom:0;background:currentColor;opacity:0.16")
  ).join("");
  const marks = edges.map((edge) =>
    box(at(edge), at(edge), "top:0;bottom:0;border-left:1px dashed currentColor")
  ).join("");
  const line = box(at(interval[0]), at(interval[1]), `top:8px;height:4px;background:${colour}`);
  const dot =
    `<span style="position:absolute;left:${at(estimate)}%;top:5px;width:10px;height:10px;` +
    `margin-left:-5px;border-radius:50%;background:${colour}"></span>`;
  const labels = edges.map((edge) =>
    `<span style="position:absolute;left:${at(edge)}%;transform:translateX(-50%)">${
      digits(edge)
    }</span>`
  ).join("");
  const text = `estimate ${digits(estimate)}, interval ${bracket(interval)}, criterion ${
    criterionText(criterion)
  }`;
  return `<div role="img" aria-label="${text}" style="margin:0.35em 0;max-width:26em">` +
    `<div style="position:relative;height:20px;border-bottom:1px solid currentColor">` +
    `${allowed}${marks}${line}${dot}</div>` +
    `<div style="position:relative;height:1.3em;font-size:0.75em;` +
    `font-variant-numeric:tabular-nums">${labels}</div></div>`;
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

/** A box from one place of the bar to another, in per cent. */
function box(from: number, to: number, style: string): string {
  const width = Math.round(10 * (to - from)) / 10;
  return `<span style="position:absolute;left:${from}%;width:${width}%;${style}"></span>`;
}
