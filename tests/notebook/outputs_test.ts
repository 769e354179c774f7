import { assertEquals } from "@std/assert";
import type { CodeCell } from "../../lib/notebook/ipynb.ts";
import { foldReturns, OutputCollector } from "../../lib/notebook/outputs.ts";
import { notebookOf } from "../support/notebooks.ts";

const CELL = notebookOf(["1"]).cells[0] as CodeCell;

Deno.test("foldReturns() keeps what a terminal would show", () => {
  assertEquals(foldReturns("a\rb"), "b");
  assertEquals(foldReturns("x\na\rb\rc\nd\r\ne"), "x\nc\nd\ne");
  assertEquals(foldReturns("50%\r"), "50%\r", "the next text may overwrite it");
  assertEquals(foldReturns("\r"), "\r");
  assertEquals(foldReturns("a\r\r\nb"), "a\nb");
  const long = "x".repeat(1e6);
  assertEquals(foldReturns(`a\r${long}`), long);
});

Deno.test("OutputCollector.stream() joins what follows on the same stream", () => {
  const outputs = new OutputCollector();
  outputs.begin(1);
  outputs.stream("stdout", "a");
  outputs.stream("stdout", "b\r");
  outputs.stream("stdout", "c");
  outputs.stream("stderr", "d");
  outputs.stream("stderr", "");
  outputs.stream("stdout", "e");
  assertEquals(outputs.of(1).map((output) => "text" in output && output.text), ["c", "d", "e"]);
});

Deno.test("OutputCollector.display() updates every display of an id, in every cell", () => {
  const outputs = new OutputCollector();
  outputs.begin(1);
  outputs.display({ "text/plain": "1" }, { id: "x" });
  outputs.display({ "text/plain": "other" });
  outputs.begin(2);
  outputs.display({ "text/plain": "2" }, { id: "x" });
  outputs.display({ "text/plain": "3" }, { id: "x", update: true });
  outputs.display({ "text/plain": "none" }, { id: "y", update: true });
  const shown = [1, 2].map((cell) =>
    outputs.of(cell).map((output) => "data" in output && output.data["text/plain"])
  );
  assertEquals(shown, [["3", "other"], ["3"]]);
});

Deno.test("OutputCollector.apply() leaves a cell that has not begun empty", () => {
  const outputs = new OutputCollector();
  outputs.begin(1);
  outputs.result({ "text/plain": "1" }, 1);
  assertEquals(outputs.apply(CELL, 1).execution_count, 1);
  assertEquals(outputs.apply(CELL, 1).outputs.length, 1);
  const stored = outputs.apply(CELL, 1);
  assertEquals(outputs.apply(stored, 2), { ...CELL, execution_count: null, outputs: [] });
});
