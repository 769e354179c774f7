import { assertEquals } from "@std/assert";
import { type CodeCell, formatNotebook } from "../../lib/notebook/ipynb.ts";
import { runNotebook } from "../../lib/notebook/run_notebook.ts";
import { inFolder } from "../cli/command.ts";
import { notebookOf } from "../support/notebooks.ts";
import { jupyterRequirement } from "../support/requirements.ts";
import { executeInKernel, outlines } from "./kernel.ts";

const { ignore } = jupyterRequirement();

/** Cells whose outputs must be the same in the kernel, which shows neither bigints nor NaN, and here. */
const SOURCES = [
  'import { matrix } from "resolvent";\nimport { openStudy, show } from "resolvent/notebook";',
  "const a = matrix(2, 2, [1, 2, 3, 4]);",
  "a;",
  "a.rows // a comment",
  "a.rows; const later = 1;",
  "if (a.rows > 1) { later + 1; } else later;",
  "let sum = 0;\nfor (let i = 0; i < 4; i++) sum += i;",
  "{ const inner = 3; inner * 2; }",
  "{ a: 1, b: [2] }",
  "function double(x: number): number {\n  return 2 * x;\n}\ntype Pair = [number, number];",
  "const [first, { second }] = [double(2), { second: 5 }] as const;\n[first, second] as Pair",
  "`a template\nover ${first} lines`",
  '"text"',
  "null",
  "undefined",
  "[1, 2].forEach((x) => console.log(x));",
  "async function later2(): Promise<string> {\n  await 1;\n  return 'done';\n}\nlater2()",
  "await later2()",
  'console.log("out", { a: 1 }, [1.5]);\nconsole.warn("err");\nconsole.log("again");\n7',
  "console.table([{ a: 1, b: 2 }]);",
  'console.group("g");\nconsole.log("inside");\nconsole.groupEnd();\nconsole.info("%s is %d", "x", 3);',
  '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>b</b>", "text/plain": "b" }) })',
  'await show({ async [Symbol.for("Jupyter.display")]() {\n  await 1;\n  return { "text/html": "c" };\n} }, { id: "c" });',
  'console.log("before");\nawait show(Promise.resolve([1]));\nconsole.log("after");\n"value"',
  'await show("updated", { id: "c", update: true });',
  "new Map([[1, { deep: { deeper: { deepest: 1 } } }]])",
  "class Point {\n  x = 1;\n}\nnew Point()",
  "Symbol.for('s')",
  "new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])",
  'const study = openStudy("spectral-updates-when", { seed: 7 });',
  'await study.decide(study.declared("band-counterexample"), () => 1.5, { control: () => 1 })',
  "enum Colour {\n  Red,\n}\nColour.Red;",
  "new Promise((_, reject) => setTimeout(() => reject(new RangeError('late')), 5)).catch(() => 8)",
  "double(second);",
];

/** How far a computation was, which is told to the one who waits, emptied at the end, and not stored. */
const PROGRESS = /^display_data: (text\/html= text\/plain=|text\/plain=.*: \d+ of \d+)$/;

Deno.test({
  name: "runNotebook() captures what Deno's kernel shows",
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      const notebook = notebookOf(SOURCES, "capture");
      await Deno.writeTextFile(`${folder}/capture.ipynb`, formatNotebook(notebook));
      const run = await runNotebook(`${folder}/capture.ipynb`);
      assertEquals(run.error, null);
      const captured = run.notebook.cells as readonly CodeCell[];
      const shown = await executeInKernel(notebook);
      SOURCES.forEach((source, at) => {
        const expected = outlines(shown[at]).filter((line) => !PROGRESS.test(line));
        assertEquals(outlines(captured[at]), expected, source);
      });
    }),
});
