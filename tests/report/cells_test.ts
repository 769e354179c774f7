import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderCells } from "../../lib/report/cells.ts";
import { newOutline } from "../../lib/report/markdown.ts";
import { loadRenderers } from "../../lib/report/page.ts";
import { notebookOf } from "../support/notebooks.ts";
import { fixtureNotebook } from "./fixture.ts";

const renderers = await loadRenderers();
const name = "the notebook demo";
const seconds = new Map([["long", 12.34], ["short", 0.01]]);

Deno.test("renderCells() keeps the order of cells and gives each an anchor", () => {
  const html = renderCells(fixtureNotebook(), newOutline(), { renderers, name, seconds });
  const anchors = Array.from(html.matchAll(/<div class="cell \w+" id="([\w-]+)"/g), ([, id]) => id);
  assertEquals(
    anchors,
    ["intro", "setup", "short", "claims", "long", "fails"].map((id) => `cell-${id}`),
  );
});

Deno.test("renderCells() opens short code, closes long code, tells lines and time", () => {
  const html = renderCells(fixtureNotebook(), newOutline(), { renderers, name, seconds });
  assertStringIncludes(html, '<details class="source" open><summary>Code 1 <span>3 lines</span>');
  assertStringIncludes(
    html,
    '<details class="source"><summary>Code 2 <span>12 lines, 12.3 s</span>',
  );
  assertStringIncludes(html, "value11");
});

Deno.test("renderCells() gives two figures with the same ids different ones", () => {
  const html = renderCells(fixtureNotebook(), newOutline(), { renderers, name, seconds });
  const ids = Array.from(html.matchAll(/\sid="([^"]+)"/g), ([, id]) => id);
  assertEquals(ids.length, new Set(ids).size);
  assert(ids.includes("cell-long-1-clip") && ids.includes("cell-long-2-clip"));
});

Deno.test("renderCells() leaves out raw and empty cells", () => {
  const notebook = notebookOf(["", "# \n", "1;"]);
  const html = renderCells(notebook, newOutline(), { renderers, name, seconds });
  assertEquals(html.split('class="cell').length - 1, 1);
});
