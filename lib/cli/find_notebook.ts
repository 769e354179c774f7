/**
 * From a paper's name to its notebook.
 *
 * @module
 */
import { basename, join, relative, resolve } from "node:path";
import { shown } from "../check.ts";
import { loadCatalog } from "../claims/catalog.ts";
import { suggestion } from "../claims/slugs.ts";
import { project } from "../notebook/project.ts";
import { UsageError } from "./failure.ts";

/** A notebook that was found. */
export type FoundNotebook = {
  readonly slug: string;
  readonly path: string;
  /** Whether it is one of the project's own, whose verdicts enter the ledger. */
  readonly committed: boolean;
};

/** Notebooks below a folder, by path. */
async function notebooksBelow(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    if (name.startsWith(".")) continue;
    if (isDirectory) paths.push(...await notebooksBelow(join(folder, name)));
    else if (isFile && name.endsWith(".ipynb")) paths.push(join(folder, name));
  }
  return paths.sort();
}

/** The project's notebooks, paths as seen from the current folder where that is shorter. */
export async function allNotebooks(): Promise<FoundNotebook[]> {
  const paths = await notebooksBelow(project().notebooks);
  return paths.map((path) => ({ slug: basename(path, ".ipynb"), path, committed: true }));
}

/** A path as the one who called would write it. */
export function shortPath(path: string): string {
  const short = relative(Deno.cwd(), path) || ".";
  return short.startsWith("..") ? path : short;
}

/** Why a name of the catalogue has no notebook, or null for a name that is not in it. */
function whyMissing(slug: string): string | null {
  const paper = loadCatalog().find((entry) => entry.slug === slug);
  if (!paper) return null;
  const state = paper.reason ? `${paper.status} (${paper.reason})` : paper.status;
  return `${
    shown(paper.title)
  } is in the catalogue but its notebook is not written yet: its status is ${state}`;
}

/**
 * Finds the notebook of a paper.
 *
 * @param wanted Name of a paper, or path of a notebook
 * @param doing What the notebook is wanted for
 * @throws {UsageError} if there is none; it names papers of similar names
 */
export async function findNotebook(wanted: string, doing: string): Promise<FoundNotebook> {
  const known = await allNotebooks();
  if (wanted.endsWith(".ipynb")) {
    const path = resolve(wanted);
    const own = known.find((found) => found.path === path);
    return own ?? { slug: basename(path, ".ipynb"), path, committed: false };
  }
  const found = known.find(({ slug }) => slug === wanted);
  if (found) return found;
  const why = whyMissing(wanted);
  if (why !== null) throw new UsageError(`Cannot ${doing} ${shown(wanted)} as ${why}`);
  const slugs = new Set([...known, ...loadCatalog()].map(({ slug }) => slug));
  throw new UsageError(
    `Cannot ${doing} ${shown(wanted)} as it must be the name of a paper of the catalogue${
      suggestion(wanted, [...slugs])
    } (deno task reproduce --list shows all)`,
  );
}

/** Finds several notebooks; no name means all of the project's. */
export async function findNotebooks(
  wanted: readonly string[],
  doing: string,
): Promise<FoundNotebook[]> {
  if (wanted.length === 0) return await allNotebooks();
  const found: FoundNotebook[] = [];
  for (const name of wanted) found.push(await findNotebook(name, doing));
  return found;
}
