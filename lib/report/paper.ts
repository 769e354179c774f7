/**
 * What a notebook itself says of its paper, in its first Markdown cell.
 *
 * @module
 */
import { type Notebook, textOf } from "../notebook/ipynb.ts";

/** The first level-one heading of a notebook, as Markdown; null without one. */
export function titleOf(notebook: Notebook): string | null {
  return firstMarkdown(notebook).match(/^#\s+(.+?)\s*#*$/m)?.[1] ?? null;
}

/** The arXiv number that the notebook names first; undefined without one. */
export function arxivOf(notebook: Notebook): string | undefined {
  return firstMarkdown(notebook).match(/arxiv(?:\.org\/abs\/|:)(\d{4}\.\d{4,5})/i)?.[1];
}

function firstMarkdown({ cells }: Notebook): string {
  const first = cells.find(({ cell_type }) => cell_type === "markdown");
  return first === undefined ? "" : textOf(first.source);
}
