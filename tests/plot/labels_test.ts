import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { spaced } from "../../lib/plot/labels.ts";

Deno.test("spaced() leaves labels that are apart where they are", () => {
  assertEquals(spaced([50, 10, 90], [0, 100]), [50, 10, 90]);
});

Deno.test("spaced() sets two labels of one height around it", () => {
  assertEquals(spaced([50, 50], [0, 100]), [42, 58]);
});

Deno.test("spaced() keeps the order, the distance and the edges", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 12 }),
    (heights) => {
      const out = spaced(heights, [0, 300]);
      const order = heights.map((_, i) => i).sort((a, b) => heights[a] - heights[b]);
      order.forEach((i, k) => {
        assert(out[i] >= -1e-9 && out[i] <= 300 + 1e-9);
        if (k > 0) assert(out[i] - out[order[k - 1]] >= 16 - 1e-9);
      });
    },
  ));
});
