import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { lines, type Series, type SeriesOptions } from "resolvent";
import { assertPicture } from "./_snapshot.ts";

const MEASURED: Series = {
  name: "measured",
  kind: "measurement",
  x: [1, 10, 100],
  runs: [[1, 2, 5], [1.5, 3, 4], [2, 4, 30]],
};
const THEORY: Series = { name: "theory", kind: "theory", x: [1, 10, 100], y: [1.2, 2.9, 7.25] };

function options(changes: Partial<SeriesOptions> = {}): SeriesOptions {
  return {
    title: "It grows",
    x: { label: "width k", scale: "log" },
    y: { label: "rank" },
    series: [MEASURED, THEORY],
    ...changes,
  };
}

Deno.test("lines() draws medians with a band, theory dashed, rules with labels", async () => {
  const figure = await lines(options({
    subtitle: "3 seeds",
    marks: [{ axis: "y", at: 10, label: "ten" }, { axis: "x", at: 10 }],
  }));
  await assertPicture("lines", figure.svg);
  assertStringIncludes(figure.svg, "stroke-dasharray='5 3'");
});

Deno.test("lines() describes the data in words and numbers", async () => {
  const figure = await lines(options({ marks: [{ axis: "y", at: 10, label: "ten" }] }));
  assertEquals(
    figure.alt,
    'Line chart "It grows". x: width k (log scale), 1 to 100. y: rank, 1 to 30. ' +
      "measured (3 seeds): 1.5 at 1 [1, 2] to 5 at 100 [4, 30]. " +
      "theory: 1.2 at 1 to 7.25 at 100. Reference y = 10 (ten). " +
      "Shown: median of 3 seeds (line), smallest to largest (band). Dashed: theory.",
  );
});

Deno.test("lines() names lowest and highest values between the ends", async () => {
  const series: Series[] = [{ name: "a", kind: "theory", x: [0, 1, 2, 3], y: [1, -2, 4.5678, 2] }];
  const { alt } = await lines(options({ x: { label: "t" }, series }));
  assertStringIncludes(alt, "a (theory): 1 at 0 to 2 at 3, lowest -2 at 1, highest 4.57 at 2.");
});

Deno.test("lines() takes quartiles as the spread when asked", async () => {
  const runs = [[0], [1], [2], [3], [10]];
  const series: Series[] = [{ name: "a", kind: "measurement", x: [1], runs, spread: "quartiles" }];
  const { alt } = await lines(options({ series }));
  // of 0, 1, 2, 3, 10 the second, third and fourth value
  assertStringIncludes(alt, "a (measured, 5 seeds): 2 at 1 [1, 3].");
});

Deno.test("lines() gives a standalone picture that follows both themes", async () => {
  const { svg, title, alt } = await lines(options());
  assertStringIncludes(
    svg,
    "<svg xmlns='http://www.w3.org/2000/svg' class='resolvent-figure' role='img'",
  );
  assertStringIncludes(svg, `'><title>${title}</title><desc `);
  assertStringIncludes(svg, `>${alt}</desc>`);
  assertStringIncludes(svg, ".resolvent-figure{--bg:#fff;");
  assertStringIncludes(svg, "@media (prefers-color-scheme:dark){.resolvent-figure{--bg:#151515");
  assert(/<rect width='640' height='\d+' fill='var\(--bg\)'\/>/.test(svg));
  assertEquals(svg.match(/https?:/g), ["http:"], "the namespace alone");
  assert(!/\d?\.\d{2}/.test(svg.replace(/<desc.*<\/style>/, "")), "coordinates are short");
});

