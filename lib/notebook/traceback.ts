/**
 * Errors as a reader of a notebook wants them: cells and lines instead of files of the machinery.
 *
 * @module
 */
import type { RunError } from "./events.ts";
import { type CellSpan, mapPlaces } from "./line_map.ts";

/** Folder of the machinery whose frames say nothing to a reader. */
const MACHINERY = new URL("./", import.meta.url).href;

/** The project's folder, taken off paths, so that a notebook holds no path of one machine. */
const ROOT = new URL("../../", import.meta.url).href;

/** Tells whether a frame belongs to what runs the notebook. */
function isMachinery(line: string): boolean {
  return /^\s+at /.test(line) &&
    (line.includes(`${MACHINERY}runner.ts`) || line.includes(`${MACHINERY}marks.ts`));
}

/** The joined module and where its cells lie. */
type Joined = { readonly url: string; readonly spans: readonly CellSpan[] };

/** Message of an error with places in cells, which those of failed imports have. */
export function messageText(message: string, { url, spans }: Joined): string {
  return mapPlaces(message, url, spans).replaceAll(ROOT, "");
}

/** Lines of an error: what it is, where it was thrown, and its causes below. */
export function traceback(error: RunError, { url, spans }: Joined): string[] {
  const head = `${error.name}: ${error.message}`;
  const stack = error.stack.startsWith(head) ? error.stack.slice(head.length) : "";
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line) && !isMachinery(line))
    .map((line) => mapPlaces(line, url, spans).replaceAll(ROOT, ""));
  const causes = error.causes.flatMap((cause) => {
    const [first, ...rest] = traceback(cause, { url, spans });
    return [`Caused by ${first}`, ...rest];
  });
  const shown = `${error.name}: ${messageText(error.message, { url, spans })}`;
  return [...shown.split("\n"), ...frames, ...causes];
}
