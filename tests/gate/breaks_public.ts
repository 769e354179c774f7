/**
 * Ways to break what users see: weight, documentation, names and the package.
 *
 * @module
 */
import type { Breaks } from "./breaks.ts";
import { put, swap } from "./breaks_code.ts";

/** A change that adds a line at the end. */
function add(line: string): (before: string) => string {
  return (before) => `${before}${line}\n`;
}

/** Breaks of the stages that read the public names. */
export const PUBLIC_BREAKS: readonly Breaks[] = [
  {
    stage: "light",
    breaks: [
      {
        name: "mod.ts that loads jsdom",
        changes: { "mod.ts": add('export { JSDOM } from "jsdom";') },
        says: /mod\.ts loads jsdom, imported by mod\.ts/,
      },
      {
        name: "a file below mod.ts that loads sqlite",
        changes: { "lib/matrix.ts": add('import "node:sqlite";') },
        says: /mod\.ts loads node:sqlite, imported by lib\/matrix\.ts/,
      },
      {
        name: "an import of what is not there",
        changes: { "mod.ts": add('export { gone } from "./lib/gone.ts";') },
        says: /gone\.ts/,
      },
    ],
  },
  {
    stage: "docs",
    breaks: [
      {
        name: "no documentation at all",
        changes: { "mod.ts": add("export function bare(): void {}") },
        says: /missing-jsdoc[\s\S]*bare has no documentation/,
      },
      {
        name: "a parameter without its tag",
        changes: { "lib/matrix.ts": swap(/ \* @param data .*\n/, "") },
        says: /matrix has no @param for its parameter data/,
      },
      {
        name: "a tag with a stale name",
        changes: { "lib/matrix.ts": swap("@param cols", "@param columns") },
        says: /matrix has @param columns where the signature has cols/,
      },
      {
        name: "a tag without a parameter",
        changes: { "lib/matrix.ts": swap(" * @returns", " * @param seed Gone\n * @returns") },
        says: /matrix has a stale @param seed/,
      },
      {
        name: "no @returns",
        changes: { "lib/matrix.ts": swap(/ \* @returns .*\n/, "") },
        says: /matrix has no @returns/,
      },
      {
        name: "a matrix without a shape",
        changes: { "lib/matrix.ts": swap("@returns shape `[rows, cols]`", "@returns the result") },
        says: /matrix has no shape in @returns/,
      },
      {
        name: "no definition",
        changes: { "lib/matrix.ts": swap("**Definition** `A[i, j]", "`A[i, j]") },
        says: /matrix has no \*\*Definition\*\*/,
      },
      {
        name: "no source",
        changes: { "lib/matrix.ts": swap("Source: row-major", "Row-major") },
        says: /matrix has no line "Source/,
      },
      {
        name: "an example that asserts nothing",
        changes: {
          "lib/matrix.ts": (before) => before.replaceAll(/ \* .*assertEquals.*\n/g, ""),
        },
        says: /matrix has no @example[\s\S]*asserts nothing/,
      },
      {
        name: "a fence that is not run",
        changes: { "lib/matrix.ts": swap("```ts", "```ts ignore") },
        says: /lib\/matrix\.ts:\d+ a fence is left out of the tests/,
      },
      {
        name: "a fence without a language",
        changes: { "README.md": add("\n```\ndeno\n```") },
        says: /README\.md:\d+ a fence has no language/,
      },
      {
        name: "a field without documentation",
        changes: { "lib/matrix.ts": swap("  /** Number of rows. */\n", "") },
        says: /Matrix has no documentation of its field rows/,
      },
    ],
  },
  {
    stage: "names",
    breaks: [
      {
        name: "a name that is gone",
        changes: { "mod.ts": swap("export { isMatrix, ", "export { ") },
        says: /Gone: resolvent function isMatrix/,
      },
      {
        name: "a name that nobody decided on",
        changes: { "mod.ts": add("/** New. */\nexport const brandNew = 1;") },
        says: /New: resolvent variable brandNew/,
      },
      {
        name: "a table that is not current",
        changes: { "README.md": swap("row-major storage", "column-major storage") },
        says: /table of primitives in README\.md is not current/,
      },
    ],
  },
  {
    stage: "publish",
    breaks: [
      {
        name: "a slow type in the public names",
        changes: {
          "mod.ts": add("/** Slow. */\nexport function slow() {\n  return [1].map(String);\n}"),
        },
        says: /missing-explicit-return-type/,
      },
      {
        name: "a public name from a file that is not published",
        changes: {
          "mod.ts": add('export { broken } from "./tests/broken.ts";'),
          "tests/broken.ts": put("/** One. */\nexport const broken: number = 1;\n"),
        },
        says: /excluded|not.*publish/i,
      },
    ],
  },
];
