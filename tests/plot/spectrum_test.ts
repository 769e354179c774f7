import { assert, assertRejects, assertStringIncludes } from "@std/assert";
import { spectrum } from "resolvent";
import { assertPicture } from "./_snapshot.ts";

Deno.test("spectrum() sorts values descending over their index", async () => {
  const figure = await spectrum({
    title: "One spike",
    spectra: [{ name: "features", values: [0.5, 8, 2, 1] }],
    theory: [{ name: "bulk", values: [0.4, 0.9, 2.2, 1.5] }],
    y: { label: "singular value", scale: "log" },
  });
  await assertPicture("spectrum", figure.svg);
  assertStringIncludes(figure.alt, "features (measured): 8 at 1 to 0.5 at 4.");
  assertStringIncludes(figure.alt, "bulk (theory): 2.2 at 1 to 0.4 at 4.");
  assertStringIncludes(figure.alt, "x: index, by size, 1 to 4.");
});

Deno.test("spectrum() sorts each run before it takes their median", async () => {
  const runs = [[1, 5], [6, 2], [3, 7]];
  const { alt } = await spectrum({ title: "t", spectra: [{ name: "a", runs }] });
  assertStringIncludes(alt, "a (measured, 3 seeds): 6 at 1 [5, 7] to 2 at 2 [1, 3].");
});

Deno.test("spectrum() draws a thousand values in a small picture", async () => {
  const values = Array.from({ length: 1024 }, (_, i) => 1 + Math.sin(i) ** 2);
  const { svg } = await spectrum({ title: "t", spectra: [{ name: "a", values }] });
  assert(svg.length < 16_000, `${svg.length} bytes`);
});

Deno.test("spectrum() refuses a zero on a log axis, and no data", async () => {
  await assertRejects(
    () => spectrum({ title: "t", spectra: [{ name: "a", values: [0, 1] }], y: { scale: "log" } }),
    RangeError,
    'Cannot draw a spectrum as a log axis shows only values above 0: y of series "a"[1] is 0',
  );
  await assertRejects(() => spectrum({ title: "t", spectra: [] }), RangeError, "needs data");
  await assertRejects(
    () => spectrum({ title: "t", spectra: [{ name: "a", values: [1, NaN] }] }),
    RangeError,
    "is NaN",
  );
});
