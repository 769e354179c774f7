/**
 * The folder that a run writes into.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { cannot, shown } from "../check.ts";
import { messageOf, UsageError } from "./failure.ts";

/**
 * Makes the folder and writes a file into it, so that a long run does not end at a folder that
 * cannot be written. Returns its absolute path.
 *
 * @throws {UsageError} if it is no folder or cannot be written
 */
export async function prepareFolder(given: string): Promise<string> {
  if (given === "") {
    const need = "--out must be a folder that can be written";
    throw new UsageError(cannot("write results", need, "--out", given));
  }
  const folder = resolve(given);
  const probe = join(folder, `.resolvent-${Deno.pid}`);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(probe, "");
    await Deno.remove(probe);
  } catch (error) {
    throw new UsageError(
      `Cannot write results as --out must be a folder that can be written: --out is ${
        shown(given)
      } (${messageOf(error)})`,
      { cause: error },
    );
  }
  return folder;
}

/** Writes a text or bytes below a folder, making the folders between. */
export async function writeInto(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  const path = join(folder, name);
  await Deno.mkdir(join(path, ".."), { recursive: true });
  if (typeof content === "string") await Deno.writeTextFile(path, content);
  else await Deno.writeFile(path, content);
  return path;
}
