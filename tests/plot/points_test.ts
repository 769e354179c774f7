import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { points, type Series } from "resolvent";
import { assertPicture } from "./_snapshot.ts";

const AXES = { x: { label: "k", scale: "log" }, y: { label: "rank", scale: "log" } } as const;
const RUNS: Series = {
  name: "measured",
  kind: "measurement",
  x: [128, 256, 512],
  runs: [[10, 19, 41], [11, 22, 39], [9, 21, 40]],
};

Deno.test("points() draws medians, every seed, and theory as a solid line", async () => {
  const theory: Series = { name: "k/12.8", kind: "theory", x: [128, 512], y: [10, 40] };
  const figure = await points({ title: "It doubles", ...AXES, series: [RUNS, theory] });
  await assertPicture("points", figure.svg);
  assert(!figure.svg.includes("dasharray"));
  // 9 small dots and 3 medians, as the zero-length strokes of two paths, and one of the legend
  assertEquals(figure.svg.match(/[Mm][-\d. ]+h0/g)!.length, 13);
  assertEquals(
    figure.alt,
    'Point chart "It doubles". x: k (log scale), 128 to 512. y: rank (log scale), 9 to 41. ' +
      "measured (3 seeds): 10 at 128 [9, 11] to 40 at 512 [39, 41]. " +
      "k/12.8 (theory): 10 at 128 to 40 at 512. " +
      "Shown: median of 3 seeds (point), smallest to largest (bar), every seed (small dots).",
  );
});

Deno.test("points() draws given intervals as bars and says what they are", async () => {
  const series: Series[] = [{
    name: "mean",
    kind: "measurement",
    x: [3, 1, 2],
    y: [1, 2, 3],
    low: [0.5, 1.5, 2.5],
    high: [1.5, 2.5, 3.5],
    spread: "99 % interval",
  }];
  const { alt, svg } = await points({ title: "t", ...AXES, series });
  assertStringIncludes(alt, "mean (measured): 3 points, lowest 1 at 3, highest 3 at 2.");
  assertStringIncludes(alt, "Shown: 99 % interval (bar).");
  assertStringIncludes(svg, "stroke-width='1.2'");
});

Deno.test("points() marks the measured widths on the axis", async () => {
  const { svg } = await points({ title: "t", ...AXES, series: [RUNS] });
  for (const width of [128, 256, 512]) assertStringIncludes(svg, `>${width}</text>`);
});

Deno.test("points() refuses values that a log axis cannot show", async () => {
  const series: Series[] = [{ name: "a", kind: "measurement", x: [1, 2], y: [1, -3] }];
  await assertRejects(
    () => points({ title: "t", ...AXES, series }),
    RangeError,
    'Cannot draw points as a log axis shows only values above 0: y of series "a"[1] is -3',
  );
});
