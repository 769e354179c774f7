import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import {
  cellsHash,
  resolventMetadata,
  withResolventMetadata,
} from "../../lib/notebook/cells_hash.ts";
import { notebookOf } from "../support/notebooks.ts";

Deno.test("cellsHash() depends on kinds and sources in their order, on nothing else", () => {
  const notebook = notebookOf(["1", "# prose", "2"]);
  const hash = cellsHash(notebook);
  assertMatch(hash, /^[0-9a-f]{64}$/);
  const executed = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, execution_count: 3, metadata: { a: 1 } } : cell
  );
  assertEquals(cellsHash({ ...notebook, cells: executed, metadata: { x: 1 } }), hash);
  assertEquals(cellsHash(notebookOf(["1\n", "# prose", "2\n"])), hash, "newlines at the end");
  assertNotEquals(cellsHash(notebookOf(["1", "# prose", "3"])), hash);
  assertNotEquals(cellsHash(notebookOf(["# prose", "1", "2"])), hash);
  assertNotEquals(
    cellsHash(notebookOf(["1", "# prose2"])),
    cellsHash(notebookOf(["1", "# prose"])),
  );
});

Deno.test("withResolventMetadata() keeps what is there", () => {
  const notebook = withResolventMetadata(notebookOf(["1"], "a-paper"), { cells: "abc" });
  assertEquals(resolventMetadata(notebook), { slug: "a-paper", cells: "abc" });
  assertEquals(resolventMetadata(notebookOf(["1"])), {});
});
