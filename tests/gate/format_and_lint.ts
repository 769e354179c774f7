/**
 * Formatting and house rules, for modules and for notebooks.
 *
 * @module
 */
import { byCode, deno, type Outcome, type Setting, together } from "./stage.ts";
import { filesOf, inTemporary } from "./tree.ts";

/** `deno fmt --check` of the whole tree; it reads the cells of notebooks too. */
export async function checkFormat(setting: Setting): Promise<Outcome> {
  return byCode(await deno(setting, ["fmt", "--check"]));
}

/** A code cell or another part of a notebook file, as far as the linter needs it. */
type Cell = { readonly cell_type: string; readonly source: string | readonly string[] };

/** The code cells of a notebook, one after the other. */
function codeOf(text: string): string {
  const { cells } = JSON.parse(text) as { readonly cells: readonly Cell[] };
  return cells.filter((cell) => cell.cell_type === "code")
    .map(({ source }) => typeof source === "string" ? source : source.join(""))
    .join("\n\n") + "\n";
}

/** `deno lint` with the plugin of this tree; notebooks, which it never sees, as modules. */
export async function checkLint(setting: Setting): Promise<Outcome> {
  const modules = byCode(await deno(setting, ["lint"]));
  const notebooks = (await filesOf(setting.root)).filter((path) => path.endsWith(".ipynb"));
  if (notebooks.length === 0) return modules;
  const cells = await inTemporary(async (folder) => {
    await Deno.mkdir(`${folder}/notebooks`);
    for (const path of notebooks) {
      const name = path.split("/").at(-1)!.replace(/\.ipynb$/, ".ts");
      await Deno.writeTextFile(
        `${folder}/notebooks/${name}`,
        codeOf(await Deno.readTextFile(`${setting.root}/${path}`)),
      );
    }
    const config = `${setting.root}/deno.json`;
    return byCode(await deno(setting, ["lint", "--config", config, `${folder}/notebooks`]));
  });
  return together([modules, cells]);
}
