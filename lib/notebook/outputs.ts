/**
 * Collects outputs as a front end does: texts grow together, displays are updated by their id.
 *
 * @module
 */
import type { CodeCell, Output } from "./ipynb.ts";
import { textOf } from "./ipynb.ts";

/** Folds carriage returns as a terminal shows them: what follows one overwrites its line. */
export function foldReturns(text: string): string {
  if (!text.includes("\r")) return text;
  const lines = text.split("\n");
  return lines.map((line, at) => {
    // those at the end of a line overwrite nothing; at the end of the text they still may
    const shown = at < lines.length - 1 ? line.replace(/\r+$/, "") : line;
    const last = shown.length - 1;
    return shown.slice(last < 1 ? 0 : shown.lastIndexOf("\r", last - 1) + 1);
  }).join("\n");
}

/** The outputs of a run, by cell. */
export class OutputCollector {
  readonly #outputs = new Map<number, Output[]>();
  readonly #shown = new Map<string, { data: Record<string, unknown> }[]>();
  #current: Output[] = [];
  #openReturn = false;

  /** Begins the cell of this number: what follows is its own. */
  begin(cell: number): void {
    this.#current = [];
    this.#outputs.set(cell, this.#current);
  }

  /** Outputs of a cell, in their order. */
  of(cell: number): readonly Output[] {
    return this.#outputs.get(cell) ?? [];
  }

  /** Adds text of a stream to the text before it, if nothing stands between. */
  stream(name: "stdout" | "stderr", text: string): void {
    const last = this.#current.at(-1);
    if (last?.output_type === "stream" && last.name === name) {
      const joined = textOf(last.text) + text;
      // a text without returns is only added: looking at all of it each time would take long
      last.text = this.#openReturn || text.includes("\r") ? foldReturns(joined) : joined;
    } else if (text !== "") {
      this.#current.push({ output_type: "stream", name, text: foldReturns(text) });
    }
    if (text !== "") this.#openReturn = text.endsWith("\r");
  }

  /** Adds a display, or updates every display of the same id; an update of none is dropped. */
  display(
    data: Record<string, unknown>,
    { id, update = false }: { readonly id?: string; readonly update?: boolean } = {},
  ): void {
    const shown = id === undefined ? [] : this.#shown.get(id) ?? [];
    for (const output of shown) output.data = data;
    if (update) return;
    const output: Output = { output_type: "display_data", data, metadata: {} };
    this.#current.push(output);
    if (id !== undefined) this.#shown.set(id, [...shown, output]);
  }

  /** Adds the value of the cell of this number. */
  result(data: Record<string, unknown>, cell: number): void {
    this.#current.push({
      output_type: "execute_result",
      execution_count: cell,
      data,
      metadata: {},
    });
  }

  /** Adds an error. */
  error(ename: string, evalue: string, traceback: readonly string[]): void {
    this.#current.push({ output_type: "error", ename, evalue, traceback: [...traceback] });
  }

  /** The code cell of this number with its outputs; one that has not begun has none. */
  apply(cell: CodeCell, number: number): CodeCell {
    const count = this.#outputs.has(number) ? number : null;
    return { ...cell, outputs: [...this.of(number)], execution_count: count };
  }
}
