/**
 * How layers look: ink, line pattern and shape of points, and a sample of it for legends.
 *
 * @module
 */
import { cannot } from "../check.ts";
import type { Layer } from "./layer.ts";
import type { Panel } from "./panel.ts";
import { type Place, stamped, through } from "./path.ts";
import { tenth } from "./text.ts";
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

/**
 * Paths of points of half width `r`: disc and square, both drawn by the ends of strokes of no length,
 * triangle, diamond.
 */
export function shapePath(
  shape: number,
  places: readonly Place[],
  { r, cloud = false }: { readonly r: number; readonly cloud?: boolean },
): string {
  if (shape < 2) return stamped(places, "h0", cloud);
  const d = tenth(r * 1.25);
  // from the upper corner
  const drawing = shape === 2 ? `l${d} ${2 * r}h${-2 * d}z` : `l${d} ${d}-${d} ${d}-${d}-${d}z`;
  return stamped(places.map(([x, y]) => [x, y - d]), drawing, cloud);
}

/** Attributes that make `shapePath` visible. */
export function shapeStyle(
  shape: number,
  ink: string,
  r: number,
): Readonly<Record<string, string>> {
  const colour = `var(--${ink})`;
  if (shape >= 2) return { fill: colour };
  const style = { stroke: colour, "stroke-width": String(2 * r) };
  return shape === 0 ? style : { ...style, "stroke-linecap": "square" };
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
    return `<path d="${shapePath(shape, [[x + 10, y]], { r: POINT })}"${attributes}/>`;
  }
  return line([x, y], [x + 20, y], { layer, look });
}

/** A line in the style of a layer. */
export function line(from: Place, to: Place, { layer, look }: {
  readonly layer: Layer;
  readonly look: Look;
}): string {
  const { width, dash } = strokeOf(layer, look);
  return `<path d="${through([from, to])}" stroke="var(--${look.ink})" stroke-width="${width}"` +
    `${dash && ` stroke-dasharray="${dash}"`}/>`;
}
