/**
 * Interrupts: cells stop, else their values are saved and their process ends, else it just ends.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { KernelClient, lineOf } from "./kernel_client.ts";
import { move, opened, shownIn } from "./widgets.ts";

/** A loop that does not ask whether it is to stop. */
const TIGHT = { tags: ["tight"] };

/** Interrupts a cell a little after it has begun; returns what it shows and the seconds it took. */
async function interrupted(kernel: KernelClient, code: string, metadata = {}) {
  const id = await kernel.begin(code, "loop", {}, metadata);
  await new Promise((done) => setTimeout(done, 300));
  const start = performance.now();
  assertEquals((await kernel.ask("interrupt_request", {}, { channel: "control" })).status, "ok");
  const answer = await kernel.next("shell");
  const seconds = (performance.now() - start) / 1000;
  const lines = (await kernel.untilIdle(id)).map(lineOf);
  return { answer: answer.content, lines, seconds };
}

Deno.test("an interrupt stops loops and awaits, and keeps all values", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run("const kept = { a: 1 }", "a");
  const codes = [
    "for (;;) {}",
    "let n = 0; while (true) n++;",
    "do { await null; } while (true)",
    "await new Promise(() => {})",
    "const f = () => { for (const _ of [1, 2]) while (1); }; f()",
    "for (;;) console.log('x')",
    "try { for (;;); } finally { console.log('tidied') }",
  ];
  for (const code of codes) {
    const { answer, seconds } = await interrupted(kernel, code);
    assertEquals([answer.status, answer.ename], ["error", "Interrupted"], code);
    assert(seconds < 1.5, `${code}: ${seconds} s`);
  }
  assertEquals((await kernel.run("kept", "b")).own, ["execute_result: { a: 1 }"]);
});

Deno.test("an interrupt ends what workers compute", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run('import { onWorkers } from "resolvent"', "import");
  const busy = "(n: number) => { for (const end = Date.now() + 60_000; Date.now() < end;) n++; }";
  const code = `await Promise.all(Array.from({ length: 40 }, (_, i) => onWorkers(${busy})(i)))`;
  const { answer, lines } = await interrupted(kernel, code);
  assertEquals([answer.ename, lines.filter((line) => line.startsWith("std"))], ["Interrupted", []]);
  const start = performance.now();
  const after = await kernel.run("await onWorkers((n: number) => n + 1)(1)", "after");
  assertEquals(after.own, ["execute_result: 2"]);
  assert(performance.now() - start < 10_000, "the workers are free");
});

Deno.test("what does not stop loses its process; values of plain data are saved", async () => {
  await using kernel = await KernelClient.start();
  const once = "console.log('ran'); ";
  await kernel.run('import { rng } from "resolvent"', "import");
  await kernel.run(`${once}const data = { x: Float64Array.of(1, 2), k: rng(3) }`, "data");
  await kernel.run(`${once}const twice = (n: number) => 2 * n`, "function");
  await kernel.run(`${once}const both = twice(data.x[1]); both`, "both");
  const { own: [draw] } = await kernel.run("data.k.normal(1)[0]", "draw");
  const { answer, seconds, lines } = await interrupted(kernel, "for (;;) {}", TIGHT);
  assertEquals([answer.status, answer.ename], ["error", "ProcessEnded"]);
  assertStringIncludes(String(answer.evalue), "as the cell did not stop when it was asked to. ");
  assertStringIncludes(String(answer.evalue), "Saved: the values of data, both.");
  assertStringIncludes(String(answer.evalue), "Lost: the values of rng, twice. Their cells run");
  assertEquals(lines.filter((line) => line.startsWith("error")).length, 1);
  assert(seconds > 1.9 && seconds < 6, `${seconds} s`);
  const saved = await kernel.run("[both, data.x[0]]", "reader");
  assertEquals([saved.own, saved.others], [["execute_result: [ 4, 1 ]"], []], "nothing ran");
  assertEquals((await kernel.run("data.k.normal(1)[0]", "draw")).own, [draw]);
  // a cell that is needed runs again, and those that read it have the same as before
  const needed = await kernel.run("twice(both)", "needs");
  assertEquals([needed.own, needed.others.filter((line) => !line.includes("clear"))], [
    ["execute_result: 8"],
    ["function stdout: ran\n"],
  ]);
  // what is saved is a value as any other: a new one runs its readers
  const edited = await kernel.run("const data = { x: [0, 50], k: rng(1) }", "data");
  assertEquals(edited.others.filter((line) => /^both (stdout|ex)/.test(line)), [
    "both stdout: ran\n",
    "both execute_result: 100",
  ]);
});

