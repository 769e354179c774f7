/**
 * How layers look: ink, line pattern and shape of points, and a sample of it for legends.
 *
 * @module
 */
import { cannot } from "../check.ts";
import type { Layer } from "./layer.ts";
import type { Panel } from "./panel.ts";
import { INKS } from "./theme.ts";

/** How one layer is drawn. */
export type Look = {
  /** Name of its colour. */
  readonly ink: string;
  /** Dash pattern, empty for a solid line. */
  readonly dash: string;
  /** Number of the shape of its points. */
  readonly shape: number;
};

/** Gives each layer of some panels its look; layers of one group share the hue in all of them. */
export function looksOf(doing: string, panels: readonly Panel[]): ReadonlyMap<Layer, Look> {
  const layers = panels.flatMap((panel) => panel.layers);
  const measured = new Set(
    layers.filter((layer) => layer.kind === "measurement").map((layer) => layer.group),
  );
  const derived = new Set(
    layers.map((layer) => layer.group).filter((group) => !measured.has(group)),
  );
  // a theory that is alone in its panel with measurements has the colour of the text
  const plain = measured.size > 0 &&
    panels.every((panel) =>
      new Set(panel.layers.map((layer) => layer.group).filter((group) => derived.has(group))).size <
        2
    );
  const groups = plain ? [...measured] : [...measured, ...derived];
  if (groups.length > INKS.light.length) {
    throw new RangeError(
      cannot(
        doing,
        `at most ${INKS.light.length} series can be told apart by colour`,
        "the number of groups",
        groups.length,
      ),
    );
  }
  const solid = layers.some((layer) => layer.kind === "measurement" && layer.draw === "line");
  return new Map(layers.map((layer) => {
    const at = groups.indexOf(layer.group);
    const onTop = solid && layer.kind === "theory" && measured.has(layer.group);
    const ink = at < 0 ? "fg" : `${onTop ? "t" : "c"}${at}`;
    const dash = layer.kind === "theory" && solid ? "5 3" : "";
    return [layer, { ink, dash, shape: Math.max(0, at) % 4 }];
  }));
}

/** Attributes of a layer's line. */
export function strokeOf(
  layer: Layer,
  { dash }: Look,
): { readonly width: number; readonly dash: string } {
  return { width: layer.kind === "theory" ? 1.5 : 2, dash };
}

/** Path of a point of half width `r`: disc (drawn by its round stroke), square, triangle, diamond. */
export function shapePath(
  shape: number,
  [x, y]: readonly [x: number, y: number],
  r: number,
): string {
  const at = `M${x.toFixed(1)},${y.toFixed(1)}`;
  const d = Number((r * 1.25).toFixed(1));
  if (shape === 1) return `${at}m${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`;
  if (shape === 2) return `${at}m0,${-d}l${d},${2 * r}h${-2 * d}z`;
  if (shape === 3) return `${at}m0,${-d}l${d},${d}l${-d},${d}l${-d},${-d}z`;
  return `${at}h0`;
}

/** Attributes that make `shapePath` visible. */
export function shapeStyle(
  shape: number,
  ink: string,
  r: number,
): Readonly<Record<string, string>> {
  const colour = `var(--${ink})`;
  return shape === 0
    ? { fill: "none", stroke: colour, "stroke-width": String(2 * r), "stroke-linecap": "round" }
    : { fill: colour, stroke: "none" };
}

/** Half width of points in pixels: central values, and single runs behind them. */
export const POINT = 3.5;

/** A sample of a layer, from `x` to `x + 20` at height `y`. */
export function sample(layer: Layer, look: Look, [x, y]: readonly [x: number, y: number]): string {
  const colour = `var(--${look.ink})`;
  if (layer.draw === "bars") {
    return `<rect x="${x}" y="${
      y - 5
    }" width="20" height="10" fill="${colour}" fill-opacity=".4"/>`;
  }
  if (layer.draw === "points" || layer.draw === "dots") {
    const shape = layer.draw === "dots" ? 0 : look.shape;
    const style = shapeStyle(shape, look.ink, POINT);
    const attributes = Object.entries(style).map(([name, value]) => ` ${name}="${value}"`).join("");
    return `<path d="${shapePath(shape, [x + 10, y], POINT)}"${attributes}/>`;
  }
  return line([x, y], [x + 20, y], { layer, look });
}

/** A line in the style of a layer. */
export function line(
  [x1, y1]: readonly [x: number, y: number],
  [x2, y2]: readonly [x: number, y: number],
  { layer, look }: { readonly layer: Layer; readonly look: Look },
): string {
  const { width, dash } = strokeOf(layer, look);
  return `<path d="M${x1.toFixed(1)},${y1.toFixed(1)}L${x2.toFixed(1)},${
    y2.toFixed(1)
  }" fill="none" ` +
    `stroke="var(--${look.ink})" stroke-width="${width}"${dash && ` stroke-dasharray="${dash}"`}/>`;
}
