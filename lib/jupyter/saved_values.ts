/**
 * Values of cells that outlive the process which runs them: written from it while it is held at a
 * line of a cell that does not end, read by the one that takes its place.
 *
 * @module
 */
import { deserialize, serialize } from "node:v8";
import { stopwatch } from "../run/clock.ts";
import { pack, unpack } from "../run/_portable.ts";

/** Values by name. */
type Names = Readonly<Record<string, unknown>>;

/** What is kept of a cell. */
export type SavedCell = { readonly cell: string; readonly names: readonly string[] };

/** Where the back puts the function that writes its values to a folder. */
export const SAVE = Symbol.for("resolvent.save");

/** Seconds after which no further cell is written: somebody waits. */
const MOST_SECONDS = 10;

/**
 * Writes values to a folder, a file for each cell; a cell of which a value is more than plain data
 * (a function, an object of a class) is left out.
 *
 * @returns the cells that were written, and their names
 */
export function saveValues(folder: string, cells: ReadonlyMap<string, Names>): SavedCell[] {
  const seconds = stopwatch();
  const saved: SavedCell[] = [];
  for (const [cell, names] of cells) {
    if (seconds() > MOST_SECONDS) break;
    try {
      const packed = serialize({ cell, names: pack("keep values", "names", names) });
      Deno.writeFileSync(`${folder}/${saved.length}`, packed);
      saved.push({ cell, names: Object.keys(names) });
    } catch {
      // this cell runs again when something needs it
    }
  }
  return saved;
}

/** Reads the values in a folder, by cell, and removes it. */
export function loadValues(folder: string): ReadonlyMap<string, Names> {
  try {
    const files = [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`);
    return new Map(files.map((path) => {
      const { cell, names } = deserialize(Deno.readFileSync(path)) as {
        readonly cell: string;
        readonly names: unknown;
      };
      return [cell, unpack(names) as Names];
    }));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** What is told of a process that was replaced: of its names, which are `kept`. */
export function textOfEnd(
  why: string,
  { names, kept }: { readonly names: readonly string[]; readonly kept: readonly string[] },
): string {
  const known = new Set(kept);
  const lost = names.filter((name) => !known.has(name));
  const saved = kept.length === 0 ? "" : ` Saved: the values of ${kept.join(", ")}.`;
  const gone = lost.length === 0
    ? " No values were lost."
    : ` Lost: the values of ${
      lost.join(", ")
    }. Their cells run again when a cell that reads them is run.`;
  return `The process that runs the cells was replaced, as ${why}.${saved}${gone}`;
}
