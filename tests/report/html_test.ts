import { assertEquals } from "@std/assert";
import { anchorOf, escapeHtml, openFrame, withoutColours } from "../../lib/report/html.ts";

Deno.test("escapeHtml() escapes what could end text or an attribute", () => {
  assertEquals(escapeHtml(`<a href="x">&amp;`), "&lt;a href=&quot;x&quot;&gt;&amp;amp;");
});

Deno.test("anchorOf() keeps letters and digits of any script, joined by hyphens", () => {
  assertEquals(anchorOf("1. The rank: Ünits & $k$"), "1-the-rank-u-nits-k");
  assertEquals(anchorOf("谱 norm"), "谱-norm");
  assertEquals(anchorOf("!?"), "section");
});

Deno.test("openFrame() can be reached by keyboard and has a name", () => {
  assertEquals(
    openFrame('A "table"', { kind: "wide", role: "region" }),
    '<div class="scroll wide" tabindex="0" role="region" aria-label="A &quot;table&quot;">',
  );
});

Deno.test("withoutColours() removes a terminal's colour codes alone", () => {
  assertEquals(withoutColours("\u001b[1;31mred\u001b[39m [33m"), "red [33m");
});
