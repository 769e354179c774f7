/**
 * Draws one framed panel with Observable Plot.
 *
 * @module
 */
import { across, down, type Frame, TICK_SIZE } from "./frame.ts";
import { type Look, POINT, shapePath, shapeStyle, strokeOf } from "./looks.ts";
import type { Layer } from "./layer.ts";
import type { Panel } from "./panel.ts";
import { position } from "./ticks.ts";
import { extremes, visible } from "./thin.ts";

/** What is used of an element; the library's own types need a browser's. */
type Node = {
  setAttribute(name: string, value: string): void;
  querySelector(selector: string): { remove(): void } | null;
};

/** Observable Plot with a document to draw in and a writer of its elements. */
export type Canvas = {
  /** The library. */
  readonly Plot: typeof import("observable-plot");
  /** A document of jsdom. */
  readonly document: { createElementNS(space: string, name: string): Node };
  /** Writes an element as XML. */
  readonly write: (node: Node) => string;
};

/** Loads Observable Plot and jsdom, which importing this module does not. */
export async function canvas(): Promise<Canvas> {
  const [Plot, { JSDOM }] = await Promise.all([import("observable-plot"), import("jsdom")]);
  const { window } = new JSDOM("");
  const serializer = new window.XMLSerializer();
  return {
    Plot,
    document: window.document,
    write: (node) => serializer.serializeToString(node),
  };
}

/** Points of a layer's central line that are worth drawing. */
function centre(layer: Layer, frame: Frame): readonly (readonly [number, number])[] {
  const places = layer.x.map((value) => position(frame.x, value));
  const kept = layer.draw === "line"
    ? extremes(places, layer.y, layer.y)
    : layer.x.map((_, i) => i);
  const seen = visible({
    x: kept.map((i) => across(frame, layer.x[i])),
    ys: [kept.map((i) => down(frame, layer.y[i]))],
  });
  return seen.map((at) => [layer.x[kept[at]], layer.y[kept[at]]]);
}

/** Points of a layer's band that are worth drawing. */
function band(layer: Layer, frame: Frame): readonly (readonly [number, number, number])[] {
  const places = layer.x.map((value) => position(frame.x, value));
  const kept = extremes(places, layer.low, layer.high);
  const seen = visible({
    x: kept.map((i) => across(frame, layer.x[i])),
    ys: [kept.map((i) => down(frame, layer.low[i])), kept.map((i) => down(frame, layer.high[i]))],
  });
  return seen.map((at) => {
    const i = kept[at];
    return [layer.x[i], layer.low[i], layer.high[i]];
  });
}

/** Points of all runs, or of the extremes of their bins where they are very many. */
export function dots(layer: Layer, frame: Frame): readonly (readonly [number, number])[] {
  const all = layer.runs.flatMap((run) => run.map((y, i) => [layer.x[i], y] as const));
  const heights = all.map(([, y]) => y);
  return extremes(all.map(([x]) => position(frame.x, x)), heights, heights).map((i) => all[i]);
}

/** The points of a sequence that are a pixel or more from the one drawn before them. */
function apart(
  points: readonly (readonly [number, number])[],
  frame: Frame,
): readonly (readonly [number, number])[] {
  let [left, top] = [-Infinity, -Infinity];
  return points.filter(([x, y]) => {
    const [right, bottom] = [across(frame, x), down(frame, y)];
    if (Math.hypot(right - left, bottom - top) < 1) return false;
    [left, top] = [right, bottom];
    return true;
  });
}

