import { assertEquals } from "@std/assert";
import { arxivOf, titleOf } from "../../lib/report/paper.ts";
import { notebookOf } from "../support/notebooks.ts";

Deno.test("titleOf() and arxivOf() read the first Markdown cell", () => {
  const notebook = notebookOf(["1;", "# A title\n\n[arXiv:2512.04299](x)", "# Other 1706.04454"]);
  assertEquals([titleOf(notebook), arxivOf(notebook)], ["A title", "2512.04299"]);
  assertEquals(arxivOf(notebookOf(["# See https://arxiv.org/abs/1706.04454v2"])), "1706.04454");
});

Deno.test("titleOf() and arxivOf() find nothing in a notebook without prose", () => {
  assertEquals([titleOf(notebookOf(["1;"])), arxivOf(notebookOf(["1;"]))], [null, undefined]);
});
