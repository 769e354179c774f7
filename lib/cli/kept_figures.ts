/**
 * Figures of a notebook that are kept as files beside it, for pages that link to them.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { cannot } from "../check.ts";
import { type Notebook, textOf } from "../notebook/ipynb.ts";

/** A figure that a notebook keeps as a file. */
export type KeptFigure = {
  /** Name of the file in the notebook's folder. */
  readonly file: string;
  /** What the file holds. */
  readonly text: string;
};

/** Names of files that a cell may ask for. */
const NAME = /^[a-z0-9][a-z0-9-]*\.svg$/;

/** The formatter leaves the file as it was drawn. */
const HEAD = "<!-- deno-fmt-ignore-file -->\n";

/**
 * The figures of an executed notebook whose cells say in their metadata, as
 * `"resolvent": { "file": "figure.svg" }`, in which file to keep them.
 *
 * @throws {RangeError} if the name is no plain name of an SVG file, or the cell does not show one figure
 */
export function keptFigures(notebook: Notebook): readonly KeptFigure[] {
  return notebook.cells.flatMap((cell) => {
    const file = (cell.metadata.resolvent as { readonly file?: unknown } | undefined)?.file;
    if (cell.cell_type !== "code" || file === undefined) return [];
    const doing = `keep the figure of cell ${cell.id}`;
    if (typeof file !== "string" || !NAME.test(file)) {
      const need = "its metadata must name an SVG file beside the notebook";
      throw new RangeError(cannot(doing, need, "resolvent.file", file));
    }
    const svgs = cell.outputs.flatMap((output) =>
      "data" in output && "image/svg+xml" in output.data ? [output.data["image/svg+xml"]] : []
    );
    if (svgs.length !== 1) {
      const need = "the cell must show one SVG figure";
      throw new RangeError(cannot(doing, need, "the number of its figures", svgs.length));
    }
    return [{ file, text: `${HEAD}${textOf(svgs[0] as string).trim()}\n` }];
  });
}

/** Writes the kept figures of the notebook of a path beside it. */
export async function keepFigures(path: string, notebook: Notebook): Promise<void> {
  for (const { file, text } of keptFigures(notebook)) {
    await Deno.writeTextFile(join(dirname(path), file), text);
  }
}

/** What is wrong with the kept figures of an executed notebook: one line for each. */
export async function keptFigureProblems(path: string, notebook: Notebook): Promise<string[]> {
  const problems: string[] = [];
  for (const { file, text } of keptFigures(notebook)) {
    try {
      const found = await Deno.readTextFile(join(dirname(path), file));
      if (found !== text) problems.push(`${file} is not the figure that it shows`);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      problems.push(`${file} is missing`);
    }
  }
  return problems;
}
