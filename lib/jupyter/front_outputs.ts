/**
 * What cells show, on its way from the back to the front ends: each output under the message that
 * last asked for its cell.
 *
 * @module
 */
import { stopwatch } from "../run/clock.ts";
import type { Content } from "./back_messages.ts";
import type { FrontCell } from "./front_cells.ts";
import type { Header, Json } from "./messages.ts";
import { Outlet, type Overflow } from "./outlet.ts";
import type { Wire } from "./wire.ts";

/** The request that runs. */
export type Running = { readonly header: Header; readonly cell: string; readonly silent: boolean };

/** Shows what cells show. */
export class FrontOutputs {
  readonly #outlet: Outlet<Header | Json>;
  /** What cells are called that ran for another page than the one that asks now. */
  readonly #elsewhere = new Set<string>();
  /** Cells that ran, by id. */
  readonly cells: Map<string, FrontCell> = new Map();
  /** Comms that are open, by name: what each is for. */
  readonly comms: Map<string, string> = new Map();
  /** The request that runs. */
  running: Running | null = null;
  /** Header of the last message that concerned cells. */
  last: Header | Json = {};
  /** Whether the client names cells; else it can only be shown outputs of the one that runs. */
  hasIds = false;

  /** Shows by way of a wire. */
  constructor(wire: Wire) {
    this.#outlet = new Outlet({
      send: ({ type, content, parent, ...beside }) => wire.publish(type, content, parent, beside),
      overflow: openOverflow,
      clock: stopwatch(),
    });
  }

  /** Resolves when all that was shown until now has been sent. */
  async flush(): Promise<void> {
    await this.#outlet.flush();
  }

  /** A cell runs: what it showed is to go, unless the front end has emptied it. */
  begin(cell: string): void {
    const known = this.cells.get(cell);
    this.#outlet.begin(cell);
    if (!known) return;
    const { isFresh, parent, text } = known;
    const asks = this.running?.header.session;
    if (this.hasIds && asks !== undefined && parent.session !== asks) {
      this.#elsewhere.add(text.label);
    }
    Object.assign(known, { isFresh: false, isOld: !isFresh, isStale: false });
    if (!isFresh) this.show(cell, "clear_output", { wait: true });
  }

  /** Says in the cell that was asked for what its page cannot show: it was loaded after that ran. */
  tellElsewhere(): void {
    const labels = [...this.#elsewhere];
    this.#elsewhere.clear();
    if (labels.length === 0 || !this.running) return;
    const which = labels.join(", ");
    const text = `Not shown in this page, which was loaded since: the new outcome of ${which}. ` +
      "Run each once here, or all cells, to see what they show.\n";
    this.text(this.running.cell, "stderr", text);
  }

  end(cell: string): void {
    const known = this.cells.get(cell);
    this.#outlet.end(cell, this.#parentOf(cell));
    if (known?.isOld) this.show(cell, "clear_output", { wait: false });
  }

  stale(cell: string, text: string): void {
    const known = this.cells.get(cell);
    if (!known || known.isStale) return;
    Object.assign(known, { isStale: true, isFresh: false });
    const html =
      `<div style="opacity:.7;border-left:3px solid #c80;padding-left:.6em">${text}</div>`;
    this.show(cell, "display_data", {
      data: { "text/plain": text, "text/html": html },
      metadata: {},
    });
  }

  text(cell: string | null, name: "stdout" | "stderr", text: string): void {
    if (!this.#mayShow(cell, "stream")) return;
    const known = cell === null ? undefined : this.cells.get(cell);
    if (known) known.isOld = false;
    this.#outlet.write(cell ?? "", this.#parentOf(cell), name, text);
  }

  show(
    cell: string | null,
    type: string,
    content: Content,
    { metadata, buffers }: { metadata?: Content; buffers?: readonly Uint8Array[] } = {},
  ): void {
    if (type === "comm_open") {
      this.comms.set(String(content.comm_id), String(content.target_name));
    }
    if (type === "comm_close") this.comms.delete(String(content.comm_id));
    if (!this.#mayShow(cell, type)) return;
    const known = cell === null ? undefined : this.cells.get(cell);
    if (known && type !== "clear_output" && !type.startsWith("comm_")) known.isOld = false;
    const whole = type === "execute_result"
      ? { ...content, execution_count: known?.count ?? 0 }
      : content;
    this.#outlet.put({ parent: this.#parentOf(cell), type, content: whole, metadata, buffers });
  }

  /** Whether a client is to get an output: one that names no cells only knows the one that runs. */
  #mayShow(cell: string | null, type: string): boolean {
    const isOwn = cell === null || cell === this.running?.cell;
    if (type.startsWith("comm_") || type === "update_display_data") return true;
    if (isOwn && this.running?.silent) return false;
    if (!this.hasIds) return isOwn;
    return cell === null || this.cells.has(cell); // a cell that is gone shows nothing
  }

  #parentOf(cell: string | null): Header | Json {
    const known = cell === null ? undefined : this.cells.get(cell);
    if (this.hasIds && known) return known.parent;
    return this.running?.header ?? this.last;
  }
}

/** Opens a file for text that is too much for a notebook. */
function openOverflow(): Overflow {
  const path = Deno.makeTempFileSync({ prefix: "resolvent-output-", suffix: ".txt" });
  return { path, write: (text) => Deno.writeTextFileSync(path, text, { append: true }) };
}
