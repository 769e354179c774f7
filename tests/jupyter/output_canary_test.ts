import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { CodeCell } from "../../lib/notebook/ipynb.ts";
import { notebookOf } from "../support/notebooks.ts";
import { jupyterRequirement } from "../support/requirements.ts";
import { executeInKernel, outlines, withBusyCore } from "./kernel.ts";

const { ignore } = jupyterRequirement();

const IMPORT = 'import { show } from "resolvent/notebook";';
const RESULTS = 300;
const FLOODS = [2000, 2000, 2000, 2000, 2000, 10000];

/** A cell that writes lines and ends in a value. */
function flood(lines: number, at: number): string {
  return `for (let i = 0; i < ${lines}; i++) console.log("flood ${at} line " + i);\n"end ${at}"`;
}

/** Cells of results, then floods. */
function canary(): readonly string[] {
  const results = Array.from({ length: RESULTS }, (_, i) => `${i} * 1`);
  return [IMPORT, ...results, ...FLOODS.map(flood)];
}

/** Throws unless each cell has exactly its own outputs. */
function assertNothingLost(cells: readonly CodeCell[]): void {
  const found = cells.map(outlines);
  assertEquals(found[0], []);
  const results = found.slice(1, RESULTS + 1);
  assertEquals(results, results.map((_, i) => [`execute_result: text/plain=${i}`]));
  FLOODS.forEach((lines, at) => {
    const text = Array.from({ length: lines }, (_, i) => `flood ${at} line ${i}\n`).join("");
    assertEquals(found[RESULTS + 1 + at], [
      `stdout: ${text}`,
      `execute_result: text/plain="end ${at}"`,
    ]);
  });
}

Deno.test({
  name: "installGuard() loses no output of 300 results and six floods",
  ignore,
  fn: async () => assertNothingLost(await executeInKernel(notebookOf(canary()))),
});

Deno.test({
  name: "installGuard() loses no output while a core is busy",
  ignore,
  fn: () =>
    withBusyCore(async () => assertNothingLost(await executeInKernel(notebookOf(canary())))),
});

Deno.test({
  name: "installGuard() keeps order, awaits promises, and shows what a throwing cell wrote",
  ignore,
  fn: async () => {
    const cells = await executeInKernel(
      notebookOf([
        IMPORT,
        'console.log("a"); await show({ x: 1 }); console.log("b"); 5',
        "Promise.resolve(7)",
        'Promise.reject(new RangeError("no"))',
        'for (let i = 0; i < 3; i++) console.log("line " + i);\nthrow new TypeError("thrown")',
        "await 1; console.log('before'); throw 'a text'",
        'setTimeout(() => { throw new Error("late") }, 1);\nawait new Promise((r) => setTimeout(r, 40));\n1',
        "console.table([{ a: 1 }]); console.warn('careful')",
        'await show(Promise.resolve("p"), { id: "one" })',
        'await show("q", { id: "one", update: true })',
        'await import("resolvent/notebook"); // again: it stands already\n2',
        "null",
      ]),
      { allowErrors: true },
    );
    const found = cells.map(outlines);
    assertEquals(found[1], [
      "stdout: a\n",
      "display_data: text/plain={ x: 1 }",
      "stdout: b\n",
      "execute_result: text/plain=5",
    ]);
    assertEquals(found[2], ["execute_result: text/plain=7"]);
    assertEquals(found[3].at(-1), "error: RangeError: no");
    assertEquals(found[4], ["stdout: line 0\nline 1\nline 2\n", "error: TypeError: thrown"]);
    assertEquals(found[5], ["stdout: before\n", "error: Error: a text"]);
    assertStringIncludes(found[6][0], "stderr: Uncaught (no cell waits for it) Error: late");
    assertEquals(found[6].slice(1), ["execute_result: text/plain=1"]);
    assertStringIncludes(found[7][0], "│ (idx) │ a │");
    assertEquals(found[7][1], "stderr: careful\n");
    assertEquals(found[8], ['display_data: text/plain="q"'], "an update reaches the earlier cell");
    assertEquals(found[9], []);
    assertEquals(found[10], ["execute_result: text/plain=2"]);
    assertEquals(found[11], []);
  },
});

Deno.test({
  name: "installGuard() is loud where Deno has not what it needs",
  ignore,
  fn: async () => {
    const [, second] = await executeInKernel(notebookOf([
      "const kernel = Deno[Deno.internal].jupyter;\nconst kept = kernel.broadcastResult;\n" +
      "delete kernel.broadcastResult;",
      'await import("resolvent/notebook");\nkernel.broadcastResult = kept;\nawait new Promise((r) => setTimeout(r, 100));',
    ]));
    const text = outlines(second).join("\n");
    assert(text.startsWith("stderr: Cannot guard the outputs of this notebook"), text);
    assertStringIncludes(text, Deno.version.deno);
  },
});
