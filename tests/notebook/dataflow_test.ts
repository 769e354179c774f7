import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cellFunction } from "../../lib/notebook/compile_cell.ts";
import { Dataflow, type DataflowOptions, type Ran } from "../../lib/notebook/dataflow.ts";

/** A dataflow in which cells have been run in their order. */
async function opened(cells: readonly string[], options: DataflowOptions = {}): Promise<Dataflow> {
  const flow = await Dataflow.open(options);
  for (const [at, source] of cells.entries()) await flow.run(`${at + 1}`, source);
  return flow;
}

/** Outcomes in short. */
function short(ran: readonly Ran[]): unknown[] {
  return ran.map(({ id, outcome }) => [
    id,
    outcome.status === "value"
      ? outcome.value
      : outcome.status === "error"
      ? String((outcome.error as Error).message)
      : outcome.status === "blocked"
      ? outcome.message
      : outcome.status,
  ]);
}

Deno.test("Dataflow.run() runs dependants once each in their order", async () => {
  const flow = await opened(["const a = 1; a", "const b = a + 1; b", "const c = a + b; c", "7"]);
  assertEquals(short(await flow.run("1", "const a = 5; a")), [["1", 5], ["2", 6], ["3", 11]]);
});

Deno.test("Dataflow.run() runs a cell by itself once a name that it reads is defined", async () => {
  const flow = await Dataflow.open();
  assertEquals(short(await flow.run("1", "a + 1")), [["1", "a is not defined"]]);
  assertEquals(short(await flow.run("2", "const a = 1; a")), [["2", 1], ["1", 2]]);
});

Deno.test("Dataflow.remove() takes names away until the cell runs again", async () => {
  const flow = await opened(["const a = 1; a", "a + 1"]);
  assertEquals(short(await flow.remove("1")), [["2", "a is not defined"]]);
  assertEquals(short(await flow.run("1", "const a = 3; a")), [["1", 3], ["2", 4]]);
});

Deno.test("Dataflow stops errors at the cell that failed", async () => {
  const flow = await opened(["const a = 1; a", "const b = a; b", "b"]);
  const message = "did not run as a of cell 1 failed";
  assertEquals(short(await flow.run("1", "const a = f()")), [
    ["1", "f is not defined"],
    ["2", message],
    ["3", message],
  ]);
});

Deno.test("Dataflow names the cells that define one name, and mends them by itself", async () => {
  const flow = await opened(["const a = 1; a", "a", "const a = 2"]);
  const statuses = [...flow.outcomes().values()].map(({ status }) => status);
  assertEquals(statuses, ["error", "blocked", "error"]);
  const error = flow.outcomes().get("1") as { error: Error };
  assertStringIncludes(error.error.message, "a is in cell 1 and cell 3");
  assertEquals(short(await flow.run("3", "3")).toSorted(), [["1", 1], ["2", 1], ["3", 3]]);
});

Deno.test("Dataflow refuses circles and assignments, and warns of changes", async () => {
  const flow = await opened(["const a = b", "const b = a", "let c = [1]", "c = 2", "c.push(2)"]);
  const [first, , , fourth, fifth] = [...flow.outcomes().values()];
  assertStringIncludes((first as { error: Error }).error.message, "cell 1 reads b of cell 2");
  assertStringIncludes((fourth as { error: Error }).error.message, "only cell 3 may assign");
  assertStringIncludes((fifth as unknown as { warnings: string[] }).warnings[0], "c of cell 3");
});

Deno.test("Dataflow marks lazy cells stale and runs stale ancestors first", async () => {
  const flow = await opened(["const a = 1; a", "const b = a; b", "b"]);
  flow.setMode("2", "lazy");
  assertEquals(short(await flow.run("1", "const a = 2; a")), [["1", 2], ["2", "stale"], [
    "3",
    "stale",
  ]]);
  assertEquals(short(await flow.run("3")), [["2", 2], ["3", 2]]);
});

Deno.test("Dataflow keeps the values of frozen cells", async () => {
  const flow = await opened(["const a = 1; a", "const b = a; b", "b"]);
  flow.setMode("2", "frozen");
  assertEquals(short(await flow.run("1", "const a = 2; a")), [["1", 2]]);
  assertEquals(short(await flow.run("2")), [["2", 2], ["3", 2]]);
});

/** What a dataflow is told of the cells of another: values of all but some. */
function elsewhere(flow: Dataflow, sources: readonly string[], without: readonly string[]) {
  const names = flow.currentNames();
  return sources.map((source, i) => {
    const id = String(i + 1);
    return { id, source, ...without.includes(id) ? {} : { names: names.get(id) } };
  });
}

Deno.test("Dataflow takes cells over: those without values run once, and their readers do not", async () => {
  const sources = ["const a = 1; a", "const b = a + 1; b", "const c = b * 10; c", "c + a"];
  const flow = await Dataflow.open();
  assertEquals([...flow.know(elsewhere(await opened(sources), sources, ["2"]))], []);
  assertEquals(short(await flow.run("5", "b + c")), [["2", 2], ["5", 22]]);
  assertEquals(short(await flow.run("1", "const a = 5; a")).toSorted(), [
    ["1", 5],
    ["2", 6],
    ["3", 60],
    ["4", 65],
    ["5", 66],
  ]);
});

