import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { renderDocument } from "../../lib/report/document.ts";

const PARTS = {
  kind: "report" as const,
  title: "A <title>",
  description: 'A "description"',
  header: "<h1>A</h1>",
  nav: "<ol></ol>",
  main: "<p>B</p>",
  footer: "<p>C</p>",
};

Deno.test("renderDocument() has language, landmarks, a skip link and a policy", () => {
  const html = renderDocument(PARTS, "a page");
  for (
    const part of [
      '<!doctype html>\n<html lang="en">',
      "<title>A &lt;title&gt;</title>",
      'content="A &quot;description&quot;"',
      "default-src 'none'",
      '<a class="skip" href="#main">',
      "<header>\n<h1>A</h1>",
      '<nav aria-label="Contents">',
      '<main id="main"',
      "<footer>",
    ]
  ) assertStringIncludes(html, part);
  assertEquals(html.split("<style>").length - 1, 1);
});

Deno.test("renderDocument() refuses a part that would load or run something", () => {
  assertThrows(
    () => renderDocument({ ...PARTS, main: "<script>1</script>" }, "the report of demo"),
    RangeError,
    "Cannot write the report of demo as a page must load nothing and run nothing: it has the element <script>",
  );
});
