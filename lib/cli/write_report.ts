/**
 * `report`: executed notebooks to pages.
 *
 * @module
 */
import { join } from "node:path";
import { loadCatalog } from "../claims/catalog.ts";
import { resolventMetadata } from "../notebook/cells_hash.ts";
import { readNotebook } from "../notebook/ipynb.ts";
import { writeReport } from "../report/report.ts";
import { EXIT } from "./failure.ts";
import { findNotebooks, shortPath } from "./find_notebook.ts";
import { prepareFolder } from "./output_folder.ts";
import { fullRecord } from "./run_record.ts";

/** Writes the pages of notebooks as they are stored, and the index; returns the exit code. */
export async function report(
  wanted: readonly string[],
  { out = join("out", "report") }: { readonly out?: string },
): Promise<number> {
  const found = await findNotebooks(wanted, "report");
  const folder = await prepareFolder(out);
  const pages = await Promise.all(found.map(async ({ path }) => {
    const notebook = await readNotebook(path);
    const { slug, record } = resolventMetadata(notebook);
    if (record === undefined) return { notebook };
    return { notebook, record: fullRecord(slug ?? "", record) };
  }));
  const written = await writeReport(pages, folder, { catalogue: { papers: loadCatalog() } });
  console.log(`${written.length} pages: see ${shortPath(join(folder, "index.html"))}`);
  return EXIT.done;
}
