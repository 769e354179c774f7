/**
 * The table of primitives in the README, made from the documentation of the public functions.
 *
 * @module
 */
import { type DocSymbol, type JsDoc, symbolsOf } from "./doc_json.ts";
import { LAYERS } from "./imports.ts";
import type { Setting } from "./stage.ts";

const [START, END] = ["<!-- primitives: start -->", "<!-- primitives: end -->"];

/** One function as a row of the table. */
type Row = {
  readonly family: string;
  readonly path: string;
  readonly name: string;
  readonly definition: string;
  readonly source: string;
};

/** A paragraph on one line, safe inside a cell. */
function inCell(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").trim();
}

/** The row of an exported name, or null if it is no function. */
function rowOf({ name, declarations }: DocSymbol): Row | null {
  const functions = declarations.filter(({ kind }) => kind === "function");
  if (functions.length === 0) return null;
  const { location, jsDoc } = functions.find((found) => found.jsDoc?.tags) ?? functions[0];
  const { doc = "", tags = [] }: JsDoc = jsDoc ?? {};
  const text = [doc, ...tags.map((tag) => tag.doc ?? "")].join("\n\n");
  const path = location.filename.replace(/^.*\/(?=lib\/)/, "");
  const parts = path.split("/");
  return {
    family: parts.length === 2 ? "ground" : parts[1],
    path,
    name,
    definition: inCell(text.match(/\*\*Definition\*\*:?\s+([\s\S]*?)(\n\n|$)/)?.[1] ?? ""),
    source: inCell(text.match(/(?:^|\n)Source: ([\s\S]*?)(\n\n|$)/)?.[1] ?? ""),
  };
}

/** The tables, one for each family, in the order of the folders of lib. */
export async function primitives(setting: Setting): Promise<string> {
  const rows = (await symbolsOf(setting, "mod.ts")).map(rowOf).filter((row) => row !== null);
  return LAYERS.flatMap((family) => {
    const members = rows.filter((row) => row.family === family)
      .sort((a, b) => a.name < b.name ? -1 : 1);
    if (members.length === 0) return [];
    const lines = members.map(({ name, path, definition, source }) =>
      `| [\`${name}\`](${path}) | ${definition} | ${source} |`
    );
    return [
      `### ${family}\n\n| name | definition | source |\n| --- | --- | --- |\n${lines.join("\n")}`,
    ];
  }).join("\n\n");
}

/** The README with its table written again; an error if it has no place for it. */
export async function readmeWithPrimitives(setting: Setting): Promise<string> {
  const readme = await Deno.readTextFile(`${setting.root}/README.md`);
  const [from, to] = [readme.indexOf(START), readme.indexOf(END)];
  if (from < 0 || to < from) {
    throw new Error(
      `Cannot write the table as README.md must hold ${START} and ${END}: it has not`,
    );
  }
  return `${readme.slice(0, from)}${START}\n\n${await primitives(setting)}\n\n${readme.slice(to)}`;
}
