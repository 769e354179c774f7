/**
 * Ways to break notebooks: types, verdicts, stored outputs, ledger and catalogue.
 *
 * @module
 */
import type { Breaks } from "./breaks.ts";
import { notebookOf, put, swap } from "./breaks_code.ts";

const PAPER = "notebooks/spectral-updates/spectral-updates-when.ipynb";

/** A notebook that decides one claim of the paper in a moment. */
const TINY = notebookOf(
  [
    'import { openStudy } from "resolvent/notebook";',
    'const study = openStudy("spectral-updates-when", { seed: 1 });',
    'await study.decide(study.declared("one-hot"), () => 0, { control: () => 1 });',
    'study.expect({ "one-hot": "reproduced" });',
  ].join("\n"),
);

/** Leaves out the notebooks, and the tests that compare their runs with what is stored. */
function isNoNotebook(path: string): boolean {
  return !path.endsWith(".ipynb") && !/^tests\/(cli|jupyter)\//.test(path);
}

/** Puts the tiny notebook in the place of all. */
async function prepareTiny(root: string): Promise<void> {
  await Deno.mkdir(`${root}/notebooks/spectral-updates`, { recursive: true });
  await Deno.writeTextFile(`${root}/${PAPER}`, TINY);
}

/** A change of the first number behind a name in a file of JSON, from another name on. */
function otherNumber(name: string, from = ""): (before: string) => string {
  const pattern = new RegExp(`(${from}[^]*?"${name}": ?)(-?[0-9.]+(?:e-?[0-9]+)?)`);
  return (before) => before.replace(pattern, (_, head, value) => `${head}${Number(value) + 1}`);
}

/** Breaks of the stages that read or run notebooks. */
export const NOTEBOOK_BREAKS: readonly Breaks[] = [
  {
    stage: "cells",
    keep: isNoNotebook,
    prepare: prepareTiny,
    breaks: [
      {
        name: "a cell with a wrong type",
        changes: { [PAPER]: swap("seed: 1", "seed: [1]") },
        says: /spectral-updates-when\.ipynb: cell 1[\s\S]*TS2322/,
      },
      {
        name: "Math.random in a cell",
        changes: { [PAPER]: swap("() => 0", "() => Math.random()") },
        says: /resolvent\/no-math-random/,
      },
      {
        name: "a name that is declared twice",
        changes: {
          "notebooks/broken.ipynb": () => {
            const notebook = JSON.parse(notebookOf("const one = 1;\none;"));
            notebook.cells.push({ ...notebook.cells[0], id: "other" });
            return JSON.stringify(notebook);
          },
        },
        says: /one is declared in/,
      },
    ],
  },
  {
    stage: "notebooks",
    keep: isNoNotebook,
    prepare: prepareTiny,
    breaks: [
      {
        name: "a cell that throws",
        changes: { [PAPER]: swap("() => 0,", "() => { throw new Error('no luck'); },") },
        says: /no luck/,
      },
      {
        name: "a verdict that is not the declared one",
        changes: { [PAPER]: swap("() => 0,", "() => 1,") },
        says: /one-hot: expected reproduced/,
      },
      {
        name: "a declared verdict that no cell decides",
        changes: { [PAPER]: swap(String.raw`{ \"one-hot\":`, String.raw`{ \"embedded-tokens\":`) },
        says: /embedded-tokens: expected, not decided/,
      },
      {
        name: "a malformed notebook",
        changes: { [PAPER]: put("{}") },
        says: /Cannot read a notebook/,
      },
    ],
  },
  {
    stage: "stored",
    breaks: [
      {
        name: "a cell that was changed after its outputs were stored",
        changes: {
          [PAPER]: swap(/("cell_type": "code"[\s\S]*?"source": \[\s*")/, '$1// new\\n", "'),
        },
        says: /spectral-updates-when\.ipynb: its cells have changed/,
      },
      {
        name: "a verdict of the ledger that its values do not give",
        changes: { "notebooks/ledger.json": otherNumber("estimate", '"verdicts"') },
        says: /ledger\.json: .*(interval|status)/,
      },
      {
        name: "a claim that was changed after it was measured",
        changes: {
          "notebooks/claims/spectral-updates-when.json": swap(
            '"statement": "',
            '"statement": "Nearly: ',
          ),
        },
        says: /ledger\.json: .*declaration/,
      },
      {
        name: "a catalogue that is not made from its sources",
        changes: { "notebooks/catalog.json": swap('"title": "', '"title": "Not ') },
        says: /catalog\.json/,
      },
      {
        name: "a notebook that is too large to be read",
        changes: {
          "notebooks/broken.ipynb": put(notebookOf(`const one = 1; // ${"x".repeat(2.6e5)}`)),
        },
        says: /are the limit/,
      },
    ],
  },
];