Deno.test("Dataflow runs what reads a cell that had not ended elsewhere", async () => {
  const sources = ["const a = 1; a", "const b = a + 1; b", "const c = b * 10; c"];
  const flow = await Dataflow.open();
  const known = elsewhere(await opened(sources), sources, ["2", "3"]);
  assertEquals([...flow.know(known, new Set(["2"]))], ["3"]);
  const ran = short(await flow.run("4", "b + 1"));
  assertEquals(ran.toSorted(), [["2", 2], ["3", 20], ["4", 3]]);
});

Deno.test("Dataflow revives what follows by itself, and nothing that needs a cell that hung", async () => {
  const sources = ["const a = 1; a", "a + 1", "const h = a; h", "h + a", "a + 2"];
  const flow = await Dataflow.open();
  flow.setMode("5", "lazy");
  flow.know(elsewhere(await opened(sources), sources, []), new Set(["3"]));
  assertEquals(short(await flow.revive(new Set(["1"]), new Set(["3"]))), [["1", 1], ["2", 2]]);
});

Deno.test("Dataflow has as current only what follows from what cells hold now", async () => {
  const sources = ["const a = 1; a", "const b = a; b", "const c = b; c", "const d = 4; d"];
  const flow = await opened(sources);
  assertEquals([...flow.currentNames().keys()], ["1", "2", "3", "4"]);
  flow.setMode("2", "lazy");
  await flow.run("1", "const a = 2; a");
  assertEquals([...flow.currentNames().keys()], ["1", "4"]);
});

Deno.test("Dataflow has not as current what waits for a cell that runs", async () => {
  const waits = "if (a > 1) await new Promise(() => {}); const b = a; b";
  const flow = await opened(["const a = 1; a", waits, "const c = b; c", "const d = c; d"]);
  void flow.run("1", "const a = 2; a");
  await flow.run("5", "const e = 1");
  assertEquals([...flow.currentNames().keys()], ["1", "5"]);
});

Deno.test("Dataflow drops the result of a run that a newer one interrupts", async () => {
  const flow = await opened(["const wait = new Promise(() => {}); 0"]);
  const old = flow.run("2", "await wait");
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(short(await flow.run("2", "5")).at(-1), ["2", 5]);
  assertEquals(short(await old)[0], ["2", "dropped"]);
});

Deno.test("Dataflow runs 100 cells of a line in under a second", async () => {
  const start = performance.now();
  await opened(Array.from({ length: 100 }, (_, i) => `const v${i} = ${i ? `v${i - 1} + 1` : 0}`));
  const taken = performance.now() - start;
  console.log(`    ${(taken / 100).toFixed(2)} ms a cell, of 10 allowed`);
  assert(taken < 3000); // a busy machine is given three times the limit
});

Deno.test("Dataflow runs readers for every value of a generator, and ends it when it runs again", async () => {
  const seen: unknown[] = [];
  const flow = await Dataflow.open({
    onOutcome: ({ id, outcome }) =>
      id === "2" && outcome.status === "value" && seen.push(outcome.value),
  });
  await flow.run("2", "g * 10");
  const ends: string[] = [];
  Object.assign(globalThis, { endsOfTest: ends });
  const body = "let i = 0; while (true) yield ++i } finally { endsOfTest.push('end') } })()";
  await flow.run("1", `const g = (function* () { try { ${body}`);
  while (seen.length < 5) await new Promise((resolve) => setTimeout(resolve, 1));
  assertEquals(seen.slice(0, 5), [10, 20, 30, 40, 50]);
  await flow.run("1", "const g = (async function* () { yield 7; yield 8 })()");
  while (seen.at(-1) !== 80) await new Promise((resolve) => setTimeout(resolve, 1));
  assertEquals([seen.slice(-2), ends], [[70, 80], ["end"]]);
});

Deno.test("Dataflow gives a run a signal, which says when a newer one or none takes its place", async () => {
  const signals: Record<string, AbortSignal[]> = {};
  const flow = await Dataflow.open({
    evaluate: ({ id }, compiled, inputs, { signal }) => {
      (signals[id] ??= []).push(signal);
      return cellFunction(compiled, Object.keys(inputs))(...Object.values(inputs));
    },
  });
  const over = (id: string) => signals[id].map(({ aborted }) => aborted);
  await flow.run("1", "const a = 1");
  await flow.run("2", "a + 1");
  assertEquals([over("1"), over("2")], [[false], [false]]);
  await flow.run("1", "const a = 2");
  assertEquals([over("1"), over("2")], [[true, false], [true, false]]);
  await flow.run("1", "const a = f()"); // what reads it does not run, and what it ran with is over
  assertEquals([over("1"), over("2")], [[true, true, true], [true, true]]);
  // a run that has not ended is told as well
  const waiting = flow.run("3", "await new Promise(() => {})");
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(over("3"), [false]);
  await flow.run("3", "3");
  await waiting;
  assertEquals(over("3"), [true, false]);
  await flow.remove("3");
  assertEquals(over("3"), [true, true]);
});
