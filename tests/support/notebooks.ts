/**
 * Small notebooks for tests.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Cell, Notebook } from "../../lib/notebook/ipynb.ts";

/** Path of a file URL. */
export function fromFileUrl(url: URL): string {
  return fileURLToPath(url);
}

/** A notebook of code cells with the ids `c1`, `c2` and on; a source that begins with # is prose. */
export function notebookOf(sources: readonly string[], slug?: string): Notebook {
  const cells = sources.map((source, at): Cell => {
    const common = { id: `c${at + 1}`, metadata: {}, source };
    if (source.startsWith("#")) return { cell_type: "markdown", ...common };
    return { cell_type: "code", ...common, execution_count: null, outputs: [] };
  });
  const metadata = slug === undefined ? {} : { resolvent: { slug } };
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}
