/**
 * `report`: executed notebooks to pages.
 *
 * @module
 */
import { join } from "node:path";
import { loadCatalog } from "../claims/catalog.ts";
import { resolventMetadata } from "../notebook/cells_hash.ts";
import { type Notebook, readNotebook } from "../notebook/ipynb.ts";
import { writeReport } from "../report/report.ts";
import { EXIT, UsageError } from "./failure.ts";
import { findNotebooks, shortPath } from "./find_notebook.ts";
import { prepareFolder } from "./output_folder.ts";
import { fullRecord } from "./run_record.ts";

/** Tells whether any of a notebook's cells has been executed. */
function hasRun({ cells }: Notebook): boolean {
  return cells.some((cell) =>
    cell.cell_type === "code" && (cell.execution_count !== null || cell.outputs.length > 0)
  );
}

/** What to do about a notebook that has nothing to show yet. */
function neverRun(path: string, name: string): string {
  return `Cannot write the page of ${
    shortPath(path)
  } as a notebook must be executed first: it stores no outputs ` +
    `(deno task execute ${name} runs it and stores them)`;
}

/** Writes the pages of notebooks as they are stored, and the index; returns the exit code. */
export async function report(
  wanted: readonly string[],
  { out = join("out", "report") }: { readonly out?: string },
): Promise<number> {
  const found = await findNotebooks(wanted, "report");
  const folder = await prepareFolder(out);
  const pages = await Promise.all(found.map(async ({ path, slug: name, committed }) => {
    const notebook = await readNotebook(path);
    if (!hasRun(notebook)) throw new UsageError(neverRun(path, committed ? name : shortPath(path)));
    const { slug, record } = resolventMetadata(notebook);
    if (record === undefined) return { notebook };
    return { notebook, record: fullRecord(slug ?? "", record) };
  }));
  const written = await writeReport(pages, folder, { catalogue: { papers: loadCatalog() } });
  console.log(`${written.length} pages: see ${shortPath(join(folder, "index.html"))}`);
  return EXIT.done;
}
