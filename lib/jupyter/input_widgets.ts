/**
 * The inputs of a running notebook: which widget shows each, and which cell a move of it concerns.
 *
 * @module
 */
import type { InputHost, InputRequest } from "../notebook/inputs.ts";
import { type WidgetMessage, widgetState, widgetStates, widgetValue } from "./widget_models.ts";

/** A message of a comm that a front end is to get. */
export type CommMessage = {
  readonly type: "comm_open" | "comm_msg" | "comm_close";
  readonly content: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

/** What inputs need of the kernel. */
export type InputWidgetsOptions = {
  /** Sends a message of a comm. */
  readonly send: (message: CommMessage) => void;
  /** Shows a bundle in the cell that runs. */
  readonly display: (bundle: Readonly<Record<string, unknown>>) => void;
  /** The cell whose code runs now; null outside of all. */
  readonly cell: () => string | null;
  /** A new name for a comm. */
  readonly newId: () => string;
};

/** An input of a cell: the first, the second... of the cell's run. */
type Shown = {
  readonly cell: string;
  readonly comm: string;
  request: InputRequest;
  value: unknown;
};

/** An input as it outlives the process that shows it. */
export type KeptInput = { readonly request: InputRequest; readonly value: unknown };

/** A cell's inputs in their order, and how many its present run has asked for. */
type Cell = { readonly inputs: Shown[]; asked: number; shows: boolean };

/** The protocol of widgets that comms follow. */
const PROTOCOL = { version: "2.1.0" };

/** Holds the inputs of all cells; is the host that `input` asks. */
export class InputWidgets implements InputHost {
  readonly #options: InputWidgetsOptions;
  readonly #cells = new Map<string, Cell>();
  readonly #comms = new Map<string, Shown>();
  readonly #recalled = new Map<string, readonly KeptInput[]>();

  /** Starts without inputs. */
  constructor(options: InputWidgetsOptions) {
    this.#options = options;
  }

  /** A cell runs: `shows` where its outputs are made anew, not where an input of its own moved. */
  begin(cell: string, { shows }: { readonly shows: boolean }): void {
    const inputs = this.#cells.get(cell)?.inputs ?? [];
    this.#cells.set(cell, { inputs, asked: 0, shows });
  }

  /** A cell has ended: inputs that it no longer asks for go. */
  end(cell: string): void {
    this.#recalled.delete(cell);
    const own = this.#cells.get(cell);
    if (own) { for (const shown of own.inputs.splice(own.asked)) this.#close(shown); }
  }

  /** What the inputs of a cell are. */
  kept(cell: string): readonly KeptInput[] {
    return (this.#cells.get(cell)?.inputs ?? []).map(({ request, value }) => ({ request, value }));
  }

  /** Lets the inputs of a cell, when it runs, have the values that they had elsewhere. */
  recall(cell: string, inputs: readonly KeptInput[]): void {
    this.#recalled.set(cell, inputs);
  }

  /** A cell is no longer there. */
  remove(cell: string): void {
    this.#recalled.delete(cell);
    for (const shown of this.#cells.get(cell)?.inputs ?? []) this.#close(shown);
    this.#cells.delete(cell);
  }

  /** The value of an input: of the same place in the cell's last run, if it is of the same kind. */
  value(request: InputRequest): unknown {
    const cell = this.#options.cell();
    const own = cell === null ? undefined : this.#cells.get(cell);
    if (cell === null || own === undefined) return request.value;
    const at = own.asked++, before = own.inputs[at];
    const kept = before !== undefined && sameInput(before.request, request);
    const shown = kept ? before : this.#open(cell, request, this.#firstValue(cell, at, request));
    if (before !== undefined && !kept) this.#close(before);
    own.inputs[at] = shown;
    if (own.shows || !kept) {
      this.#options.display({
        "text/plain": `${request.label || request.kind}: ${textOf(shown.value)}`,
        "application/vnd.jupyter.widget-view+json": {
          version_major: 2,
          version_minor: 0,
          model_id: shown.comm,
        },
      });
    }
    return shown.value;
  }

  /**
   * Takes a message of a comm. Returns the cell to run again, null where nothing has changed, and
   * undefined for a comm that is no input.
   */
  receive(
    comm: string,
    message: WidgetMessage,
    buffers: readonly Uint8Array[] = [],
  ): string | null | undefined {
    const shown = this.#comms.get(comm);
    if (shown === undefined) return undefined;
    if (message.method === "request_state") {
      this.#update(shown, "update", widgetState(shown.request, shown.value));
      return null;
    }
    // other pages keep the old value unless they are told what this one sent
    if (message.method === "update" && shown.request.kind !== "file") {
      this.#update(shown, "echo_update", message.state ?? {});
    }
    const value = widgetValue(shown.request, shown.value, message, buffers);
    if (value === undefined || value === shown.value) return null;
    shown.value = value;
    return shown.cell;
  }

  /** States of all models by comm, for a page that attaches again. */
  states(): Readonly<Record<string, { readonly state: unknown }>> {
    return widgetStates(Object.fromEntries(
      [...this.#comms].map(([comm, { request, value }]) => [comm, widgetState(request, value)]),
    ));
  }

  /** Whether a cell has inputs. */
  has(cell: string): boolean {
    return (this.#cells.get(cell)?.inputs.length ?? 0) > 0;
  }

  /** Names of the comms that are open. */
  comms(): readonly string[] {
    return [...this.#comms.keys()];
  }

  /** The value of an input that begins: what it had elsewhere, else its own. */
  #firstValue(cell: string, at: number, request: InputRequest): unknown {
    const before = this.#recalled.get(cell)?.[at];
    return before !== undefined && sameInput(before.request, request)
      ? before.value
      : request.value;
  }

  #open(cell: string, request: InputRequest, value: unknown): Shown {
    const shown = { cell, comm: this.#options.newId(), request, value };
    this.#comms.set(shown.comm, shown);
    this.#options.send({
      type: "comm_open",
      content: {
        comm_id: shown.comm,
        target_name: "jupyter.widget",
        data: { state: widgetState(request, value), buffer_paths: [] },
      },
      metadata: PROTOCOL,
    });
    return shown;
  }

  #update({ comm }: Shown, method: string, state: Readonly<Record<string, unknown>>): void {
    const data = { method, state, buffer_paths: [] };
    this.#options.send({ type: "comm_msg", content: { comm_id: comm, data } });
  }

  #close({ comm }: Shown): void {
    this.#comms.delete(comm);
    this.#options.send({ type: "comm_close", content: { comm_id: comm, data: {} } });
  }
}

/** Tells whether a reader would take two inputs for the same: all but the value at first. */
function sameInput(a: InputRequest, b: InputRequest): boolean {
  const text = (request: InputRequest) =>
    JSON.stringify(
      { ...request, value: null },
      (_, value) => typeof value === "number" ? String(value) : value,
    );
  return text(a) === text(b);
}

/** A value in one line. */
function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
