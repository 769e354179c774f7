/**
 * Many cells at once, lazy notebooks, and pages that were loaded anew.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { KernelClient, lineOf } from "./kernel_client.ts";

Deno.test("cells that are asked for together run once each; those that follow them too", async () => {
  await using kernel = await KernelClient.start();
  const cells = ["const x = 1", "const y = x + 1; y", "const z = y + 1; z"];
  for (const [i, code] of cells.entries()) await kernel.run(code, `${i}`);
  await kernel.run("z + 1", "after");
  const ids = await Promise.all(cells.map((code, i) => kernel.begin(code, `${i}`)));
  const shown: string[] = [];
  for (const id of ids) {
    await kernel.next("shell");
    for (const message of await kernel.untilIdle(id)) {
      if (message.header.msg_type === "execute_input") continue;
      shown.push(`${kernel.cellOf(message)} ${lineOf(message)}`);
    }
  }
  assertEquals(shown, [
    "1 execute_result: 2",
    "2 execute_result: 3",
    "after clear later",
    "after execute_result: 4",
  ]);
  // what was asked for and does not come to run says that it is out of date
  const [failing] = await Promise.all([
    kernel.begin("const x = 5; throw new Error('no')", "0"),
    kernel.begin("y + 2", "1"),
  ]);
  await kernel.next("shell");
  await kernel.next("shell");
  const lines = (await kernel.untilIdle(failing)).map(lineOf);
  assertEquals(lines.filter((line) => line.startsWith("error: Error")), ["error: Error: no"]);
});

Deno.test("a cell that is no longer tagged lazy follows what it reads", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run("const x = 1", "a");
  await kernel.run("x", "b", {}, { tags: ["lazy"] });
  await kernel.run("x", "b", {}, { tags: [] });
  assertEquals((await kernel.run("const x = 2", "a")).others.at(-1), "b execute_result: 2");
});

Deno.test("cells that are deleted together show nothing any more", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run("const x = 1", "a");
  await kernel.run("x", "b");
  const { own, others } = await kernel.run("7", "c", {}, { deletedCells: ["a", "b"] });
  assertEquals([own, others], [["execute_result: 7"], []]);
});

Deno.test("a cell that was out of date shows the new outcome alone", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run("const x = 1", "a");
  await kernel.run("x", "b", {}, { tags: ["lazy"] });
  const metadata = { tags: ["lazy"], deletedCells: ["a"] };
  const { own } = await kernel.run("5", "b", {}, metadata);
  assertEquals(own.slice(-2), ["clear later", "execute_result: 5"]);
});

Deno.test("a notebook is lazy for as long as the cell that says so stands", async () => {
  await using kernel = await KernelClient.start();
  const stale = "has changed";
  await kernel.run('import { setReactivity } from "resolvent/notebook"', "import");
  await kernel.run('setReactivity("lazy")', "mode");
  await kernel.run("let x = 1", "a");
  await kernel.run("const y = x + 1; y", "b");
  assertStringIncludes((await kernel.run("let x = 2", "a")).others.join(), stale);
  // it holds in a new process too
  await kernel.run('Deno.kill(Deno.pid, "SIGKILL"); await new Promise(() => {})', "kill");
  await kernel.run("y", "c");
  assertStringIncludes((await kernel.run("let x = 3", "a")).others.join(), stale);
  await kernel.run("0", "mode");
  const { others } = await kernel.run("let x = 4", "a");
  assertEquals(others.filter((line) => line.includes("result")), [
    "b execute_result: 5",
    "c execute_result: 5",
  ]);
});

Deno.test("a page that was loaded anew is told what it does not show", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run("const x = 1", "a");
  await kernel.run("x + 1", "b");
  kernel.reload();
  const { own } = await kernel.run("const x = 2", "a");
  assertEquals(own, [
    "stderr: Not shown in this page, which was loaded since: the new outcome of cell [2]. " +
    "Run each once here, or all cells, to see what they show.\n",
  ]);
  await kernel.run("x + 1", "b");
  assertEquals((await kernel.run("const x = 3", "a")).own, []);
});