/** The marks of one layer. */
function marksOf(
  { Plot, document }: Canvas,
  frame: Frame,
  { layer, look }: { readonly layer: Layer; readonly look: Look },
): import("observable-plot").Markish[] {
  const colour = `var(--${look.ink})`;
  const scatter = function (
    points: readonly (readonly [number, number])[],
    { shape, r, opacity }: { readonly shape: number; readonly r: number; readonly opacity: number },
  ): import("observable-plot").Markish {
    // one path for all points of a layer: a tenth of the size of one element for each
    const render = function (): Node {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      const d = points.map(([x, y]) => shapePath(shape, [across(frame, x), down(frame, y)], r));
      path.setAttribute("d", d.join(""));
      const style = shapeStyle(shape, look.ink, r);
      for (const [name, value] of Object.entries(style)) path.setAttribute(name, value);
      if (opacity < 1) path.setAttribute("opacity", String(opacity));
      return path;
    };
    // Plot's types mean those of a browser, where a package asks for them; jsdom's are their equals.
    return Plot.dot(points, { render: render as never });
  };
  const central = layer.x.map((x, i) => [x, layer.y[i]] as const);
  if (layer.draw === "bars") {
    const bars = layer.y.map((y, i) => ({ x1: layer.edges[i], x2: layer.edges[i + 1], y }));
    const channels = { x1: "x1", x2: "x2", y1: () => 0, y2: "y", insetRight: 0.5 };
    return [Plot.rect(bars, { ...channels, fill: colour, fillOpacity: 0.4 })];
  }
  const area = { x: "0", y1: "1", y2: "2", fill: colour, fillOpacity: 0.2 };
  const around = layer.means.spread !== "" ? Plot.areaY(band(layer, frame), area) : null;
  if (layer.draw === "dots") {
    return [around, scatter(apart(central, frame), { shape: 0, r: 1.8, opacity: 1 })];
  }
  if (layer.draw === "points") {
    const spread = layer.x.map((x, i) => [x, layer.low[i], layer.high[i]]);
    const ends = { x: "0", y1: "1", y2: "2", stroke: colour, strokeWidth: 1.2 };
    return [
      layer.means.spread !== "" ? Plot.ruleX(spread, ends) : null,
      layer.runs.length > 1
        ? scatter(dots(layer, frame), { shape: 0, r: 1.5, opacity: 0.55 })
        : null,
      scatter(central, { shape: look.shape, r: layer.x.length > 40 ? 2 : POINT, opacity: 1 }),
    ];
  }
  const { width, dash } = strokeOf(layer, look);
  const path = { x: "0", y: "1", stroke: colour, strokeWidth: width };
  const measured = layer.kind === "measurement" && layer.x.length <= 16;
  return [
    around,
    Plot.line(centre(layer, frame), dash ? { ...path, strokeDasharray: dash } : path),
    measured ? scatter(central, { shape: look.shape, r: 2.5, opacity: 1 }) : null,
  ];
}

/** Draws the inside of a panel: grid, axes with ticks, reference rules and layers. */
export function drawPanel(
  tools: Canvas,
  panel: Panel,
  { frame, looks }: { readonly frame: Frame; readonly looks: ReadonlyMap<Layer, Look> },
): string {
  const { Plot, document } = tools;
  const { x, y, margin, width, height } = frame;
  const texts = { label: null, fontSize: TICK_SIZE, color: "var(--muted)" };
  const order = [...panel.layers].sort((a, b) => depth(a) - depth(b));
  const picture = Plot.plot({
    document: document as never,
    width,
    height,
    marginLeft: margin.left,
    marginRight: margin.right,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    x: { type: x.log ? "log" : "linear", domain: x.domain },
    y: { type: y.log ? "log" : "linear", domain: y.domain },
    marks: [
      Plot.ruleY(y.ticks, { stroke: "var(--grid)" }),
      Plot.axisY([...y.ticks], { ...texts, tickSize: 0, text: y.texts }),
      Plot.axisX([...x.ticks], { ...texts, tickSize: 4, text: x.texts }),
      Plot.ruleY([y.domain[0]], { stroke: "var(--muted)" }),
      ...panel.marks.map((mark) => {
        const style = { stroke: "var(--fg)", strokeDasharray: "1.5 2.5" };
        return (mark.axis === "x" ? Plot.ruleX : Plot.ruleY)([mark.at], style);
      }),
      ...order.flatMap((layer) => marksOf(tools, frame, { layer, look: looks.get(layer)! })),
    ],
  });
  picture.querySelector("style")?.remove();
  const inside = tools.write(picture).replace(/^<svg[^>]*>/, "").replace(/<\/svg>$/, "");
  const group = `<g font-size="${TICK_SIZE}" text-anchor="middle" fill="var(--fg)">`;
  return `${group}${compact(inside)}</g>`;
}

/** Measurements lie under the theory that they are compared with, points over both. */
function depth(layer: Layer): number {
  return layer.draw === "bars" ? 0 : layer.kind === "theory" ? 2 : layer.draw === "line" ? 1 : 3;
}

/** Drops what a picture with one text alternative does not need, and digits that nobody sees. */
function compact(svg: string): string {
  return svg
    .replaceAll(/ (?:aria-\w+|xmlns|font-variant)="[^"]*"/g, "")
    .replaceAll(
      / (d|x|y|x1|x2|y1|y2|width|height|transform)="([^"]*)"/g,
      (_, name, value) => ` ${name}="${rounded(value)}"`,
    );
}

/** Rounds the numbers of an attribute to a tenth of a pixel. */
function rounded(value: string): string {
  return value.replaceAll(/-?\d+\.\d+(?!\d*em)/g, (n) => String(Number(Number(n).toFixed(1))));
}
