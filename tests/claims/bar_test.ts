import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { atLeast, atMost, outside, within } from "resolvent";
import { intervalBar } from "../../lib/claims/bar.ts";

/** Left ends and widths of the allowed ranges, in parts of the drawing's width. */
function allowed(html: string): readonly (readonly [number, number])[] {
  return [...html.matchAll(/H(-?\d+)V0H(\d+)V20/g)]
    .map(([, left, right]) => [Number(left) / 280, (Number(right) - Number(left)) / 280] as const);
}

/** Rounding of both ends to whole pixels. */
const PIXEL = 1 / 280;

Deno.test("intervalBar() draws allowed range, edges and interval in proportion", () => {
  const html = intervalBar({ estimate: 1, interval: [0.5, 1.5], criterion: within(0, 2) });
  // the range 0 to 2 with 18 % of margin on both sides
  const [[left, width]] = allowed(html);
  assertAlmostEquals(left, 0.36 / 2.72, PIXEL);
  assertAlmostEquals(width, 2 / 2.72, PIXEL);
  const [, from, to] = html.match(/d='M(\d+) 10H(\d+)'/)!.map(Number);
  assertAlmostEquals(from / 280, 0.86 / 2.72, PIXEL);
  assertAlmostEquals(to / 280, 1.86 / 2.72, PIXEL);
  assertStringIncludes(html, " d='M0 20H37V0H243V20H280'/>", "the axis, and a line at either edge");
  assertEquals(html.replace(/<[^>]*>/g, ""), "", "nothing stays where drawings are removed");
  assertStringIncludes(html, "role=none");
});

Deno.test("intervalBar() shades the open side of a criterion with one edge, and both of outside", () => {
  const shown = { estimate: 1, interval: [0.5, 1.5] } as const;
  // no edge is drawn at the open side: it lies beyond the drawing, which cuts it off
  assert(allowed(intervalBar({ ...shown, criterion: atMost(2) }))[0][0] < 0);
  const [[left, width]] = allowed(intervalBar({ ...shown, criterion: atLeast(0) }));
  assert(left + width > 1);
  assertEquals(allowed(intervalBar({ ...shown, criterion: outside(0, 2) })).length, 2);
});

Deno.test("intervalBar() draws nothing for a point or no estimate", () => {
  const criterion = atMost(1);
  assertEquals(intervalBar({ estimate: null, interval: null, criterion }), "");
  assertEquals(intervalBar({ estimate: 1, interval: [1, 1], criterion }), "");
});
