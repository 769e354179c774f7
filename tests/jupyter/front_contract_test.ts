/**
 * The kernel over the wire: cells, what depends on them, and what else the protocol asks.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Message } from "../../lib/jupyter/messages.ts";
import { type Executed, KernelClient, lineOf } from "./kernel_client.ts";

/** Runs a test on a kernel of its own. */
async function onKernel(
  work: (kernel: KernelClient) => Promise<void>,
  options: Parameters<typeof KernelClient.start>[0] = {},
): Promise<void> {
  await using kernel = await KernelClient.start(options);
  await work(kernel);
}

/** Status and error of an answer. */
function statusOf({ reply }: Executed): string {
  return [reply.status, reply.ename, reply.evalue].filter(Boolean).join(": ");
}

Deno.test("a cell shows its text and its value, in order and before idle", async () => {
  await onKernel(async (kernel) => {
    const first = await kernel.run(
      "const x: number = 41;\nconsole.log('a');\nconsole.error('b');\nx + 1",
      "1",
    );
    assertEquals(first.own, ["stdout: a\n", "stderr: b\n", "execute_result: 42"]);
    assertEquals([first.reply.status, first.reply.execution_count], ["ok", 1]);
    const types = first.messages.map(({ header }) => header.msg_type);
    assertEquals(types, ["execute_input", "stream", "stream", "execute_result"]);
    assertEquals((await kernel.run("undefined", "2")).own, []);
    assertEquals((await kernel.run("await Promise.resolve({ a: 1 })", "3")).own, [
      "execute_result: { a: 1 }",
    ]);
    assertEquals(
      (await kernel.run("const late = new Promise((f) => setTimeout(f, 5, 'now')); late", "4")).own,
      [
        'execute_result: "now"',
      ],
    );
  });
});

Deno.test("a cell that runs again runs its dependants once each, in place", async () => {
  await onKernel(async (kernel) => {
    await kernel.run("const x = 1", "a");
    await kernel.run("const y = x + 1; console.log('y is', y)", "b");
    await kernel.run("const z = x * 10; z", "c");
    await kernel.run("[x, y, z].join()", "d");
    const again = await kernel.run("const x = 5", "a");
    assertEquals(again.own, []);
    const shown = again.others.filter((line) => !line.includes("clear"));
    assertEquals(shown.toSorted(), [
      "b stdout: y is 6\n",
      "c execute_result: 50",
      'd execute_result: "5,6,50"',
    ]);
    assertEquals(shown.at(-1), 'd execute_result: "5,6,50"');
    const cleared = again.others.filter((line) => line.includes("clear"));
    assertEquals(cleared.toSorted(), ["b clear later", "c clear later", "d clear later"]);
    // numbers of dependants stay what the front end shows beside them
    const result = again.messages.find((one) => lineOf(one) === "execute_result: 50");
    assertEquals(result?.content.execution_count, 3);
  });
});

Deno.test("a dependant that shows nothing any more is emptied", async () => {
  await onKernel(async (kernel) => {
    await kernel.run("const x = 1", "a");
    await kernel.run("if (x > 0) console.log('positive')", "b");
    assertEquals((await kernel.run("const x = -1", "a")).others, ["b clear later", "b clear"]);
  });
});

Deno.test("errors name the cell, show its source, and reach what depends on it", async () => {
  await onKernel(async (kernel) => {
    await kernel.run("const x = 1", "a");
    await kernel.run(
      "function half(n: number) {\n  if (n < 0) throw new RangeError('below 0');\n  return n / 2;\n}",
      "f",
    );
    await kernel.run("const h = half(x)", "b");
    await kernel.run("h + 1", "c");
    const { others } = await kernel.run("const x = -1", "a");
    assertEquals(others.filter((line) => line.includes("error")), [
      "b error: RangeError: below 0",
      "c error: Blocked: did not run as h of cell [3] failed",
    ]);
    const { reply, own } = await kernel.run("const h =\n  half(x)", "b");
    assertEquals([reply.status, reply.ename, reply.evalue], ["error", "RangeError", "below 0"]);
    assertEquals(own, ["error: RangeError: below 0"]);
    assertEquals(reply.traceback, [
      "RangeError: below 0",
      "1 | function half(n: number) {",
      "2 |   if (n < 0) throw new RangeError('below 0');",
      "  |                    ^",
      "    at half cell [2], line 2, column 20",
      "    at cell [6], line 2, column 3",
    ]);
    const caused = await kernel.run(
      "throw new Error('outer', { cause: new TypeError('inner') })",
      "d",
    );
    assertStringIncludes(
      (caused.reply.traceback as string[]).join("\n"),
      "Caused by TypeError: inner",
    );
    assertMatch(
      statusOf(await kernel.run("let q = ;", "e")),
      /^error: SyntaxError: .*line 1, column 9/,
    );
  });
});

Deno.test("an error aborts exactly what is queued, unless it need not", async () => {
  await onKernel(async (kernel) => {
    const ids = [
      await kernel.begin("await new Promise((f) => setTimeout(f, 50)); throw new Error('no')", "a"),
      await kernel.begin("1", "b"),
      await kernel.begin("2", "c"),
    ];
    const answers = [];
    for (const _ of ids) answers.push(await kernel.next("shell"));
    assertEquals(answers.map(({ content }) => content.status), ["error", "aborted", "aborted"]);
    await kernel.untilIdle(ids[2]);
    assertEquals((await kernel.run("3", "d")).own, ["execute_result: 3"]);
    await kernel.begin("await new Promise((f) => setTimeout(f, 50)); throw 1", "a", {
      stop_on_error: false,
    });
    const last = await kernel.begin("4", "b");
    assertEquals((await kernel.next("shell")).content.status, "error");
    assertEquals((await kernel.next("shell")).content.status, "ok");
    await kernel.untilIdle(last);
  });
});

