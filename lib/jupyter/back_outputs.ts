/**
 * What cells show, on its way from the back to the front.
 *
 * @module
 */
import { bundleOf } from "../notebook/display.ts";
import type { Content, Report } from "./back_messages.ts";
import type { ShownError } from "./cell_traceback.ts";
import { LiveOutput } from "./live_output.ts";

/** A cell that runs or has run. */
type Shown = {
  /** What it shows by a widget, where that follows inputs. */
  live: LiveOutput | null;
  /** Whether the widget is in the page. */
  isThere: boolean;
  /** Whether what it shows now goes to the widget. */
  isLive: boolean;
};

/** How a cell begins to run. */
export type Beginning = {
  /** Whether a front end has asked for it, and has emptied it. */
  readonly asked?: boolean;
  /** Whether it is run as an input of its own has moved: what else it shows is replaced. */
  readonly moved?: boolean;
  /** Whether it reads, by whatever way, an input. */
  readonly follows?: boolean;
};

/** A display, as `Deno.jupyter.display` and `show` name its settings. */
export type DisplayOptions = { readonly id?: string; readonly update?: boolean };

/** Hands outputs on, under the cell that they belong to. */
export class BackOutputs {
  readonly #tell: (report: Report) => void;
  readonly #cells = new Map<string, Shown>();
  readonly #pending = new Set<Promise<void>>();
  /** Whether front ends have pages in which outputs can follow inputs. */
  hasPages = false;

  /** Tells what there is to tell by `tell`. */
  constructor(tell: (report: Report) => void) {
    this.#tell = tell;
  }

  /** A cell runs. */
  begin(cell: string, { asked = false, moved = false, follows = false }: Beginning = {}): void {
    const shown = this.#cells.get(cell) ?? { live: null, isThere: false, isLive: false };
    this.#cells.set(cell, shown);
    const stays = moved || (follows && shown.isThere && !asked);
    if (!stays) shown.isThere = false;
    this.#tell({ type: "begin", cell, stays });
    shown.isLive = (follows && this.hasPages) || (moved && shown.live !== null);
    shown.live?.begin();
    if (!shown.isLive && !moved && shown.live !== null) {
      shown.live.close();
      shown.live = null;
    }
  }

  /** A cell has ended. */
  end(cell: string): void {
    const shown = this.#cells.get(cell);
    shown?.live?.end();
    this.#tell({ type: "end", cell, stays: shown?.isThere === true });
  }

  /** A cell has asked for an input: what it shows from here on follows it. */
  hasInput(cell: string): void {
    const shown = this.#cells.get(cell);
    if (shown) shown.isLive = this.hasPages;
  }

  /** A cell is no longer there. */
  remove(cell: string): void {
    this.#cells.get(cell)?.live?.close();
    this.#cells.delete(cell);
  }

  /** Text of a cell, or of none. */
  text(cell: string | null, name: "stdout" | "stderr", text: string): void {
    const live = this.#liveOf(cell);
    if (live) live.text(name, text);
    else this.#tell({ type: "text", cell, name, text });
  }

  /** A display of a cell. */
  display(
    cell: string | null,
    data: Content,
    { id, update = false }: DisplayOptions = {},
    metadata: Content = {},
  ): void {
    const transient = id === undefined ? {} : { transient: { display_id: id } };
    const kind = update ? "update_display_data" : "display_data";
    this.message(cell, kind, { data, metadata, ...transient });
  }

  /** A value of a cell; it is shown when it has settled. `id` where it is to be updated. */
  result(cell: string, value: unknown, { id, update = false }: DisplayOptions = {}): void {
    if (value === undefined && !update) return;
    this.whenDone((async () => {
      const data = await bundleOf(value);
      if (id !== undefined) this.display(cell, data, { id, update });
      else this.message(cell, "execute_result", { data, metadata: {} });
    })());
  }

  /** An error of a cell. */
  error(cell: string, { ename, evalue, traceback }: ShownError): void {
    this.message(cell, "error", { ename, evalue, traceback });
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
    if (this.#liveOf(cell)?.take(kind, plain)) return;
    this.#tell({ type: "output", cell, kind, content: plain, metadata, buffers });
  }

  /** A message that is not part of what a widget shows. */
  direct(cell: string | null, kind: string, content: Content, metadata: Content = {}): void {
    const plain = JSON.parse(JSON.stringify(content)) as Content;
    this.#tell({ type: "output", cell, kind, content: plain, metadata });
  }

  /** States of all widgets by their comms. */
  states(): Readonly<Record<string, Content>> {
    const all = [...this.#cells.values()].flatMap(({ live }) => live ?? []);
    return Object.fromEntries(all.map((live) => [live.comm, live.state()]));
  }

  /** Lets `settled` wait for work. */
  whenDone(work: Promise<void>): void {
    const kept = work.catch((error) => {
      const text = `Cannot show a value as its display threw: ${error}\n`;
      this.#tell({ type: "text", cell: null, name: "stderr", text });
    }).finally(() => this.#pending.delete(kept));
    this.#pending.add(kept);
  }

  /** Resolves when all that was to be shown until now has been told. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** The widget that takes what a cell shows now, or null; it comes with the first output. */
  #liveOf(cell: string | null): LiveOutput | null {
    const shown = cell === null ? undefined : this.#cells.get(cell);
    if (!shown?.isLive) return null;
    shown.live ??= new LiveOutput(
      (kind, content, metadata) => this.direct(cell, kind, content, metadata),
      `resolvent:${cell}:live`,
    );
    if (!shown.isThere) {
      shown.isThere = true;
      shown.live.show();
    }
    return shown.live;
  }
}