Deno.test("lines() gives figures of a page different ids, and one figure always the same", async () => {
  const [a, again, b] = await Promise.all([
    lines(options()),
    lines(options()),
    lines(options({ title: "It grows more" })),
  ]);
  const idOf = function (svg: string): string {
    return svg.match(/<desc id='(rf-\w+)'/)![1];
  };
  assertEquals(a.svg, again.svg);
  assert(idOf(a.svg) !== idOf(b.svg));
  assertEquals(a.svg.match(/ id='/g)!.length, 1);
});

Deno.test("lines() shows itself to a notebook", async () => {
  const figure = await lines(options());
  assertEquals(figure[Symbol.for("Jupyter.display")](), {
    "image/svg+xml": figure.svg,
    "text/plain": "It grows (figure)",
  });
});

Deno.test("lines() wraps a long title inside the picture", async () => {
  const title = "A finding that takes many words to say ".repeat(5).trim();
  const { svg } = await lines(options({ title }));
  const bold = Array.from(svg.matchAll(/font-weight='600'>([^<]*)</g), (match) => match[1]);
  assertEquals(bold.join(" "), title);
  assert(bold.length >= 3 && bold.every((line) => line.length < 90));
});

Deno.test("lines() escapes what a caller writes", async () => {
  const { svg } = await lines(options({ title: 'a < b & "c"', x: { label: "<k>", scale: "log" } }));
  assertStringIncludes(svg, '<title>a &lt; b &amp; "c"</title>');
  assertStringIncludes(svg, ">&lt;k&gt;</text>");
});

Deno.test("lines() stays small with ten thousand points and says that it left some out", async () => {
  const x = Array.from({ length: 10_000 }, (_, i) => i);
  const y = x.map((i) => i === 5000 ? 50 : Math.sin(i * i));
  const figure = await lines(
    options({ x: { label: "t" }, series: [{ name: "a", kind: "measurement", x, y }] }),
  );
  assert(figure.svg.length < 25_000, `${figure.svg.length} bytes`);
  assertStringIncludes(
    figure.alt,
    "smallest and largest of its 10000 points in each of 200 bins",
  );
  assertStringIncludes(figure.alt, "highest 50 at 5000");
});

const REFUSED: readonly [string, Partial<SeriesOptions>, typeof Error, string][] = [
  [
    "a value that is not positive on a log axis",
    {
      y: { label: "y", scale: "log" },
      series: [THEORY, { name: "b", kind: "theory", x: [1, 2], y: [3, 0] }],
    },
    RangeError,
    'Cannot draw lines as a log axis shows only values above 0: y of series "b"[1] is 0',
  ],
  [
    "a run that is not positive on a log axis",
    {
      y: { label: "y", scale: "log" },
      series: [{ name: "b", kind: "measurement", x: [1, 2], runs: [[1, 1], [1, -1], [1, 1]] }],
    },
    RangeError,
    'runs[1] of series "b"[1] is -1',
  ],
  [
    "x that is not positive on a log axis",
    { series: [{ name: "b", kind: "theory", x: [0, 2], y: [3, 1] }] },
    RangeError,
    'x of series "b"[0] is 0',
  ],
  [
    "a rule that a log axis cannot show",
    { marks: [{ axis: "x", at: 0 }] },
    RangeError,
    "marks of axis x[0] is 0",
  ],
  [
    "a value that is not finite",
    { series: [{ name: "b", kind: "theory", x: [1, 2], y: [1, NaN] }] },
    RangeError,
    'y of series "b"[1] is NaN',
  ],
  [
    "arrays of different lengths",
    { series: [{ name: "b", kind: "theory", x: [1, 2], y: [1] }] },
    RangeError,
    'Cannot draw lines as y of series "b" must have 2 values: their number is 1',
  ],
  [
    "x that turns back",
    { series: [{ name: "b", kind: "theory", x: [1, 3, 2], y: [1, 1, 1] }] },
    RangeError,
    "x must not decrease along a line",
  ],
  ["no series", { series: [] }, RangeError, "Cannot draw lines as a figure needs data"],
  [
    "a series without points",
    { series: [{ name: "b", kind: "theory", x: [], y: [] }] },
    RangeError,
    'the number of x of series "b" is 0',
  ],
  [
    "no runs",
    { series: [{ name: "b", kind: "measurement", x: [1], runs: [] }] },
    RangeError,
    'the number of runs of series "b" is 0',
  ],
  [
    "a series without values",
    { series: [{ name: "b", kind: "theory", x: [1] } as unknown as Series] },
    TypeError,
    "a series needs either y or runs",
  ],
  [
    "a spread without a word for it",
    { series: [{ name: "b", kind: "theory", x: [1], y: [1], low: [0], high: [2] }] },
    TypeError,
    "a spread needs low, high and a word for what they are",
  ],
  [
    "a spread upside down",
    {
      series: [{ name: "b", kind: "theory", x: [1], y: [1], low: [3], high: [2], spread: "range" }],
    },
    RangeError,
    'low[0] of series "b" must be a finite number at most 2',
  ],
  ["two series of one name", { series: [THEORY, THEORY] }, RangeError, 'is "theory"'],
  ["an empty title", { title: " " }, TypeError, "title must say something"],
  ["an axis without a label", { y: { label: "" } }, TypeError, "y.label must say something"],
  ["an unknown scale", { y: { label: "y", scale: "sqrt" as "log" } }, RangeError, 'is "sqrt"'],
  [
    "more series than colours",
    { series: Array.from({ length: 9 }, (_, i) => ({ ...THEORY, name: `s${i}` })) },
    RangeError,
    "at most 8 series can be told apart by colour: the number of groups is 9",
  ],
];

for (const [what, changes, kind, text] of REFUSED) {
  Deno.test(`lines() refuses ${what}`, async () => {
    await assertRejects(() => lines(options(changes)), kind, text);
  });
}

Deno.test("lines() draws a single point in few letters too", async () => {
  const series: Series[] = [{ name: "a", kind: "theory", x: [1 / 3], y: [1 / 7] }];
  const { svg } = await lines(options({ x: { label: "t" }, series }));
  assert(/d='M[\d.]+ [\d.]+z'/.test(svg));
});
