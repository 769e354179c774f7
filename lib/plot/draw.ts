/**
 * Draws one framed panel with Observable Plot.
 *
 * @module
 */
import { axesOf } from "./axes.ts";
import { across, down, type Frame } from "./frame.ts";
import { type Look, POINT, shapePath, shapeStyle, strokeOf } from "./looks.ts";
import type { Layer } from "./layer.ts";
import type { Panel } from "./panel.ts";
import { tenth } from "./text.ts";
import { position } from "./ticks.ts";
import { type Place, shortened } from "./path.ts";
import { extremes, visible } from "./thin.ts";

/** A layer of more points than this is a cloud: its points are small, and on whole pixels. */
const CLOUD = 40;

/** What Plot draws. */
type Markish = import("observable-plot").Markish;

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

/** A layer's values as places in a frame. */
function placesOf(layer: Layer, frame: Frame, heights: readonly number[]): readonly Place[] {
  return heights.map((y, i) => [across(frame, layer.x[i]), down(frame, y)]);
}

/** Points of a layer's central line that are worth drawing. */
function centre(layer: Layer, frame: Frame): readonly Place[] {
  const at = layer.x.map((value) => position(frame.x, value));
  const kept = layer.draw === "line" ? extremes(at, layer.y, layer.y) : layer.x.map((_, i) => i);
  const places = placesOf(layer, frame, layer.y);
  return visible(kept.map((i) => places[i])).map((i) => [layer.x[kept[i]], layer.y[kept[i]]]);
}

/** The outline of a layer's band through the points of either edge that are worth drawing. */
function outline(layer: Layer, frame: Frame): readonly Place[] {
  const at = layer.x.map((value) => position(frame.x, value));
  const kept = extremes(at, layer.low, layer.high);
  const edge = function (heights: readonly number[]): readonly Place[] {
    const places = placesOf(layer, frame, heights);
    return visible(kept.map((i) => places[i])).map((i) => [layer.x[kept[i]], heights[kept[i]]]);
  };
  return [...edge(layer.high), ...edge(layer.low).toReversed()];
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
): readonly Markish[] {
  const colour = `var(--${look.ink})`;
  const path = function (d: string, style: Readonly<Record<string, string>>): Markish {
    // one path for all points of a layer: a tenth of the size of one element for each
    const render = function (): Node {
      const element = document.createElementNS("http://www.w3.org/2000/svg", "path");
      element.setAttribute("d", d);
      for (const [name, value] of Object.entries(style)) element.setAttribute(name, value);
      return element;
    };
    // Plot's types mean those of a browser, where a package asks for them; jsdom's are their equals.
    return Plot.dot([0], { x: null, y: null, render: render as never });
  };
  const scatter = function (
    points: readonly Place[],
    { shape, r, opacity }: { readonly shape: number; readonly r: number; readonly opacity: number },
  ): Markish {
    const places = points.map(([x, y]) => [across(frame, x), down(frame, y)] as const);
    const style = shapeStyle(shape, look.ink, r);
    return path(
      shapePath(shape, places, { r, cloud: places.length > CLOUD }),
      opacity < 1 ? { ...style, opacity: String(opacity) } : style,
    );
  };
  const central = layer.x.map((x, i) => [x, layer.y[i]] as const);
  if (layer.draw === "bars") {
    const bars = layer.y.map((y, i) => ({ x1: layer.edges[i], x2: layer.edges[i + 1], y }));
    const channels = { x1: "x1", x2: "x2", y1: () => 0, y2: "y", insetRight: 0.5 };
    return [Plot.rect(bars, { ...channels, fill: colour, fillOpacity: 0.4 })];
  }
  const spread = layer.means.spread !== "";
  const area = { curve: "linear-closed", fill: colour, fillOpacity: 0.2, stroke: "none" } as const;
  const around = spread ? Plot.line(outline(layer, frame), area) : null;
  if (layer.draw === "dots") {
    return [around, scatter(apart(central, frame), { shape: 0, r: 1.8, opacity: 1 })];
  }
  if (layer.draw === "points") {
    const [low, high] = [placesOf(layer, frame, layer.low), placesOf(layer, frame, layer.high)];
    const bars = low.map(([x, y], i) => `M${tenth(x)} ${tenth(y)}V${tenth(high[i][1])}`).join("");
    return [
      spread ? path(bars, { stroke: colour, "stroke-width": "1.2" }) : null,
      layer.runs.length > 1
        ? scatter(dots(layer, frame), { shape: 0, r: 1.5, opacity: 0.55 })
        : null,
      scatter(central, { shape: look.shape, r: layer.x.length > CLOUD ? 2 : POINT, opacity: 1 }),
    ];
  }
  const { width, dash } = strokeOf(layer, look);
  const pen = { x: "0", y: "1", stroke: colour, strokeWidth: width };
  const measured = layer.kind === "measurement" && layer.x.length <= 16;
  return [
    around,
    Plot.line(centre(layer, frame), dash ? { ...pen, strokeDasharray: dash } : pen),
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
  const order = [...panel.layers].sort((a, b) => depth(a) - depth(b));
  const picture = Plot.plot({
    document: document as never,
    width,
    height,
    marginLeft: margin.left,
    marginRight: margin.right,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    x: { axis: null, type: x.log ? "log" : "linear", domain: x.domain },
    y: { axis: null, type: y.log ? "log" : "linear", domain: y.domain },
    marks: order.flatMap((layer) => marksOf(tools, frame, { layer, look: looks.get(layer)! })),
  });
  picture.querySelector("style")?.remove();
  const inside = tools.write(picture).replace(/^<svg[^>]*>/, "").replace(/<\/svg>$/, "");
  return `${axesOf(panel, frame)}<g fill="none">${compact(inside)}</g>`;
}

/** Measurements lie under the theory that they are compared with, points over both. */
function depth(layer: Layer): number {
  return layer.draw === "bars" ? 0 : layer.kind === "theory" ? 2 : layer.draw === "line" ? 1 : 3;
}

/** Drops what the figure says for all of its elements, groups of one path, and unseen digits. */
function compact(svg: string): string {
  return svg
    .replaceAll(/ (?:aria-\w+|xmlns|font-variant)="[^"]*"/g, "")
    .replaceAll(/ (?:(?:fill|stroke)="none"|stroke-line(?:join|cap)="round")/g, "")
    .replaceAll(/<g([^<>]*)><path([^<>]*)\/><\/g>/g, "<path$1$2/>")
    .replaceAll(/ d="(M[^" ]*,[^" ]*)"/g, (_, d) => ` d="${shortened(d)}"`)
    .replaceAll(
      / (x|y|width|height)="([^"]*)"/g,
      (_, name, value) => ` ${name}="${tenth(Number(value))}"`,
    );
}
