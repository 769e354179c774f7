import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lines } from "resolvent";
import { inlineFigure } from "../../lib/report/figure.ts";
import { FIGURE } from "./fixture.ts";

Deno.test("inlineFigure() makes ids and every reference to them unique", () => {
  const svg = '<?xml version="1.0"?><svg aria-labelledby="t d" role="img"><title id="t">T</title>' +
    '<desc id="d">D</desc><clipPath id="c"/><g clip-path="url(#c)"/><use href="#c"/>' +
    "<style>#c{fill:#ccc}</style></svg>";
  const html = inlineFigure(svg, "", "f1");
  assertStringIncludes(html, '<svg aria-labelledby="f1-t f1-d" role="img"><title id="f1-t">');
  assertStringIncludes(html, 'clip-path="url(#f1-c)"/><use href="#f1-c"/>');
  assertStringIncludes(html, "<style>#f1-c{fill:#ccc}</style>");
  assert(!html.includes("<?xml"));
});

Deno.test("inlineFigure() names a picture that has no name by its text alternative", () => {
  const html = inlineFigure("<svg><g/></svg>", 'A "line" falls', "f");
  assertStringIncludes(html, '<svg role="img" aria-label="A &quot;line&quot; falls">');
  assertStringIncludes(html, "<figcaption>A &quot;line&quot; falls</figcaption>");
  assertEquals(inlineFigure(FIGURE, "", "f").includes("figcaption"), false);
});

Deno.test("inlineFigure() lets a long text alternative be opened, as that of a plot", async () => {
  const { svg, alt } = await lines({
    title: "The loss halves with each step",
    x: { label: "step" },
    y: { label: "loss", scale: "log" },
    series: [{ name: "measured", kind: "measurement", x: [0, 1, 2], y: [4, 2, 1] }],
  });
  const html = inlineFigure(svg, alt, "f");
  assertStringIncludes(html, "<details><summary>This figure in words</summary><p>Line chart");
  assertEquals(html.split("role='img'").length - 1, 1);
});

Deno.test("inlineFigure() tells what the picture itself tells, and takes its title as a name", () => {
  const svg =
    "<svg role='img' aria-describedby='d'><title>T</title><desc id='d'>A &lt; B</desc></svg>";
  const html = inlineFigure(svg, "T (figure)", "f");
  assertStringIncludes(
    html,
    "<svg role='img' aria-describedby='f-d'><title>T</title><desc id='f-d'>",
  );
  assertStringIncludes(html, "<summary>This figure in words</summary><p>A &lt; B</p>");
  assertEquals(html.includes("(figure)") || /<svg[^>]* aria-label=/.test(html), false);
});
