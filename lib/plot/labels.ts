/**
 * Names of lines at their right ends, where there is room for them; a legend row otherwise.
 *
 * @module
 */
import { across, down, type Frame } from "./frame.ts";
import { line, type Look, sample } from "./looks.ts";
import type { Layer } from "./layer.ts";
import type { Panel } from "./panel.ts";
import { textElement, textWidth } from "./text.ts";

/** Size of names in pixels. */
export const LABEL_SIZE = 12;

const LEADING = 16, LEADER = 24, FARTHEST = 26;

/** Width on the right that the names of all layers need. */
export function labelRoom(panel: Panel): number {
  const widths = panel.layers.map((layer) => textWidth(layer.name, LABEL_SIZE));
  return Math.ceil(Math.max(...widths)) + LEADER + 6;
}

/** Moves heights apart until neighbours are `LEADING` apart, and back into `[top, bottom]`. */
export function spaced(
  heights: readonly number[],
  [top, bottom]: readonly [top: number, bottom: number],
): readonly number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a] - heights[b]);
  // neighbours that overlap form a block, centred on the mean of what they belong to
  const blocks: { sum: number; members: number[] }[] = [];
  const start = function (block: { sum: number; members: number[] }): number {
    const room = (block.members.length - 1) * LEADING;
    const ideal = block.sum / block.members.length - room / 2;
    return Math.min(Math.max(ideal, top), bottom - room);
  };
  for (const i of order) {
    let block = { sum: heights[i], members: [i] };
    for (let above = blocks.at(-1); above; above = blocks.at(-1)) {
      if (start(above) + above.members.length * LEADING <= start(block)) break;
      blocks.pop();
      block = { sum: above.sum + block.sum, members: [...above.members, ...block.members] };
    }
    blocks.push(block);
  }
  const out = [...heights];
  for (const block of blocks) {
    block.members.forEach((i, k) => out[i] = start(block) + k * LEADING);
  }
  return out;
}

/** Names at the ends of all layers, or null where they would not be clear. */
export function endLabels(
  panel: Panel,
  { frame, looks }: { readonly frame: Frame; readonly looks: ReadonlyMap<Layer, Look> },
): string | null {
  const { layers } = panel;
  // bars and clouds of points have no end to write a name at
  const endless = layers.some(({ draw, x }) =>
    draw === "bars" || draw === "points" && (x.length > 40 || x[x.length - 1] < Math.max(...x))
  );
  if (endless || labelRoom(panel) > 0.34 * frame.width) return null;
  const ends = layers.map((layer) => across(frame, layer.x[layer.x.length - 1]));
  const edge = frame.width - frame.margin.right;
  if (ends.some((x) => edge - x > 24)) return null;
  const heights = layers.map((layer) => down(frame, layer.y[layer.y.length - 1]));
  const places = spaced(heights, [frame.margin.top, frame.height - frame.margin.bottom]);
  if (places.some((y, i) => Math.abs(y - heights[i]) > FARTHEST)) return null;
  return layers.map((layer, i) => {
    const from = [Math.max(ends[i], edge) + 3, heights[i]] as const;
    const to = [edge + LEADER - 4, places[i]] as const;
    const look = looks.get(layer)!;
    const name = { x: edge + LEADER + 2, y: places[i] + 4, size: LABEL_SIZE };
    const leader = layer.draw === "line"
      ? line(from, to, { layer, look })
      : sample(layer, look, [edge + 5, places[i]]);
    return leader + textElement(layer.name, name);
  }).join("");
}

/** A legend in rows no wider than `width`, and its height; one entry for each name. */
export function legend(
  layers: readonly Layer[],
  { looks, x, y, width }: {
    readonly looks: ReadonlyMap<Layer, Look>;
    readonly x: number;
    readonly y: number;
    readonly width: number;
  },
): { readonly svg: string; readonly height: number } {
  const seen = new Set<string>();
  let svg = "", left = 0, row = 0;
  for (const layer of layers) {
    const look = looks.get(layer)!;
    const key = JSON.stringify([layer.name, look.ink, look.dash, layer.draw]);
    if (seen.has(key)) continue;
    seen.add(key);
    const room = 26 + textWidth(layer.name, LABEL_SIZE) + 14;
    if (left > 0 && left + room - 14 > width) [left, row] = [0, row + 1];
    const at = [x + Math.round(left), y + 9 + row * 18] as const;
    svg += sample(layer, look, at) +
      textElement(layer.name, { x: at[0] + 26, y: at[1] + 4, size: LABEL_SIZE });
    left += room;
  }
  return { svg, height: 18 * (row + 1) + 4 };
}

/** Pixels that a label should not cover: points of the data, and of the lines between them. */
function inkAt(panel: Panel, frame: Frame): readonly (readonly [number, number])[] {
  return panel.layers.flatMap((layer) => {
    const own = layer.x.map((x, i) => [across(frame, x), down(frame, layer.y[i])] as const);
    if (layer.draw !== "line") {
      const runs = layer.runs.flatMap((run) =>
        run.map((y, i) => [own[i][0], down(frame, y)] as const)
      );
      return [...own, ...runs];
    }
    return own.flatMap(([x, y], i) => {
      const [right, bottom] = own[Math.min(i + 1, own.length - 1)];
      const pieces = Math.max(1, Math.ceil((right - x) / 6));
      return Array.from({ length: pieces }, (_, k) => {
        const part = k / pieces;
        return [x + part * (right - x), y + part * (bottom - y)] as const;
      });
    });
  });
}

/** Labels of reference rules, each where it covers least of the data and of other rules. */
export function ruleLabels(panel: Panel, frame: Frame): string {
  const size = 11;
  const ink = [...inkAt(panel, frame)];
  const { left, right, top, bottom } = frame.margin;
  const [far, floor] = [frame.width - right, frame.height - bottom];
  for (const mark of panel.marks) {
    // rules count as ink too, every few pixels
    for (let part = 0; part <= 1; part += 0.02) {
      ink.push(
        mark.axis === "x"
          ? [across(frame, mark.at), top + part * (floor - top)]
          : [left + part * (far - left), down(frame, mark.at)],
      );
    }
  }
  return panel.marks.filter((mark) => mark.label).map((mark) => {
    const text = mark.label!;
    const wide = textWidth(text, size);
    const x = across(frame, mark.at), y = down(frame, mark.at);
    const middle = (left + far - wide) / 2;
    const boxes = mark.axis === "y"
      ? [left + 4, far - wide - 2, middle].flatMap((at) => [[at, y - 5], [at, y + 13]])
      : [top + 10, floor - 8, (top + floor) / 2].flatMap((base) => [
        [x + 5, base],
        [x - wide - 5, base],
      ]);
    const inside = boxes.filter(([at, base]) =>
      at >= left && at + wide <= frame.width && base >= top + 8 && base <= floor
    );
    const crowd = function ([at, base]: readonly number[]): number {
      return ink.filter(([px, py]) =>
        px > at - 3 && px < at + wide + 3 && py > base - size && py < base + 4
      ).length;
    };
    const [at, base] = [...(inside.length > 0 ? inside : boxes)]
      .sort((a, b) => crowd(a) - crowd(b))[0];
    // the next label keeps off this one
    for (let part = 0; part <= 1; part += 0.1) {
      for (const height of [base - size / 2, base]) ink.push([at + part * wide, height]);
    }
    const place = { x: at, y: base, size, halo: true };
    return textElement(text, { ...place, colour: "muted" });
  }).join("");
}
