import { assertAlmostEquals, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { histogram, rng } from "resolvent";
import { assertPicture } from "./_snapshot.ts";

const X = { label: "value" };

Deno.test("histogram() draws bars of area 1 under a predicted density", async () => {
  const figure = await histogram({
    title: "Most values are large",
    values: [0, 0.6, 0.7, 1],
    bins: 2,
    x: X,
    density: { name: "uniform", of: () => 1 },
    marks: [{ axis: "x", at: 0.5, label: "half" }],
  });
  await assertPicture("histogram", figure.svg);
  const [bars, curve] = figure.panels[0].layers;
  assertEquals(bars.edges, [0, 0.5, 1]);
  assertEquals(bars.y, [0.5, 1.5]);
  assertEquals(curve.name, "uniform");
  assertStringIncludes(
    figure.alt,
    "measured (4 values): 2 bars from 0 to 1, the highest 1.5 between 0.5 and 1.",
  );
});

Deno.test("histogram() counts every value once: the bars' areas sum to 1", async () => {
  const figure = await histogram({ title: "t", values: rng(1).normal(500), x: X });
  const { y, edges } = figure.panels[0].layers[0];
  const area = y.reduce((sum, height, i) => sum + height * (edges[i + 1] - edges[i]), 0);
  // a sum of some 20 rounded products
  assertAlmostEquals(area, 1, 1e-12);
});

Deno.test("histogram() chooses bins by the rule of Freedman and Diaconis", async () => {
  // 0..63: quartile distance 31 (of indices 15 and 47 it is 32), 63 * 4 / (2 * 32) = 3.94
  const values = Array.from({ length: 64 }, (_, i) => i);
  const figure = await histogram({ title: "t", values, x: X });
  assertEquals(figure.panels[0].layers[0].y.length, 4);
});

Deno.test("histogram() shows equal values as one bar", async () => {
  const { alt } = await histogram({ title: "t", values: [2, 2], x: X });
  assertStringIncludes(alt, "bars from 2 to 2");
});

Deno.test("histogram() takes a density as points", async () => {
  const density = { name: "given", x: [0, 1], y: [2, 0] };
  const { alt } = await histogram({ title: "t", values: [0, 1], x: X, density });
  assertStringIncludes(alt, "given (theory): 2 at 0 to 0 at 1.");
});

Deno.test("histogram() refuses no values, bad values and a range that leaves some out", async () => {
  const doing = "Cannot draw a histogram as";
  await assertRejects(
    () => histogram({ title: "t", values: [], x: X }),
    RangeError,
    `${doing} a figure needs data: the number of values is 0`,
  );
  await assertRejects(
    () => histogram({ title: "t", values: [1, Infinity], x: X }),
    RangeError,
    `${doing} values[1] must be a finite number: values[1] is Infinity`,
  );
  await assertRejects(
    () => histogram({ title: "t", values: [1, 3], range: [0, 2], x: X }),
    RangeError,
    `${doing} range[1] must be a finite number`,
  );
  await assertRejects(
    () => histogram({ title: "t", values: [1, 3], x: { label: "x", scale: "log" } }),
    RangeError,
    `${doing} bins have equal widths: x.scale is "log"`,
  );
  await assertRejects(
    () => histogram({ title: "t", values: [1], bins: 2.5, x: X }),
    RangeError,
    `${doing} bins must be an integer from 1 to 200: bins is 2.5`,
  );
});
