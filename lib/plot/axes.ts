/**
 * What stands behind the data of a panel: grid, axes with their ticks, and reference rules.
 *
 * @module
 */
import { across, down, type Frame, TICK_SIZE } from "./frame.ts";
import type { Panel } from "./panel.ts";
import { escaped, tenth } from "./text.ts";

/** Length of a tick, and the distances of tick texts from their axes, in pixels. */
const TICK = 4, GAP_LEFT = 9, GAP_BELOW = 9;

/** Grid, axes, ticks and rules as elements, one path for all lines of a kind. */
export function axesOf(panel: Panel, frame: Frame): string {
  const { margin, width, height, x, y } = frame;
  const floor = height - margin.bottom, inner = width - margin.left - margin.right;
  const columns = x.ticks.map((value) => tenth(across(frame, value)));
  const rows = y.ticks.map((value) => tenth(down(frame, value)));
  const grid = rows.map((row) => `M${margin.left} ${row}h${inner}`).join("");
  const ticks = columns.map((column) => `M${column} ${floor}v${TICK}`).join("");
  const left = texts(y.texts.map((text, i) => ` y="${rows[i]}">${escaped(text)}`));
  const below = texts(x.texts.map((text, i) => ` x="${columns[i]}">${escaped(text)}`));
  // as Observable Plot sets them: centred on their line, or hanging from it
  const middle = tenth(0.32 * TICK_SIZE), hanging = tenth(floor + GAP_BELOW + 0.71 * TICK_SIZE);
  return `<path stroke="var(--grid)" d="${grid}"/>` +
    `<g font-size="${TICK_SIZE}" fill="var(--muted)" text-anchor="middle">` +
    `<g text-anchor="end" transform="translate(${margin.left - GAP_LEFT} ${middle})">${left}</g>` +
    `<g transform="translate(0 ${hanging})">${below}</g></g>` +
    `<path stroke="var(--muted)" d="M${margin.left} ${floor}h${inner}${ticks}"/>` +
    rulesOf(panel, frame);
}

/** Texts of ticks, each with its place. */
function texts(placed: readonly string[]): string {
  return placed.map((text) => `<text${text}</text>`).join("");
}

/** Reference rules across the panel. */
function rulesOf({ marks }: Panel, frame: Frame): string {
  if (marks.length === 0) return "";
  const { margin, width, height } = frame;
  const d = marks.map(({ axis, at }) =>
    axis === "x"
      ? `M${tenth(across(frame, at))} ${margin.top}V${height - margin.bottom}`
      : `M${margin.left} ${tenth(down(frame, at))}H${width - margin.right}`
  );
  return `<path stroke="var(--fg)" stroke-dasharray="1.5 2.5" stroke-linecap="butt" d="${
    d.join("")
  }"/>`;
}
