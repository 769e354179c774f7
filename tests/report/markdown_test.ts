import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { loadHighlight } from "../../lib/report/highlight.ts";
import { freeAnchor, loadMarkdown, newOutline } from "../../lib/report/markdown.ts";
import { loadMaths } from "../../lib/report/maths.ts";

const markdown = await loadMarkdown(await loadMaths(), await loadHighlight());
const where = "cell 1 of the notebook demo";

Deno.test("markdown() shows raw HTML as text", () => {
  const html = markdown("<script>alert(1)</script> <b>bold</b>", { where });
  assertStringIncludes(html, "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;bold&lt;/b&gt;");
});

Deno.test("markdown() follows no link to a script", () => {
  assert(!markdown("[x](javascript:alert(1))", { where }).includes("<a"));
});

Deno.test("markdown() takes the first level-one heading as title and leaves no gap in levels", () => {
  const outline = newOutline();
  const html = [
    "# Title of $k$\n\ntext",
    "## First\n\n##### Deep\n\n# Top again",
    "## First\n\n### [Linked](https://example.org) `code`",
  ].map((source) => markdown(source, { where, outline })).join("\n");
  assertEquals(outline.title?.text, "Title of k");
  assertEquals(outline.headings.map(({ level, id }) => [level, id]), [
    [2, "first"],
    [3, "deep"],
    [2, "top-again"],
    [2, "first-2"],
    [3, "linked-code"],
  ]);
  assert(!html.includes("<h1"));
  assertStringIncludes(html, '<h3 id="deep">Deep</h3>');
  assertEquals(outline.headings[4].html, "Linked <code>code</code>");
});

Deno.test("markdown() gives tables a frame that scrolls and colours TypeScript", () => {
  const html = markdown("| a | b |\n| --- | --: |\n| 1 | 2 |\n\n```ts\nconst a = 1;\n```", {
    where,
  });
  assertStringIncludes(html, 'aria-label="Table"><table>');
  assertStringIncludes(html, "</table></div>");
  assertStringIncludes(html, '<span class="hljs-keyword">const</span>');
});

Deno.test("markdown() has no heading without a word in a table", () => {
  const html = markdown("| | b |\n| --- | --- |\n| 1 | 2 |", { where });
  assertStringIncludes(html, "<td></td>\n<th>b</th>");
});

Deno.test("markdown() takes attached pictures and refuses all others", () => {
  const attachments = { "dot.png": "data:image/png;base64,AA==" };
  assertStringIncludes(
    markdown('![A "dot"](attachment:dot.png)', { where, attachments }),
    '<img src="data:image/png;base64,AA==" alt="A &quot;dot&quot;">',
  );
  assertThrows(
    () => markdown("![x](https://example.org/x.png)", { where }),
    RangeError,
    'Cannot render cell 1 of the notebook demo as every picture must be attached or a data URL: its source is "https://example.org/x.png"',
  );
});

Deno.test("freeAnchor() counts up until an anchor is free", () => {
  const taken = new Set(["a", "a-2"]);
  assertEquals([freeAnchor(taken, "a"), freeAnchor(taken, "a"), freeAnchor(taken, "b")], [
    "a-3",
    "a-4",
    "b",
  ]);
});
