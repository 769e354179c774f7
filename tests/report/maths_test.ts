import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { loadHighlight } from "../../lib/report/highlight.ts";
import { loadMarkdown } from "../../lib/report/markdown.ts";
import { loadMaths } from "../../lib/report/maths.ts";

const maths = await loadMaths();
const markdown = await loadMarkdown(maths, await loadHighlight());
const WHERE = "cell 3 (id rank) of the notebook demo";

function count(html: string): number {
  return html.split("<math").length - 1;
}

Deno.test("maths() gives MathML that keeps its TeX, without fonts and style sheets", () => {
  const html = maths("\\|A\\|_F^2", WHERE, false);
  assertMatch(html, /^<span class="math"><math xmlns="http:\/\/www.w3.org\/1998\/Math\/MathML">/);
  assertStringIncludes(html, '<annotation encoding="application/x-tex">\\|A\\|_F^2</annotation>');
  assert(!html.includes("style="));
});

Deno.test("maths() gives a long formula a frame that scrolls and can be reached by keyboard", () => {
  assertMatch(
    maths(`${"x + ".repeat(20)}y`, WHERE, true),
    /^<div class="formula long" tabindex="0" role="group" aria-label="Formula x \+/,
  );
});

Deno.test("maths() names cell and formula when a formula is not TeX", () => {
  assertThrows(
    () => maths("\\frac{1}", WHERE, true),
    RangeError,
    'Cannot render cell 3 (id rank) of the notebook demo as every formula must be TeX that KaTeX reads: the formula is "\\\\frac{1}"',
  );
  assertThrows(() => markdown("a $\\nocommand$", { where: WHERE }), RangeError, "\\nocommand");
});

Deno.test("addMathsRules() finds formulas in text, headings, lists, tables and blocks", () => {
  const source = "# On $k$\n\n- item $x_i$\n\n| $a$ | b |\n| --- | --- |\n| $c_1$ | d |\n\n" +
    "Text\n$$\n\\sum_i s_i\n= 1\n$$\nmore $$y$$ text\n\n$$z$$\n";
  const html = markdown(source, { where: WHERE });
  assertEquals(count(html), 7);
  assertEquals(html.split('display="block"').length - 1, 3);
  assert(!html.includes("$"));
});

Deno.test("addMathsRules() leaves prices, escaped dollars and code as text", () => {
  const html = markdown("from $5 to $6, \\$a\\$, `$x$`, a $ b $ c, $\n\n```ts\n`${x}$`\n```", {
    where: WHERE,
  });
  assertEquals(count(html), 0);
  assertStringIncludes(html, "from $5 to $6, $a$, <code>$x$</code>, a $ b $ c, $");
});

Deno.test("addMathsRules() reads an escaped dollar inside a formula and underscores as TeX", () => {
  const html = markdown("$a_1 \\$ b_2$ and *c*", { where: WHERE });
  assertEquals(count(html), 1);
  assertStringIncludes(html, "<em>c</em>");
  assert(!html.includes("<em>1"));
});

Deno.test("addMathsRules() keeps the bars of formulas in tables, as a notebook's front end does", () => {
  const table = "| norm | size |\n| --- | --- |\n| $\\|G\\|_F$ | $|x|$ and a \\| b |\n";
  const html = markdown(table, { where: WHERE });
  assertEquals(html.split("<td>").length - 1, 2);
  assertStringIncludes(html, "\\Vert G\\Vert_F</annotation>");
  assertStringIncludes(html, "\\vert x\\vert</annotation>");
  assertStringIncludes(html, "and a | b</td>");
  const code = markdown("```text\n| $\\|G\\|$ |\n```", { where: WHERE });
  assertStringIncludes(code, "| $\\|G\\|$ |");
});
