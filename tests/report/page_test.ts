import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { networkReferences } from "../../lib/report/offline.ts";
import { loadRenderers, renderPage } from "../../lib/report/page.ts";
import { fixtureNotebook, RECORD, VERDICTS } from "./fixture.ts";

const renderers = await loadRenderers();
const paper = {
  slug: "spectral-demo",
  title: "When do spectral steps help?",
  theme: "spectral-updates",
  arxiv: "2512.04299",
};
const html = renderPage({ notebook: fixtureNotebook(), paper, record: RECORD }, renderers);

Deno.test("renderPage() shows verdicts first, then the cells, the box, the paper, provenance", () => {
  const places = [
    "<h1>When do <em>spectral</em> steps help?</h1>",
    'id="verdicts"',
    'id="cell-intro"',
    'id="cell-fails"',
    'id="run"',
    'id="paper"',
    'id="provenance"',
    "<footer>",
  ].map((part) => html.indexOf(part));
  assert(places.every((place) => place > 0), String(places));
  assertEquals(places, [...places].sort((a, b) => a - b));
});

Deno.test("renderPage() has anchors that are unique and links that lead to one", () => {
  const ids = Array.from(html.matchAll(/\sid="([^"]+)"/g), ([, id]) => id);
  assertEquals(ids.length, new Set(ids).size);
  const links = Array.from(html.matchAll(/href="#([^"]+)"/g), ([, id]) => id);
  assertEquals(links.filter((id) => !ids.includes(id)), []);
  assert(links.includes("verdict-falls") && links.includes("setup-2"));
});

Deno.test("renderPage() leaves no gap between the levels of headings", () => {
  const levels = Array.from(html.matchAll(/<h([1-6])[ >]/g), ([, level]) => Number(level));
  assertEquals(levels.filter((level) => level === 1).length, 1);
  levels.forEach((level, at) => assert(at === 0 || level <= levels[at - 1] + 1, String(levels)));
});

Deno.test("renderPage() loads nothing and runs nothing", () => {
  assertEquals(networkReferences(html), []);
});

Deno.test("renderPage() shows a notebook without record, and one without catalogue", () => {
  const plain = renderPage({ notebook: fixtureNotebook(), paper, index: false }, renderers);
  assert(!plain.includes('id="verdicts"') && !plain.includes("index.html"));
  assertStringIncludes(plain, "<dt>Kernel</dt><dd>Deno</dd>");
});

Deno.test("renderPage() says so when a run did not come to its end", () => {
  const parts = { notebook: fixtureNotebook(), paper };
  const record = { verdicts: VERDICTS, status: "interrupted" };
  assertStringIncludes(renderPage({ ...parts, record }, renderers), "was interrupted: the page");
  assert(!renderPage({ ...parts, record: { status: "complete" } }, renderers).includes('notice"'));
});
