import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { cellsHash, resolventMetadata } from "../../lib/notebook/cells_hash.ts";
import { parseNotebook, writeNotebook } from "../../lib/notebook/ipynb.ts";
import { formatNotebook } from "../../lib/notebook/ipynb.ts";
import {
  type ExecutedNotebook,
  runNotebook,
  type RunOptions,
} from "../../lib/notebook/run_notebook.ts";
import { outlines } from "../jupyter/kernel.ts";
import { notebookOf } from "../support/notebooks.ts";

/** Runs cells from a file of their own. */
async function run(sources: readonly string[], options?: RunOptions): Promise<ExecutedNotebook> {
  const folder = await Deno.makeTempDir();
  try {
    await writeNotebook(`${folder}/a-test.ipynb`, notebookOf(sources));
    return await runNotebook(`${folder}/a-test.ipynb`, options);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Outputs of each code cell, an output as one line. */
function outputs({ notebook }: ExecutedNotebook): string[][] {
  return notebook.cells.flatMap((cell) => cell.cell_type === "code" ? [outlines(cell)] : []);
}

Deno.test("runNotebook() captures text, values and displays as a front end would", async () => {
  const executed = await run([
    'import { show } from "resolvent/notebook";\nimport { matrix } from "resolvent";',
    "# prose",
    'console.log("a");\nconsole.log("b");\nconsole.error("c");\nmatrix(1, 2, [3, 4]).data',
    "Promise.resolve(null)",
    'await show({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>x</b>" }) }, { id: "x" })',
    'await show("second", { id: "x", update: true });\nawait show("never", { id: "y", update: true });',
    '({ async [Symbol.for("Jupyter.display")]() { await 1; return { "text/html": "y" } } })',
    'console.log("50%\\r99%"); for (let i = 0; i < 3; i++) i;',
    "undefined",
  ]);
  assertEquals(executed.status, "complete");
  assertEquals(outputs(executed), [
    [],
    ["stdout: a\nb\n", "stderr: c\n", "execute_result: text/plain=Float64Array(2) [ 3, 4 ]"],
    [],
    ['display_data: text/plain="second"'],
    [],
    ["execute_result: text/html=y"],
    ["stdout: 99%\n", "execute_result: text/plain=2"],
    [],
  ]);
  const { notebook } = executed;
  assertEquals(parseNotebook(formatNotebook(notebook), "the result"), notebook, "valid nbformat");
  assertEquals(resolventMetadata(notebook), { slug: "a-test", cells: cellsHash(notebook) });
  const counts = notebook.cells.flatMap((cell) =>
    cell.cell_type === "code" ? [cell.execution_count] : []
  );
  assertEquals(counts, [1, 2, 3, 4, 5, 6, 7, 8]);
  assertEquals(executed.cells.map(({ cell, id }) => `${cell} ${id}`).slice(0, 2), ["1 c1", "2 c3"]);
  assert(executed.cells.every(({ seconds }) => seconds >= 0 && seconds < 60));
});

Deno.test("runNotebook() stops at a cell that throws, and names cell and line with the causes", async () => {
  const executed = await run([
    "1",
    "function f(x: number) {\n" +
    '  if (x > 1) throw new RangeError("too large", { cause: new Error("why") });\n}',
    'console.log("before");\n\nf(3);',
    "4",
  ]);
  assertEquals(executed.status, "failed");
  assertEquals(outputs(executed), [
    ["execute_result: text/plain=1"],
    [],
    ["stdout: before\n", "error: RangeError: too large"],
    [],
  ]);
  assertEquals(executed.error, [
    "RangeError: too large",
    "    at f (cell 2 (c2), line 2, column 20)",
    "    at cell 3 (c3), line 3, column 1",
    "Caused by Error: why",
    "    at f (cell 2 (c2), line 2, column 57)",
    "    at cell 3 (c3), line 3, column 1",
  ]);
  const last = executed.notebook.cells[3];
  assert(last.cell_type === "code" && last.execution_count === null);
  assertEquals(resolventMetadata(executed.notebook).cells, undefined, "no hash of a failed run");
});

const FAILING: readonly (readonly [string, readonly string[], RegExp, number])[] = [
  ["a rejected value", ["1", 'Promise.reject(new TypeError("no"))'], /^TypeError: no$/, 2],
  ["a thrown text", ['throw "a text"'], /^Error: a text$/, 1],
  [
    "an import that fails",
    ['import { nothing } from "resolvent";\nnothing'],
    /^SyntaxError: .* export named 'nothing' at cell 1 \(c1\), line 1, column 10$/,
    1,
  ],
  ["an exit", ["1", "Deno.exit(3)"], /^Error: the process ended .* \(exit code 3\)$/, 2],
  ["an exit without an error", ["Deno.exit(0)"], /\(exit code 0\)$/, 1],
  [
    "a wait that never ends",
    ["await new Promise(() => {})"],
    /the process ended|never resolved/,
    1,
  ],
];

for (const [what, sources, message, cell] of FAILING) {
  Deno.test(`runNotebook() fails at ${what}`, async () => {
    const executed = await run(sources);
    assertEquals(executed.status, "failed");
    assertMatch(executed.error?.[0] ?? "", message);
    assertStringIncludes(outputs(executed)[cell - 1].at(-1) ?? "", "error: ");
  });
}

Deno.test("runNotebook() fails at an error that no cell waits for, and shows it", async () => {
  const executed = await run([
    'Promise.reject(new Error("late"));\nawait new Promise((done) => setTimeout(done, 20));',
    "2",
  ]);
  assertEquals(executed.status, "failed");
  const [first, second] = outputs(executed);
  assertStringIncludes(first[0], "stderr: Uncaught (no cell waits for it) Error: late");
  assertEquals(second, ["execute_result: text/plain=2"]);
});

Deno.test("runNotebook() passes profile and seed, and keeps those of this process out", async () => {
  Deno.env.set("RESOLVENT_SEED", "99");
  try {
    const cell = '[Deno.env.get("RESOLVENT_PROFILE"), Deno.env.get("RESOLVENT_SEED")].join("|")';
    const plain = await run([cell]);
    assertEquals(outputs(plain), [['execute_result: text/plain="|"']]);
    const given = await run([cell], { profile: "full", seed: "5" });
    assertEquals(outputs(given), [['execute_result: text/plain="full|5"']]);
  } finally {
    Deno.env.delete("RESOLVENT_SEED");
  }
});

Deno.test("runNotebook() passes the backend, and tells what was used, also where a cell fails", async () => {
  const chooses = 'import { backend } from "resolvent";\nawait backend();';
  const executed = await run([chooses], { backend: "cpu" });
  assertEquals([executed.status, executed.backend?.name], ["complete", "cpu"]);
  const failed = await run([chooses, 'throw new Error("no");'], { backend: "cpu" });
  assertEquals([failed.status, failed.backend?.name], ["failed", "cpu"]);
  assertEquals((await run(["1"], { backend: "cpu" })).backend, null);
});

Deno.test("runNotebook() hands on what is written past the notebook, and tells of events", async () => {
  let [raw, events] = ["", ""];
  await run(['Deno.stdout.writeSync(new TextEncoder().encode("past"));\n1'], {
    onRaw: (text) => raw += text,
    onEvent: ({ type }) => events += `${type} `,
  });
  assertEquals(raw, "past");
  assertEquals(events, "begin result end done ");
});

Deno.test("runNotebook() tells of progress, and does not store it", async () => {
  const ids: (string | undefined)[] = [];
  const executed = await run([
    'import { progress } from "resolvent";\nconst shown = progress({ total: 2, label: "seeds" });\n' +
    "shown.tick(2);\nawait shown.finish();\n1",
  ], { onEvent: (event) => void (event.type === "display" && ids.push(event.id)) });
  assertEquals(outputs(executed), [["execute_result: text/plain=1"]]);
  assert(ids.length > 0 && ids.every((id) => id?.startsWith("progress-")));
});

Deno.test("runNotebook() keeps a flood in order", async () => {
  const lines = 20_000;
  const executed = await run([
    `for (let i = 0; i < ${lines}; i++) console.log("line " + i);\n"end"`,
  ]);
  const text = Array.from({ length: lines }, (_, i) => `line ${i}\n`).join("");
  assertEquals(outputs(executed)[0], [`stdout: ${text}`, 'execute_result: text/plain="end"']);
});

Deno.test("runNotebook() ends an endless loop when it is aborted, and keeps what is done", async () => {
  const controller = new AbortController();
  const executed = await run(['console.log("here");\n1', "for (;;);", "3"], {
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === "begin" && event.cell === 2) controller.abort();
    },
  });
  assertEquals(executed.status, "interrupted");
  assertEquals(outputs(executed), [
    ["stdout: here\n", "execute_result: text/plain=1"],
    ["error: Interrupted: the run was interrupted"],
    [],
  ]);
  assertEquals(executed.error?.[1], "    at cell 2 (c2)");
});

Deno.test("runNotebook() refuses a malformed notebook and a name that is no file name", async () => {
  const path = await Deno.makeTempFile({ suffix: ".ipynb" });
  try {
    await assertRejects(() => runNotebook(path), TypeError, "the file must hold JSON");
    await writeNotebook(path, notebookOf(["1"], "../elsewhere"));
    await assertRejects(() => runNotebook(path), TypeError, 'the name is "../elsewhere"');
  } finally {
    await Deno.remove(path);
  }
});
