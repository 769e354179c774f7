/**
 * The figures of an executed notebook as files.
 *
 * @module
 */
import { join } from "node:path";
import { type Notebook, textOf } from "../notebook/ipynb.ts";
import { writeInto } from "./output_folder.ts";

/** A figure of a notebook. */
export type NotebookFigure = { readonly name: string; readonly svg: string };

/** Longest part of a file name that is taken from a title, in characters. */
const NAME_LENGTH = 48;

/** A title as part of a file name. */
function fileName(title: string): string {
  const words = title.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-");
  return words.slice(0, NAME_LENGTH).replace(/^-+|-+$/g, "");
}

/** Title of a figure: its `<title>`, else its label. */
function titleOf(svg: string): string {
  return svg.match(/<title[^>]*>([^<]*)<\/title>/)?.[1] ??
    svg.match(/<svg[^>]*\saria-label="([^"]*)"/)?.[1] ?? "figure";
}

/** The SVG outputs of a notebook in their order, named `01-title` and on. */
export function figuresOf(notebook: Notebook): NotebookFigure[] {
  const svgs = notebook.cells.flatMap((cell) => cell.cell_type === "code" ? cell.outputs : [])
    .flatMap((output) => {
      if (output.output_type !== "display_data" && output.output_type !== "execute_result") {
        return [];
      }
      const svg = output.data["image/svg+xml"];
      return svg === undefined ? [] : [textOf(svg as string)];
    });
  return svgs.map((svg, at) => ({
    name: `${String(at + 1).padStart(2, "0")}-${fileName(titleOf(svg)) || "figure"}`,
    svg,
  }));
}

/** Removes the figures of an earlier run, which may have had other titles. */
async function removeOld(folder: string): Promise<void> {
  const figures = join(folder, "figures");
  try {
    for await (const { name } of Deno.readDir(figures)) {
      if (/^\d{2,}-.*\.(svg|png)$/.test(name)) await Deno.remove(join(figures, name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Writes each figure as SVG and PNG into `figures/` of a folder; returns the paths. */
export async function writeFigures(notebook: Notebook, folder: string): Promise<string[]> {
  await removeOld(folder);
  const figures = figuresOf(notebook);
  if (figures.length === 0) return [];
  const { pngOf } = await import("../plot/png.ts");
  const paths: string[] = [];
  for (const { name, svg } of figures) {
    paths.push(await writeInto(folder, `figures/${name}.svg`, svg));
    paths.push(await writeInto(folder, `figures/${name}.png`, await pngOf(svg)));
  }
  return paths;
}
