/**
 * The golden list of public names: adding and removing one is a decision that a diff shows.
 *
 * @module
 */
import { symbolsOf } from "./doc_json.ts";
import { readmeWithPrimitives } from "./primitives.ts";
import { counted, type Outcome, type Setting } from "./stage.ts";

/** Where the list stands in the tree. */
export const LIST = "tests/gate/public_names.txt";

/** The entry points that the package exports to code, by what they are called. */
const ENTRIES: Readonly<Record<string, string>> = {
  "resolvent": "mod.ts",
  "resolvent/notebook": "lib/notebook/notebook.ts",
};

/** The public names of a tree, one line for each: entry, kind, name. */
export async function publicNames(setting: Setting): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [entry, module] of Object.entries(ENTRIES)) {
    const symbols = await symbolsOf(setting, module);
    for (const { name, declarations } of symbols) {
      lines.push(`${entry} ${declarations[0].kind} ${name}`);
    }
  }
  return lines.sort();
}

/** Writes the list of a tree, and the table of its README. */
export async function updateNames(setting: Setting): Promise<number> {
  const names = await publicNames(setting);
  await Deno.writeTextFile(`${setting.root}/${LIST}`, names.join("\n") + "\n");
  await Deno.writeTextFile(`${setting.root}/README.md`, await readmeWithPrimitives(setting));
  return names.length;
}

/** Compares the public names with the list, and the table of the README with their documentation. */
export async function checkNames(setting: Setting): Promise<Outcome> {
  const now = new Set(await publicNames(setting));
  const text = await Deno.readTextFile(`${setting.root}/${LIST}`).catch(() => "");
  const then = new Set(text.split("\n").filter(Boolean));
  const readme = await Deno.readTextFile(`${setting.root}/README.md`);
  const faults = [
    ...[...then].filter((name) => !now.has(name)).map((name) => `Gone: ${name}`),
    ...[...now].filter((name) => !then.has(name)).map((name) => `New: ${name}`),
    ...readme === await readmeWithPrimitives(setting)
      ? []
      : ["The table of primitives in README.md is not current"],
  ];
  const hint = "If this is meant, write list and table again: deno task test --update-names";
  return { ...counted(now.size + 1, faults), notes: faults.length > 0 ? [hint] : [] };
}
