/**
 * Ways to break code: formatting, rules, imports, tests and benches.
 *
 * @module
 */
import type { Breaks } from "./breaks.ts";

/** A notebook of one code cell. */
export function notebookOf(source: string): string {
  const cell = {
    cell_type: "code",
    execution_count: null,
    id: "only",
    metadata: {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  };
  const metadata = {
    kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
    language_info: { file_extension: ".ts", name: "typescript" },
  };
  return JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }, null, 1) +
    "\n";
}

/** A change that puts a whole file in place. */
export function put(text: string): () => string {
  return () => text;
}

/** A change that replaces one text by another. */
export function swap(from: string | RegExp, to: string): (before: string) => string {
  return (before) => before.replace(from, to);
}

/** A module with one function whose body is given. */
function moduleOf(body: string): string {
  return `/** Breaks a rule. */\nexport function broken(): unknown {\n  ${body}\n}\n`;
}

/** A part of the tree that is tested in a moment: the ground of lib and its own page. */
function isGround(path: string): boolean {
  return /^(deno\.json|lib\/[a-z]+\.ts|lib\/(notebook|cli)\/.*|tests\/std_assert\/.*)$/.test(path);
}

/** Leaves of mod.ts what the ground of lib exports, and adds a page and a test. */
async function prepareGround(root: string): Promise<void> {
  await Deno.writeTextFile(
    `${root}/mod.ts`,
    'export { isMatrix, type Matrix, matrix } from "./lib/matrix.ts";\n',
  );
  for (const folder of ["notebook", "cli"]) {
    await Deno.remove(`${root}/lib/${folder}`, { recursive: true });
  }
  await Deno.writeTextFile(
    `${root}/README.md`,
    '```ts\nimport { assert } from "@std/assert";\n\nassert(true);\n```\n',
  );
  await Deno.writeTextFile(
    `${root}/tests/first_test.ts`,
    'import { assert } from "@std/assert";\n\nDeno.test("truth is true", () => assert(true));\n',
  );
}

/** Breaks of the stages that read code. */
export const CODE_BREAKS: readonly Breaks[] = [
  {
    stage: "fmt",
    breaks: [
      {
        name: "a badly formatted module",
        changes: { "lib/broken.ts": put("export const   broken = 1\n") },
        says: /lib\/broken\.ts/,
      },
      {
        name: "a badly formatted page",
        changes: { "README.md": (before) => `${before}\n\n\n*  item\n` },
        says: /README\.md/,
      },
      {
        name: "a badly formatted cell of a notebook",
        changes: { "notebooks/broken.ipynb": put(notebookOf("const   broken = 1")) },
        says: /broken\.ipynb/,
      },
    ],
  },
  {
    stage: "lint",
    breaks: [
      {
        name: "Math.random in lib",
        changes: { "lib/stats/broken.ts": put(moduleOf("return Math.random();")) },
        says: /resolvent\/no-math-random[\s\S]*lib\/stats\/broken\.ts/,
      },
      {
        name: "Math.random in an example",
        changes: { "examples/broken.ts": put(moduleOf("return Math.random();")) },
        says: /resolvent\/no-math-random[\s\S]*examples\/broken\.ts/,
      },
      {
        name: "a clock in lib",
        changes: { "lib/claims/broken.ts": put(moduleOf("return Date.now();")) },
        says: /resolvent\/no-clock/,
      },
      {
        name: "a date of now in lib",
        changes: { "lib/report/broken.ts": put(moduleOf("return new Date();")) },
        says: /resolvent\/no-clock/,
      },
      {
        name: "an arrow at the top",
        changes: { "lib/broken.ts": put("/** One. */\nexport const one = (): number => 1;\n") },
        says: /resolvent\/no-top-level-arrow/,
      },
      {
        name: "an error without the grammar",
        changes: { "lib/broken.ts": put(moduleOf('throw new RangeError("n is not positive.");')) },
        says: /resolvent\/error-text/,
      },
      {
        name: "a rule of Deno",
        changes: { "lib/broken.ts": put(moduleOf("let one = 1;\n  return one;")) },
        says: /prefer-const/,
      },
    ],
  },
  {
    stage: "imports",
    breaks: [
      {
        name: "an import that goes down",
        changes: { "lib/random/broken.ts": put('import "../stats/intervals.ts";\n') },
        says:
          /lib\/random\/broken\.ts imports lib\/stats\/intervals\.ts: random comes before stats/,
      },
      {
        name: "a dynamic import that goes down",
        changes: { "lib/linalg/broken.ts": put('await import("../cli/main.ts");\n') },
        says: /linalg comes before cli/,
      },
      {
        name: "a type from below",
        changes: { "lib/broken.ts": put('export type { Rng } from "./random/types.ts";\n') },
        says: /ground comes before random/,
      },
      {
        name: "a worker from below",
        changes: {
          "lib/random/broken.ts": put('new URL("../run/_worker.ts", import.meta.url);\n'),
        },
        says: /random comes before run/,
      },
      {
        name: "the barrel imported in lib",
        changes: { "lib/report/broken.ts": put('import "../../mod.ts";\n') },
        says: /imports mod\.ts/,
      },
      {
        name: "the package imported in lib",
        changes: { "lib/report/broken.ts": put('import "resolvent";\n') },
        says: /imports resolvent/,
      },
      {
        name: "two files that import each other",
        changes: {
          "lib/stats/one.ts": put('import "./two.ts";\n'),
          "lib/stats/two.ts": put('import "./one.ts";\n'),
        },
        says: /circle: lib\/stats\/one\.ts -> lib\/stats\/two\.ts -> lib\/stats\/one\.ts/,
      },
      {
        name: "a folder without a place",
        changes: { "lib/misc/broken.ts": put("export {};\n") },
        says: /lib\/misc has no place/,
      },
    ],
  },
  {
    stage: "test",
    keep: isGround,
    prepare: prepareGround,
    breaks: [
      {
        name: "a test that fails",
        changes: { "tests/first_test.ts": swap("assert(true)", "assert(false)") },
        says: /truth is true/,
      },
      {
        name: "a fence of a docstring that fails",
        changes: { "lib/matrix.ts": swap("[0, 1, 2, 10, 11, 12]", "[0, 1, 2, 10, 11, 13]") },
        says: /lib\/matrix\.ts/,
      },
      {
        name: "a fence of a page that fails",
        changes: { "README.md": swap("assert(true)", "assert(false)") },
        says: /README\.md/,
      },
      {
        name: "a type error in a test",
        changes: {
          "tests/first_test.ts": (before) => `${before}\nexport const n: number = "n";\n`,
        },
        says: /TS2322/,
      },
      {
        name: "a fence that uses what is not there",
        changes: { "README.md": swap("assert(true)", "assert(isTrue(1))") },
        says: /TS2304/,
      },
    ],
  },
  {
    stage: "bench",
    breaks: [
      {
        name: "a type error in a bench",
        changes: { "tests/bench/broken_bench.ts": put('export const n: number = "n";\n') },
        says: /TS2322/,
      },
    ],
  },
];
