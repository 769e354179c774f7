import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Output } from "../../lib/notebook/ipynb.ts";
import { renderOutput } from "../../lib/report/outputs.ts";
import { loadRenderers } from "../../lib/report/page.ts";

const renderers = await loadRenderers();

function rendered(output: Output): string {
  return renderOutput(output, { ...renderers, where: "cell 1", number: 4, prefix: "p" });
}

function shown(data: Record<string, unknown>): string {
  return rendered({ output_type: "display_data", data, metadata: {} });
}

Deno.test("renderOutput() shows streams as text without colours", () => {
  assertEquals(
    rendered({
      output_type: "stream",
      name: "stderr",
      text: ["\u001b[31ma <b>\u001b[0m\n", "c\n"],
    }),
    '<pre class="output stream stderr" tabindex="0" role="group" aria-label="Console of code 4">a &lt;b&gt;\nc</pre>',
  );
});

Deno.test("renderOutput() keeps of a progress line what it ended with", () => {
  const html = rendered({ output_type: "stream", name: "stdout", text: "1 %\r50 %\r100 %\r\nend" });
  assertStringIncludes(html, ">100 %\nend</pre>");
});

Deno.test("renderOutput() shows an error once, with its trace or with its name", () => {
  const error = { output_type: "error" as const, ename: "RangeError", evalue: "no <way>" };
  const traced = rendered({ ...error, traceback: ["\u001b[31mRangeError: no <way>", "  at 1:7"] });
  assertStringIncludes(traced, ">RangeError: no &lt;way&gt;\n  at 1:7</pre>");
  assertStringIncludes(rendered({ ...error, traceback: [] }), ">RangeError: no &lt;way&gt;</pre>");
});

Deno.test("renderOutput() prefers a figure to HTML, HTML to Markdown, all to text", () => {
  const all = {
    "text/plain": "plain",
    "text/markdown": "*mark*",
    "text/html": "<p>html</p>",
    "image/svg+xml": "<svg></svg>",
  };
  const { "image/svg+xml": _svg, ...noFigure } = all;
  const { "text/html": _html, ...noHtml } = noFigure;
  assertStringIncludes(shown(all), "<svg");
  assertEquals(shown(noFigure), '<div class="output"><p>html</p></div>');
  assertStringIncludes(shown(noHtml), "<em>mark</em>");
  assertStringIncludes(shown({ "text/plain": "plain" }), ">plain</pre>");
});

Deno.test("renderOutput() gives a table of HTML a frame that scrolls", () => {
  assertStringIncludes(
    shown({ "text/html": "<table></table>" }),
    'aria-label="Table of code 4"><table></table></div></div>',
  );
});

Deno.test("renderOutput() renders LaTeX, pictures and what it does not know", () => {
  assertStringIncludes(shown({ "text/latex": "$$x^2$$" }), "<msup>");
  assertStringIncludes(
    shown({ "image/png": "AA\n==", "text/plain": "A dot" }),
    '<img src="data:image/png;base64,AA==" alt="A dot">',
  );
  assertStringIncludes(shown({ "application/x": { a: 1 } }), "&quot;a&quot;: 1");
});