Deno.test("two definitions, circles and foreign assignments are refused by names of cells", async () => {
  await onKernel(async (kernel) => {
    await kernel.run("const x = 1", "a");
    const twice = await kernel.run("const x = 2", "b");
    assertStringIncludes(
      statusOf(twice),
      "a name has one definition: x is in cell [1] and cell [2]",
    );
    assertEquals(twice.others.filter((line) => line.startsWith("a error")).length, 1);
    const mended = await kernel.run("const other = 2", "b");
    assertEquals(statusOf(mended), "ok");
    await kernel.run("const p = q", "c");
    assertStringIncludes(
      statusOf(await kernel.run("const q = p", "d")),
      "cells may not go in a circle",
    );
    assertStringIncludes(
      statusOf(await kernel.run("x = 3", "e")),
      "only cell [1] may assign its names",
    );
  });
});

Deno.test("lazy and frozen cells, by tag and by metadata", async () => {
  await onKernel(async (kernel) => {
    await kernel.run("const x = 1", "a");
    await kernel.run("const y = x + 1; y", "lazy", {}, { tags: ["lazy"] });
    await kernel.run("x + 100", "frozen", {}, { resolvent: { mode: "frozen" } });
    const { others } = await kernel.run("const x = 5", "a");
    assertEquals(others, [
      "lazy display_data: Something that this cell reads has changed: run it to see the new outcome.",
    ]);
    // what reads a stale cell has it run first
    const reads = await kernel.run("y * 2", "r");
    assertEquals(reads.own, ["execute_result: 12"]);
    assertEquals(reads.others, ["lazy clear later", "lazy execute_result: 6"]);
  });
});

Deno.test("deleted cells take their names along, until they run again", async () => {
  await onKernel(async (kernel) => {
    await kernel.run("const x = 1", "a");
    await kernel.run("x + 1", "b");
    const { others } = await kernel.run("0", "c", {}, { deletedCells: ["a"] });
    assertEquals(others.at(-1), "b error: ReferenceError: x is not defined");
    assertEquals((await kernel.run("const x = 3", "a")).others.at(-1), "b execute_result: 4");
  });
});

Deno.test("generators and async iterables are shown value by value, to readers too", async () => {
  await onKernel(async (kernel) => {
    const code = `async function* count() {
      for (let i = 0; i < 3; i++) { yield i; await new Promise((f) => setTimeout(f, 30)); }
    }
    const i = count(); i`;
    const first = await kernel.run(code, "a");
    assertEquals(first.own[0], "display_data: 0");
    await kernel.run("console.log('seen', i)", "b");
    const lines = [];
    while (!lines.at(-1)?.includes("seen 2")) lines.push(lineOf(await kernel.broadcast()));
    assert(lines.includes("update_display_data: 2"));
  });
});

Deno.test("text of timers and late errors go to the cell that they come from", async () => {
  await onKernel(async (kernel) => {
    const lines: string[] = [];
    const take = (message: Message) => {
      if (message.header.msg_type !== "stream") return;
      lines.push(`${kernel.cellOf(message)} ${lineOf(message).split("\n")[0]}`);
    };
    const cells = {
      a: "setTimeout(() => console.log('tick'), 60)",
      b: "setTimeout(() => { throw new Error('late') }, 60)",
      c: "void Promise.reject(new TypeError('lost'))",
    };
    // on a busy machine a timer is over while the next cell runs
    for (const [id, code] of Object.entries(cells)) {
      (await kernel.run(code, id)).messages.forEach(take);
    }
    while (lines.length < 3) take(await kernel.broadcast());
    assertEquals(lines.toSorted(), [
      "a stdout: tick",
      "b stderr: Uncaught (no cell waits for it) Error: late",
      "c stderr: Uncaught (no cell waits for it) TypeError: lost",
    ]);
    assertEquals((await kernel.run("'alive'", "d")).own, ['execute_result: "alive"']);
  });
});

Deno.test("child processes, prompts and displays belong to their cell", async () => {
  await onKernel(async (kernel) => {
    const child = await kernel.run(
      "await new Deno.Command('echo', { args: ['from a child'] }).spawn().status;\n" +
        "await new Deno.Command('sh', { args: ['-c', 'echo wrong >&2'] }).spawn().status; 1",
      "a",
    );
    assertEquals(child.own, [
      "stdout: from a child\n",
      "stderr: wrong\n",
      "execute_result: 1",
    ]);
    const id = await kernel.begin("const name = prompt('Who?'); name", "b", { allow_stdin: true });
    const asked = await kernel.next("stdin");
    assertEquals([asked.header.msg_type, asked.content.prompt], ["input_request", "Who? "]);
    await kernel.send("input_reply", { value: "Ada" }, { channel: "stdin" });
    await kernel.next("shell");
    assertEquals((await kernel.untilIdle(id)).map(lineOf).at(-1), 'execute_result: "Ada"');
    assertEquals((await kernel.run("prompt('Who?')", "c", { allow_stdin: false })).own, [
      "execute_result: null",
    ]);
    const shown = await kernel.run(
      "await Deno.jupyter.display('one', { display_id: 'd' });\n" +
        "await Deno.jupyter.display('two', { display_id: 'd', update: true });\n" +
        "Deno.jupyter.html`<b>${3}</b>`",
      "e",
    );
    assertEquals(shown.own, [
      'display_data: "one"',
      'update_display_data: "two"',
      "execute_result: text/html",
    ]);
  });
});