Deno.test("values that follow from what has changed since are not saved", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run("const a = 1", "a");
  await kernel.run("if (a > 1) for (;;); const b = a + 1", "b", {}, TIGHT);
  await kernel.run("const c = b + 1; c", "c");
  const id = await kernel.begin("const a = 5", "a");
  await new Promise((done) => setTimeout(done, 300));
  await kernel.ask("interrupt_request", {}, { channel: "control" });
  const { content } = await kernel.next("shell");
  assertStringIncludes(String(content.evalue), "Saved: the values of a. Lost: the values of b, c.");
  const shown = [...await kernel.untilIdle(id)];
  const errors = shown.filter(({ header }) => header.msg_type === "error");
  assertEquals(errors.map((message) => kernel.cellOf(message)), ["b"], "the cell that hung");
  const ofC = () => shown.filter((one) => kernel.cellOf(one) === "c").map(lineOf).join();
  while (!ofC().includes("has changed")) shown.push(await kernel.broadcast());
  await kernel.run("const b = a * 10", "b");
  assertEquals((await kernel.run("c", "d")).own, ["execute_result: 51"]);
});

Deno.test("native code cannot be held: its process ends, and nothing is saved", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run("const base = 2; console.log('base ran')", "a");
  const c = '{ sleep: { parameters: ["u32"], result: "u32" } }';
  const waits = `Deno.dlopen("libc.so.6", ${c}).symbols.sleep(60)`;
  const { answer, seconds } = await interrupted(kernel, waits);
  assertMatch(
    String(answer.evalue),
    /values could not be saved \(Cannot hold the process as it runs no line of JavaScript\)\. Lost: the values of base\./,
  );
  assert(seconds > 4.9 && seconds < 9, `${seconds} s`);
  const after = await kernel.run("base + 1", "c");
  assertEquals(after.own, ["execute_result: 3"]);
  assertEquals(after.others.filter((line) => !line.includes("clear")), ["a stdout: base ran\n"]);
});

Deno.test("a second interrupt does not wait", async () => {
  await using kernel = await KernelClient.start();
  await kernel.begin("for (;;) {}", "loop", {}, TIGHT);
  await new Promise((done) => setTimeout(done, 300));
  const start = performance.now();
  for (let i = 0; i < 2; i++) await kernel.ask("interrupt_request", {}, { channel: "control" });
  assertEquals((await kernel.next("shell")).content.ename, "ProcessEnded");
  assert(performance.now() - start < 1900, `${performance.now() - start} ms`);
});

Deno.test("inputs go on with their values in the process that takes the place of another", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run('import { input } from "resolvent/notebook"', "import");
  const { messages } = await kernel.run(
    "const k = input.range({ min: 0, max: 10, step: 1, value: 3 })",
    "input",
  );
  await kernel.run("k * k", "square");
  await kernel.run("if (k > 5) for (;;); const small = k", "hangs", {}, TIGHT);
  await kernel.run("small + 1", "after");
  const [comm] = opened(messages);
  const moving = move(kernel, comm, { value: 7 });
  await new Promise((done) => setTimeout(done, 500));
  await kernel.ask("interrupt_request", {}, { channel: "control" });
  // without a request of a cell the one that hangs says it
  const ended = await moving;
  const errors = ended.filter(({ header }) => header.msg_type === "error");
  assertEquals(errors.map((message) => kernel.cellOf(message)), ["hangs"]);
  assertStringIncludes(lineOf(errors[0]), "ProcessEnded");
  const shown = ended.slice(ended.indexOf(errors[0]));
  while (!shownIn(shown).includes("execute_result: 49")) shown.push(await kernel.broadcast());
  const [again] = opened(shown);
  assert(again !== undefined && again !== comm, "the input is shown anew");
  assertEquals(
    shownIn(await move(kernel, again, { value: 2 })).includes("execute_result: 4"),
    true,
  );
  assertEquals(shownIn((await kernel.run("[k, small]", "last")).messages), [
    "execute_result: [ 2, 2 ]",
  ]);
});
