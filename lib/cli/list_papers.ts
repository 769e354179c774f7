/**
 * `list`: the catalogue with the status of each paper.
 *
 * @module
 */
import { loadCatalog } from "../claims/catalog.ts";
import { EXIT } from "./failure.ts";

/** Prints every paper by theme: status, name, title; returns the exit code. */
export function listPapers(): number {
  const papers = loadCatalog();
  const width = Math.max(...papers.map(({ slug }) => slug.length));
  const themes = [...new Set(papers.map(({ theme }) => theme))];
  for (const theme of themes) {
    console.log(`\n${theme}`);
    for (const paper of papers.filter((entry) => entry.theme === theme)) {
      const { length } = paper.declared;
      const decided = length > 0 ? ` (${paper.decided} of ${length} claims decided)` : "";
      const head = `  ${paper.status.padEnd(6)} ${paper.slug.padEnd(width)}`;
      console.log(`${head}  ${paper.title}${decided}`);
    }
  }
  const counts = ["done", "partly", "open", "out"].map((status) =>
    `${papers.filter((paper) => paper.status === status).length} ${status}`
  );
  console.log(`\n${papers.length} papers: ${counts.join(", ")}`);
  return EXIT.done;
}
