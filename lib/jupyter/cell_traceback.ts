/**
 * Errors of cells as a reader wants them: cells, lines and the source there.
 *
 * @module
 */
import { CellSyntaxError, excerptOf } from "../notebook/cell_errors.ts";
import type { CompiledCell } from "../notebook/compile_cell.ts";
import { type RunError, runError } from "../notebook/events.ts";

/** An error, as the protocol has it. */
export type ShownError = {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
};

/** Code that runs: a cell as it was compiled, and what to call it. */
type Running = { readonly compiled: CompiledCell; readonly label: string };

/** A place in the code of a cell, as the engine writes it. */
const PLACE = /\(?(cell:[^\s,():]+)(?:, <anonymous>)?:(\d+):(\d+)\)?/;

/** Versions of one cell whose places can still be told. */
const MOST_VERSIONS = 20;

/** Where the code lies that runs cells: its frames say nothing to a reader. */
const OWN = [
  new URL("./", import.meta.url).href,
  new URL("../notebook/", import.meta.url).href,
  "/@observablehq/runtime/",
];

/** The code of cells that ran, by the address that stack traces name. */
export class CellCode {
  readonly #running = new Map<string, Running>();
  readonly #versions = new Map<string, string[]>();
  #count = 0;

  /** Takes note of code that is about to run; returns its address. */
  add(cell: string, running: Running): string {
    const url = `cell:${encodeURIComponent(cell)}?${++this.#count}`;
    const versions = [...this.#versions.get(cell) ?? [], url];
    if (versions.length > MOST_VERSIONS) this.#running.delete(versions.shift()!);
    this.#versions.set(cell, versions);
    this.#running.set(url, running);
    return url;
  }

  /** The cell that the top of a stack is in, or null. */
  cellOf(thrown: unknown): string | null {
    const url = thrown instanceof Error ? PLACE.exec(thrown.stack ?? "")?.[1] : undefined;
    if (url === undefined) return null;
    return decodeURIComponent(url.slice("cell:".length, url.lastIndexOf("?")));
  }

  /** An error with its lines: what it is, the source where it was thrown, and its causes. */
  shown(thrown: unknown): ShownError {
    const error = runError(thrown);
    const excerpt = thrown instanceof CellSyntaxError ? thrown.excerpt.split("\n") : [];
    const lines = this.#lines(error);
    return {
      ename: error.name,
      evalue: error.message,
      traceback: [...lines.slice(0, 1), ...excerpt, ...lines.slice(1)],
    };
  }

  #lines(error: RunError): string[] {
    const head = `${error.name}: ${error.message}`;
    const stack = error.stack.startsWith(head) ? error.stack.slice(head.length) : error.stack;
    const frames = stack.split("\n")
      .filter((line) => /^\s+at /.test(line) && !OWN.some((folder) => line.includes(folder)));
    let excerpt: string[] = [];
    const shown = frames.map((line) => {
      const found = this.#place(line);
      if (found === null) return line;
      if (excerpt.length === 0) excerpt = excerptOf(found.source, found).split("\n");
      return found.text;
    });
    const causes = error.causes.flatMap((cause) => {
      const [first, ...rest] = this.#lines(cause);
      return [`Caused by ${first}`, ...rest];
    });
    return [head, ...excerpt, ...shown, ...causes];
  }

  /** A frame of a cell with the place in its source. */
  #place(line: string): { source: string; line: number; column: number; text: string } | null {
    const [all = "", url = "", row, column] = PLACE.exec(line) ?? [];
    const running = this.#running.get(url);
    const place = running?.compiled.place({ line: Number(row), column: Number(column) });
    if (!running || !place) return null;
    const where = `${running.label}, line ${place.line}, column ${place.column}`;
    const text = line.replace(/\bat (async )?eval /, "at $1").replace(all, where);
    return { source: running.compiled.source, ...place, text };
  }
}
