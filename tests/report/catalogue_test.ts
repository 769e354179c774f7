import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { loadCatalog } from "../../lib/claims/catalog.ts";
import { checkCatalogue, renderIndex } from "../../lib/report/catalogue.ts";
import { networkReferences } from "../../lib/report/offline.ts";
import { CATALOGUE, VERDICTS } from "./fixture.ts";

const options = {
  pages: new Set(["spectral-demo"]),
  verdicts: new Map([["spectral-demo", VERDICTS]]),
};
const html = renderIndex(CATALOGUE, options);

Deno.test("renderIndex() lists each paper once with its status, links those with a page", () => {
  const statuses = Array.from(html.matchAll(/<li data-status="(\w+)"/g), ([, status]) => status);
  assertEquals(statuses.sort(), ["done", "open", "out", "partly"]);
  assertStringIncludes(html, '<a href="spectral-demo.html">When do spectral steps help?</a>');
  assert(!html.includes("half.html"));
  assertStringIncludes(html, '<div class="title">Kernels &amp; widths</div>');
  assertStringIncludes(html, "needs more than one machine");
});

Deno.test("renderIndex() shows the verdicts that are known and how many may be false", () => {
  assertStringIncludes(html, ">2 reproduced</span>");
  assertStringIncludes(html, "4 claims tested, 3 of them by intervals of 99 %");
});

Deno.test("renderIndex() counts statuses for its filter, which needs no script", () => {
  for (const status of ["all", "done", "partly", "open", "out"]) {
    assertStringIncludes(html, `id="show-${status}"`);
  }
  assertStringIncludes(html, "<span>all <b>4</b></span>");
  assertEquals(networkReferences(html), []);
});

Deno.test("renderIndex() puts themes with verdicts first and the rest group last", () => {
  const papers = ["other", "b", "a", "begun"].map((theme) => ({
    slug: theme,
    title: theme,
    theme,
    status: theme === "begun" ? "partly" as const : "open" as const,
  }));
  const index = renderIndex({ papers }, { pages: new Set() });
  const themes = Array.from(index.matchAll(/class="theme" id="(\w+)"/g), ([, theme]) => theme);
  assertEquals(themes, ["begun", "a", "b", "other"]);
});

Deno.test("renderIndex() shows the whole catalogue of the repository", () => {
  const papers = loadCatalog();
  const index = renderIndex(checkCatalogue({ papers }), { pages: new Set() });
  assertEquals(index.split("<li data-status=").length - 1, papers.length);
});

Deno.test("checkCatalogue() says what a catalogue lacks", () => {
  assertThrows(
    () => checkCatalogue([]),
    TypeError,
    "Cannot read the catalogue as it must have a list of papers: it is []",
  );
  const paper = { slug: "a", title: "A", theme: "t" };
  assertThrows(
    () => checkCatalogue({ papers: [paper] }),
    TypeError,
    "as each paper must have a status: that of paper 1 is undefined",
  );
  assertThrows(
    () => checkCatalogue({ papers: [{ ...paper, status: "new" }] }),
    RangeError,
    'as a status must be one of done, partly, open, out: that of a is "new"',
  );
});
