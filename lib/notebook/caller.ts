/**
 * Which module has called.
 *
 * @module
 */
import { pathToFileURL } from "node:url";

/** The place in a line of a stack. */
const PLACE = /\(?([a-z][\w+.-]*:\/\/.*?|<anonymous>|[^\s()]+):\d+:\d+\)?$/i;

/**
 * Address of the module whose code has called a function of the module `own`: called first of all
 * in that function. Cells have no address of their own: theirs is the working directory.
 */
export function callerAddress(own: string): URL {
  const frames = (new Error().stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
    .map((line) => PLACE.exec(line)?.[1] ?? "");
  const at = frames.indexOf(own);
  const caller = at < 0 ? "" : frames[at + 1] ?? "";
  const isFile = caller.startsWith("file:") && !/\$deno\$/.test(caller);
  return isFile ? new URL(caller) : pathToFileURL(`${Deno.cwd()}/`);
}
