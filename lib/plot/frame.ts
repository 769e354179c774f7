/**
 * The frame of a panel: margins and axes, so that pixel positions are known before drawing.
 *
 * @module
 */
import type { Layer } from "./layer.ts";
import type { Panel } from "./panel.ts";
import { position, type Span, spanOf } from "./ticks.ts";
import { textWidth } from "./text.ts";

/** Size of tick texts in pixels. */
export const TICK_SIZE = 11.5;

/** A laid out panel. */
export type Frame = {
  /** The horizontal axis. */
  readonly x: Span;
  /** The vertical axis. */
  readonly y: Span;
  /** Width with margins, in pixels. */
  readonly width: number;
  /** Height with margins, in pixels. */
  readonly height: number;
  /** Margins in pixels. */
  readonly margin: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
};

/** Sizes that a frame has to keep. */
export type FrameOptions = {
  /** Width with margins, in pixels. */
  readonly width: number;
  /** Height with margins and tick texts, in pixels. */
  readonly height: number;
  /** Room on the right for names of lines, in pixels. */
  readonly right: number;
  /** Left margin, when several panels share one. */
  readonly left?: number;
};

/** Every vertical position that a layer draws. */
function heights(layer: Layer): readonly number[] {
  const drawn = layer.draw === "points" ? layer.runs.flat() : [];
  return [...layer.y, ...layer.low, ...layer.high, ...drawn, ...(layer.draw === "bars" ? [0] : [])];
}

/** Lays out the axes of a panel. */
export function frameOf(panel: Panel, options: FrameOptions): Frame {
  const { width, height, right } = options;
  const bare = panel.layers.some(({ draw, x }) =>
    draw === "points" || draw === "dots" || x.length === 1
  );
  const bars = panel.layers.some((layer) => layer.draw === "bars");
  const rules = function (axis: "x" | "y"): readonly number[] {
    return panel.marks.filter((mark) => mark.axis === axis).map((mark) => mark.at);
  };
  const y = spanOf(
    [...panel.layers.flatMap(heights), ...rules("y"), ...panel.y.include],
    {
      log: panel.y.scale === "log",
      count: Math.max(3, Math.floor(height / 48)),
      pad: 0.05,
      ...(bars ? { floor: 0 } : {}),
    },
  );
  const widest = Math.max(...y.texts.map((text) => textWidth(text, TICK_SIZE)));
  const left = options.left ?? Math.ceil(widest + 12);
  const places = panel.layers.flatMap((layer) => [...layer.x, ...layer.edges]);
  const distinct = new Set(places);
  const x = spanOf([...places, ...rules("x"), ...panel.x.include], {
    log: panel.x.scale === "log",
    count: Math.max(2, Math.floor((width - left - right) / 60)),
    pad: bare ? 0.03 : 0,
    prefer: distinct.size <= 12 && !bars ? [...distinct] : [],
  });
  // half of the last tick's text stands over the edge
  const over = textWidth(x.texts.at(-1) ?? "", TICK_SIZE) / 2;
  return {
    x,
    y,
    width,
    height,
    margin: { left, right: Math.max(right, Math.ceil(over)), top: 8, bottom: 22 },
  };
}

/** Horizontal pixel position of a value. */
export function across({ x, width, margin }: Frame, value: number): number {
  return margin.left + position(x, value) * (width - margin.left - margin.right);
}

/** Vertical pixel position of a value. */
export function down({ y, height, margin }: Frame, value: number): number {
  return height - margin.bottom - position(y, value) * (height - margin.top - margin.bottom);
}
