import { assertEquals, assertThrows } from "@std/assert";
import { loadValues, saveValues, textOfEnd } from "../../lib/jupyter/saved_values.ts";
import { rng } from "../../lib/random/rng.ts";

Deno.test("saveValues() writes plain data and random keys, loadValues() reads them once", async () => {
  const folder = await Deno.makeTempDir();
  const x = { data: Float64Array.of(1, NaN, -0), list: [1n, "a", null, undefined, { b: true }] };
  const cells = new Map<string, Record<string, unknown>>([
    ["plain", { x }],
    ["key", { key: rng(3) }],
    ["function", { f: () => 1, y: 2 }],
    ["class", { when: new Date() }],
    ["empty", {}],
  ]);
  assertEquals(saveValues(folder, cells), [
    { cell: "plain", names: ["x"] },
    { cell: "key", names: ["key"] },
    { cell: "empty", names: [] },
  ]);
  const loaded = loadValues(folder);
  assertEquals([...loaded.keys()].sort(), ["empty", "key", "plain"]);
  assertEquals(loaded.get("plain"), { x });
  const key = loaded.get("key")!.key as ReturnType<typeof rng>;
  assertEquals(key.fork("a").normal(3), rng(3).fork("a").normal(3));
  assertThrows(() => loadValues(folder), Deno.errors.NotFound); // nothing stays on the disk
});

Deno.test("textOfEnd() says what is saved and what is lost", () => {
  const end = (names: readonly string[], kept: readonly string[]) =>
    textOfEnd("of this", { names, kept });
  const begin = "The process that runs the cells was replaced, as of this.";
  const again = "Their cells run again when a cell that reads them is run.";
  assertEquals(end([], []), `${begin} No values were lost.`);
  assertEquals(end(["a"], ["a"]), `${begin} Saved: the values of a. No values were lost.`);
  assertEquals(
    end(["a", "b", "c"], ["b"]),
    `${begin} Saved: the values of b. Lost: the values of a, c. ${again}`,
  );
});
