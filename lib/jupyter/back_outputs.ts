/**
 * What cells show, on its way from the back to the front.
 *
 * @module
 */
import { bundleOf } from "../notebook/display.ts";
import type { Content, Report } from "./back_messages.ts";
import type { ShownError } from "./cell_traceback.ts";

/** A cell that runs or has run. */
type Shown = {
  /** Whether it has inputs: what it shows is then updated in place, so that they stay. */
  hasInputs: boolean;
  /** Whether an input of its own has moved: what it shows takes the place of what it showed. */
  moved: boolean;
  /** Number of what it has shown in this run, and of what there was to be updated. */
  count: number;
  most: number;
};

/** A display, as `Deno.jupyter.display` and `show` name its settings. */
export type DisplayOptions = { readonly id?: string; readonly update?: boolean };

/** Hands outputs on, under the cell that they belong to. */
export class BackOutputs {
  readonly #tell: (report: Report) => void;
  readonly #cells = new Map<string, Shown>();
  readonly #pending = new Set<Promise<void>>();

  /** Tells what there is to tell by `tell`. */
  constructor(tell: (report: Report) => void) {
    this.#tell = tell;
  }

  /** A cell runs; `moved` where an input of its own has moved. */
  begin(cell: string, moved = false): void {
    const most = moved ? this.#cells.get(cell)?.most ?? 0 : 0;
    const hasInputs = moved && this.#cells.get(cell)?.hasInputs === true;
    this.#cells.set(cell, { hasInputs, moved, count: 0, most });
    if (!moved) this.#tell({ type: "begin", cell });
  }

  /** A cell has ended. */
  end(cell: string): void {
    const shown = this.#cells.get(cell);
    if (!shown) return;
    // what an input has made unnecessary is emptied
    for (let at = shown.count; at < shown.most; at++) {
      this.#update(cell, at, { "text/plain": "" });
    }
    if (!shown.moved) this.#tell({ type: "end", cell });
  }

  /** A cell asks for an input: from here on what it shows can be updated in place. */
  hasInput(cell: string): void {
    const shown = this.#cells.get(cell);
    if (shown) shown.hasInputs = true;
  }

  /** Text of a cell, or of none. */
  text(cell: string | null, name: "stdout" | "stderr", text: string): void {
    if (cell !== null && this.#cells.get(cell)?.hasInputs) {
      this.#place(cell, { "text/plain": text.replace(/\n$/, "") });
    } else this.#tell({ type: "text", cell, name, text });
  }

  /** A display of a cell. */
  display(
    cell: string | null,
    data: Content,
    { id, update = false }: DisplayOptions = {},
    metadata: Content = {},
  ): void {
    if (id === undefined && cell !== null && this.#cells.get(cell)?.hasInputs) {
      return this.#place(cell, data);
    }
    const transient = id === undefined ? {} : { transient: { display_id: id } };
    const kind = update ? "update_display_data" : "display_data";
    this.message(cell, kind, { data, metadata, ...transient });
  }

  /** A value of a cell; it is shown when it has settled. `id` where it is to be updated. */
  result(
    cell: string,
    value: unknown,
    { id, update = false }: DisplayOptions = {},
  ): void {
    if (value === undefined && !update) return;
    this.whenDone((async () => {
      const data = await bundleOf(value);
      if (id !== undefined) this.display(cell, data, { id, update });
      else if (this.#cells.get(cell)?.hasInputs) this.#place(cell, data);
      else this.message(cell, "execute_result", { data, metadata: {} });
    })());
  }

  /** An error of a cell. */
  error(cell: string, { ename, evalue, traceback }: ShownError): void {
    if (!this.#cells.get(cell)?.hasInputs) {
      return this.message(cell, "error", { ename, evalue, traceback });
    }
    this.#place(cell, {
      "text/plain": traceback.join("\n"),
      "application/vnd.jupyter.error": {
        name: ename,
        message: evalue,
        stack: traceback.join("\n"),
      },
    });
  }

  /** Any other message. */
  message(
    cell: string | null,
    kind: string,
    content: Content,
    metadata?: Content,
    buffers?: readonly Uint8Array[],
  ): void {
    // what is shown must be JSON, and what the other process gets must not hold functions
    const plain = JSON.parse(JSON.stringify(content)) as Content;
    this.#tell({ type: "output", cell, kind, content: plain, metadata, buffers });
  }

  /** Lets `settled` wait for work. */
  whenDone(work: Promise<void>): void {
    const kept = work.catch((error) => {
      this.#tell({
        type: "text",
        cell: null,
        name: "stderr",
        text: `Cannot show a value as its display threw: ${error}\n`,
      });
    }).finally(() => this.#pending.delete(kept));
    this.#pending.add(kept);
  }

  /** Resolves when all that was to be shown until now has been told. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** Shows something where the cell's last run had shown its counterpart, or anew. */
  #place(cell: string, data: Content): void {
    const shown = this.#cells.get(cell)!;
    const at = shown.count++;
    if (at < shown.most) return this.#update(cell, at, data);
    shown.most = shown.count;
    this.display(cell, data, { id: placeId(cell, at) });
  }

  #update(cell: string, at: number, data: Content): void {
    this.display(cell, data, { id: placeId(cell, at), update: true });
  }
}

/** The display id of what a cell shows at a place. */
function placeId(cell: string, at: number): string {
  return `resolvent:${cell}:${at}`;
}
