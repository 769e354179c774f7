/**
 * Tests of the memory of results.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { ResultMemory, workerState } from "../../lib/run/_state.ts";

Deno.test("ResultMemory forgets the oldest results beyond its limit", () => {
  const memory = new ResultMemory(250);
  const array = () => new Float64Array(12); // 96 bytes
  for (const key of ["a", "b", "c"]) memory.set(key, array());
  assertEquals(["a", "b", "c"].map((key) => memory.get(key) !== undefined), [false, true, true]);
  memory.set("large", new Float64Array(100)); // does not fit at all
  assertEquals(memory.get("large"), undefined);
  assertEquals(memory.get("c")?.value, array());
});

Deno.test("ResultMemory remembers a result that is undefined", () => {
  const memory = new ResultMemory();
  memory.set("a", undefined);
  assertEquals([memory.get("a")?.value, memory.get("b")], [undefined, undefined]);
  assertEquals(memory.get("a") === undefined, false);
});

Deno.test("workerState() is one in a process", () => {
  assertEquals(workerState() === workerState(), true);
});
