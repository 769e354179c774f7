/**
 * A small drawing of an interval against its criterion, for a row of a table.
 *
 * @module
 */
import type { Criterion } from "../claims/criterion.ts";
import type { Verdict } from "../claims/verdict.ts";

const WIDTH = 144;
const HEIGHT = 26;
const MIDDLE = HEIGHT / 2;

/** Share of the width left free on each side of what is drawn. */
const MARGIN = 0.12;

/**
 * Draws band (criterion), bar (interval) and dot (estimate) on one scale; the numbers stand in the
 * cells beside it, so a screen reader passes it over. Empty where there is nothing to compare.
 */
export function rangeDrawing(
  { estimate, interval, criterion }: Pick<Verdict, "estimate" | "interval" | "criterion">,
): string {
  if (estimate === null) return "";
  const allowed = allowedRanges(criterion);
  const [low, high] = interval ?? [estimate, estimate];
  const edges = allowed.flat();
  const marks = [estimate, low, high, ...edges].filter(Number.isFinite);
  const least = Math.min(...marks);
  const extent = Math.max(...marks) - least || Math.abs(least) || 1;
  const at = function (value: number): string {
    const part = MARGIN + (1 - 2 * MARGIN) * (value - least) / extent;
    return (WIDTH * Math.min(Math.max(part, 0), 1)).toFixed(1);
  };
  const bands = allowed.map(([from, to]) =>
    `<rect class="allowed" x="${at(from)}" y="3" width="${
      (Number(at(to)) - Number(at(from))).toFixed(1)
    }" height="${HEIGHT - 6}"/>`
  );
  const limits = edges.filter(Number.isFinite).map((edge) =>
    `<line class="edge" x1="${at(edge)}" x2="${at(edge)}" y1="3" y2="${HEIGHT - 3}"/>`
  );
  return `<svg class="range" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${
    bands.join("")
  }` +
    `<line class="axis" x1="0" x2="${WIDTH}" y1="${MIDDLE}" y2="${MIDDLE}"/>${limits.join("")}` +
    `<line class="bar" x1="${at(low)}" x2="${at(high)}" y1="${MIDDLE}" y2="${MIDDLE}"/>` +
    `<circle class="dot" cx="${at(estimate)}" cy="${MIDDLE}" r="3.5"/></svg>`;
}

/** The ranges of values that a criterion allows. */
function allowedRanges(criterion: Criterion): readonly (readonly [from: number, to: number])[] {
  if ("within" in criterion) return [criterion.within];
  if ("outside" in criterion) {
    const [low, high] = criterion.outside;
    return [[-Infinity, low], [high, Infinity]];
  }
  return "atLeast" in criterion ? [[criterion.atLeast, Infinity]] : [[-Infinity, criterion.atMost]];
}
