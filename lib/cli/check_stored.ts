/**
 * `execute --check`: whether what notebooks store is what their cells give.
 *
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { catalogOf } from "../claims/build_catalog.ts";
import { loadCatalog, paperClaims } from "../claims/catalog.ts";
import { checkLedger } from "../claims/check_ledger.ts";
import { cellsHash, resolventMetadata } from "../notebook/cells_hash.ts";
import { readNotebook } from "../notebook/ipynb.ts";
import { project } from "../notebook/project.ts";
import { EXIT, messageOf } from "./failure.ts";
import { type FoundNotebook, shortPath } from "./find_notebook.ts";
import { keptFigureProblems } from "./kept_figures.ts";

/** A stored notebook is read on the web as well, and must stay small; in bytes. */
export const LARGEST = 250_000;

/** Size of a text in a file, in bytes. */
export function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** What is wrong with the stored outputs of a notebook. */
export async function storedProblems(path: string): Promise<string[]> {
  const notebook = await readNotebook(path);
  const problems: string[] = [];
  const { cells } = resolventMetadata(notebook);
  if (cells === undefined) problems.push("it has no stored outputs");
  else if (cells !== cellsHash(notebook)) problems.push("its cells have changed since it ran");
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code" || cells === undefined) continue;
    if (cell.execution_count === null) problems.push(`cell ${cell.id} has not been executed`);
    if (cell.outputs.some(({ output_type }) => output_type === "error")) {
      problems.push(`cell ${cell.id} has an error as its output`);
    }
  }
  if (problems.length === 0) problems.push(...await keptFigureProblems(path, notebook));
  const { size } = await Deno.stat(path);
  if (size > LARGEST) problems.push(`it has ${size} bytes, ${LARGEST} are the limit`);
  return problems;
}

/** What is wrong with the ledger and the catalogue beside the notebooks. */
async function dataProblems(): Promise<string[]> {
  const folder = project().notebooks;
  const url = pathToFileURL(folder + "/");
  const problems: string[] = [];
  if (await Deno.readTextFile(join(folder, "catalog.json")) !== await catalogOf(url)) {
    problems.push("catalog.json: it is not what the claims, notebooks and ledger give");
  }
  const ledger = join(folder, "ledger.json");
  try {
    const declared = loadCatalog(url).filter((paper) => paper.declared.length > 0);
    const fields = declared.flatMap(({ slug }) => {
      const { claims, ours } = paperClaims(slug, url);
      return [...claims, ...ours];
    });
    const text = await Deno.readTextFile(ledger);
    problems.push(...checkLedger(text, fields).map((line) => `ledger.json: ${line}`));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    problems.push("ledger.json: there is none");
  }
  return problems;
}

/** Prints what is not current; returns the exit code. */
export async function checkStored(
  notebooks: readonly FoundNotebook[],
  all: boolean,
): Promise<number> {
  const problems: string[] = [];
  for (const { path } of notebooks) {
    try {
      const own = await storedProblems(path);
      problems.push(...own.map((line) => `${shortPath(path)}: ${line}`));
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  if (all && notebooks.length > 0) problems.push(...await dataProblems());
  if (problems.length === 0) {
    console.log(`${notebooks.length} notebooks: what they store is current`);
    return EXIT.done;
  }
  for (const line of problems) console.error(`error: ${line}`);
  console.error("deno task execute makes them current");
  return EXIT.failed;
}
