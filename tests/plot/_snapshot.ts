/**
 * Pictures against stored ones. `RESOLVENT_SNAPSHOTS=write` stores them anew; a picture that differs
 * is written beside the stored one as `-changed.svg`, to be looked at.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";

const FOLDER = new URL("./snapshots/", import.meta.url);

/** A picture with its ids renumbered and its elements on lines of their own. */
export function normalised(svg: string): string {
  const ids = [...new Set(Array.from(svg.matchAll(/rf-\w+/g), (match) => match[0]))];
  const plain = ids.reduce((text, id, i) => text.replaceAll(id, `id-${i + 1}`), svg);
  // the formatter would move text between elements
  return `<!-- deno-fmt-ignore-file -->\n${plain.replaceAll("><", ">\n<")}\n`;
}

/** Throws unless a picture equals the stored one of that name. */
export async function assertPicture(name: string, svg: string): Promise<void> {
  const actual = normalised(svg);
  const file = new URL(`${name}.svg`, FOLDER), changed = new URL(`${name}-changed.svg`, FOLDER);
  if (Deno.env.get("RESOLVENT_SNAPSHOTS") === "write") {
    await Deno.mkdir(FOLDER, { recursive: true });
    await Deno.writeTextFile(file, actual);
    return;
  }
  let stored: string | null = null;
  try {
    stored = await Deno.readTextFile(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  assert(stored !== null, `no stored picture ${file.pathname}; RESOLVENT_SNAPSHOTS=write makes it`);
  if (actual !== stored) await Deno.writeTextFile(changed, actual);
  assertEquals(actual, stored, `the picture differs; see ${changed.pathname}`);
}
