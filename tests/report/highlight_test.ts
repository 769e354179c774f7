import { assertEquals, assertStringIncludes } from "@std/assert";
import { loadHighlight } from "../../lib/report/highlight.ts";

const highlight = await loadHighlight();

Deno.test("highlight() marks the words of TypeScript and escapes the rest", () => {
  const html = highlight("const a: number = 1; // <b>");
  assertStringIncludes(html, '<span class="hljs-keyword">const</span>');
  assertStringIncludes(html, '<span class="hljs-number">1</span>');
  assertStringIncludes(html, "&lt;b&gt;");
});

Deno.test("highlight() leaves other languages as text", () => {
  assertEquals(highlight("if a < b: pass", "python"), "if a &lt; b: pass");
});
