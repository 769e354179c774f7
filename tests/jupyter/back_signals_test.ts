import { assertEquals, assertThrows } from "@std/assert";
import { Interrupted, Signals } from "../../lib/jupyter/back_signals.ts";

Deno.test("Signals carry an answer, also one that comes at once", () => {
  const here = new Signals(), there = new Signals(here.memory);
  assertEquals(here.waitForAnswer(() => there.answer("\u{1F600} yes")), "\u{1F600} yes");
  assertEquals(here.waitForAnswer(() => there.answer("")), "");
  assertEquals(here.waitForAnswer(() => there.answer(null)), null);
});

Deno.test("Signals stop loops, and who waits for an answer", () => {
  const here = new Signals(), there = new Signals(here.memory), flag = here.flag();
  assertEquals([flag[0], here.stop], [0, false]);
  there.stop = true;
  assertEquals([flag[0], here.stop], [1, true]);
  assertThrows(() => flag.stop(), Interrupted, "values of other cells are kept");
  assertThrows(() => here.waitForAnswer(() => {}), Interrupted);
});
