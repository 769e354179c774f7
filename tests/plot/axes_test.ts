import { assertEquals, assertStringIncludes } from "@std/assert";
import { points } from "resolvent";
import { axesOf } from "../../lib/plot/axes.ts";
import { across, down, frameOf } from "../../lib/plot/frame.ts";

const { panels: [PANEL] } = await points({
  title: "t",
  x: { label: "<k>", scale: "log" },
  y: { label: "rank" },
  series: [{ name: "a", kind: "measurement", x: [1, 10, 100], y: [0, 1, 2] }],
  marks: [{ axis: "x", at: 10 }, { axis: "y", at: 1 }],
});
const FRAME = frameOf(PANEL, { width: 400, height: 300, right: 8 });

Deno.test("axesOf() sets a line and a text at every tick", () => {
  const svg = axesOf(PANEL, FRAME);
  const texts = Array.from(svg.matchAll(/<text ([xy])="([\d.]+)">([^<]*)</g));
  const [columns, rows] = ["x", "y"].map((axis) => texts.filter(([, name]) => name === axis));
  assertEquals(columns.map(([, , , text]) => text), FRAME.x.texts);
  assertEquals(rows.map(([, , , text]) => text), FRAME.y.texts);
  // positions are rounded to a tenth of a pixel
  columns.forEach(([, , at], i) =>
    assertEquals(Math.abs(Number(at) - across(FRAME, FRAME.x.ticks[i])) <= 0.05 + 1e-9, true)
  );
  rows.forEach(([, , at], i) =>
    assertEquals(Math.abs(Number(at) - down(FRAME, FRAME.y.ticks[i])) <= 0.05 + 1e-9, true)
  );
  assertEquals(svg.match(/var\(--grid\)" d="([^"]*)"/)![1].split("M").length - 1, rows.length);
  assertEquals(svg.match(/v4/g)!.length, columns.length);
});

Deno.test("axesOf() draws rules across the panel, dashed, and none where there are none", () => {
  const [, d] = axesOf(PANEL, FRAME).match(/dasharray="1.5 2.5"[^>]* d="([^"]*)"/)!;
  assertStringIncludes(d, `${FRAME.margin.top}V${FRAME.height - FRAME.margin.bottom}M`);
  assertStringIncludes(d, `H${FRAME.width - FRAME.margin.right}`);
  assertEquals(axesOf({ ...PANEL, marks: [] }, FRAME).includes("dasharray"), false);
});
