import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { atLeast, atMost, outside, within } from "resolvent";
import { intervalBar } from "../../lib/claims/bar.ts";

/** Left ends and widths of the boxes of a bar, in per cent. */
function boxes(html: string): readonly (readonly [number, number])[] {
  return [...html.matchAll(/left:([\d.]+)%;width:([\d.]+)%/g)]
    .map(([, left, width]) => [Number(left), Number(width)] as const);
}

Deno.test("intervalBar() draws allowed range, edges and interval in proportion", () => {
  const html = intervalBar(
    { estimate: 1, interval: [0.5, 1.5], criterion: within(0, 2) },
    "#123456",
  );
  // the range 0 to 2 with 18 % of margin on both sides
  const [allowed, first, second, line] = boxes(html);
  assertEquals(allowed, [13.2, 73.6]);
  assertEquals([first[0], second[0]], [13.2, 86.8]);
  assertEquals(line, [31.6, 36.8]);
  assertStringIncludes(html, "estimate 1, interval [0.5, 1.5], criterion within [0, 2]");
});

Deno.test("intervalBar() shades the open side of a criterion with one edge, and both of outside", () => {
  const shown = { estimate: 1, interval: [0.5, 1.5] } as const;
  assertEquals(boxes(intervalBar({ ...shown, criterion: atMost(2) }, "#000"))[0][0], 0);
  const [above] = boxes(intervalBar({ ...shown, criterion: atLeast(0) }, "#000"));
  assert(Math.abs(above[0] + above[1] - 100) < 0.2);
  const both = boxes(intervalBar({ ...shown, criterion: outside(0, 2) }, "#000"));
  assertEquals(both.length, 5);
});

Deno.test("intervalBar() draws nothing for a point or no estimate", () => {
  const criterion = atMost(1);
  assertEquals(intervalBar({ estimate: null, interval: null, criterion }, "#000"), "");
  assertEquals(intervalBar({ estimate: 1, interval: [1, 1], criterion }, "#000"), "");
});
