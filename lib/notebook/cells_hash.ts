/**
 * The hash by which stored outputs are known to belong to the cells above them.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Notebook, textOf } from "./ipynb.ts";

/** SHA-256, in hex, over kinds and sources of the cells in their order; newlines at the end aside. */
export function cellsHash(notebook: Notebook): string {
  const cells = notebook.cells.map(({ cell_type, source }) => [
    cell_type,
    textOf(source).replace(/\n+$/, ""),
  ]);
  return createHash("sha256").update(JSON.stringify(cells)).digest("hex");
}

/** What this project keeps in a notebook's metadata. */
export type ResolventMetadata = {
  /** Name of the paper in the catalogue. */
  readonly slug?: string;
  /** `cellsHash` at the last execution. */
  readonly cells?: string;
  /** What the last execution found, as far as a page of the report shows it. */
  readonly record?: Readonly<Record<string, unknown>>;
};

/** Reads `metadata.resolvent`. */
export function resolventMetadata(notebook: Notebook): ResolventMetadata {
  const found = notebook.metadata.resolvent;
  return typeof found === "object" && found !== null ? found : {};
}

/** Returns the notebook with `fields` merged into `metadata.resolvent`. */
export function withResolventMetadata(notebook: Notebook, fields: ResolventMetadata): Notebook {
  const resolvent = { ...resolventMetadata(notebook), ...fields };
  return { ...notebook, metadata: { ...notebook.metadata, resolvent } };
}
