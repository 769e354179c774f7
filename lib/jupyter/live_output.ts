/**
 * Outputs that follow inputs: kept by the kernel in a widget, so that they go on following when a
 * page was loaded again, and in a second page.
 *
 * @module
 */
import type { Content } from "./back_messages.ts";

/** Milliseconds that changes are gathered before a front end is told. */
const GATHER = 15;

/** Milliseconds without a change after which what a file keeps is brought up to date. */
const REST = 700;

/** Characters of text that are kept: beyond, the beginning is left out. */
const MOST_TEXT = 1_000_000;

/** One output, as a notebook stores it. */
type Output = Record<string, unknown>;

/** Sends a message under the cell. */
export type Send = (kind: string, content: Content, metadata?: Content) => void;

/** The outputs of one cell as the state of an output widget. */
export class LiveOutput {
  readonly comm: string = crypto.randomUUID();
  readonly #send: Send;
  readonly #id: string;
  #outputs: Output[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** Opens the widget; `id` is that of the display which shows it. */
  constructor(send: Send, id: string) {
    this.#send = send;
    this.#id = id;
    send("comm_open", {
      comm_id: this.comm,
      target_name: "jupyter.widget",
      data: { state: this.state(), buffer_paths: [] },
    }, { version: "2.1.0" });
  }

  /** The state of the widget's model. */
  state(): Content {
    return {
      _model_module: "@jupyter-widgets/output",
      _model_module_version: "1.0.0",
      _model_name: "OutputModel",
      _view_module: "@jupyter-widgets/output",
      _view_module_version: "1.0.0",
      _view_name: "OutputView",
      msg_id: "",
      outputs: this.#outputs,
    };
  }

  /** Shows the widget in its cell. */
  show(): void {
    this.#send("display_data", this.#display());
  }

  /** The cell runs anew; what it showed stays until something else comes. */
  begin(): void {
    this.#outputs = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The cell has ended: what it shows is told now. */
  end(): void {
    this.#tell();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#send("update_display_data", this.#display()), REST);
  }

  /** Adds text. */
  text(name: "stdout" | "stderr", text: string): void {
    const last = this.#outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) {
      last.text = (String(last.text) + text).slice(-MOST_TEXT);
    } else this.#outputs.push({ output_type: "stream", name, text: text.slice(-MOST_TEXT) });
    this.#soon();
  }

  /** Adds what a message shows; tells whether that was all there is to do with it. */
  take(kind: string, content: Content): boolean {
    if (kind === "update_display_data") {
      const id = idOf(content);
      for (const output of this.#outputs) {
        if (id !== undefined && idOf(output) === id) output.data = content.data;
      }
      this.#soon();
      return false; // other cells may show it too
    }
    if (kind === "clear_output") this.#outputs = [];
    else if (["display_data", "execute_result", "error"].includes(kind)) {
      this.#outputs.push({
        output_type: kind,
        ...kind === "error" ? {} : { metadata: {} },
        ...content,
      });
    } else return false;
    this.#soon();
    return true;
  }

  /** Closes the widget. */
  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#rest);
    this.#send("comm_close", { comm_id: this.comm, data: {} });
  }

  /** What the cell's output in the file holds: the widget, and what it shows now for readers without. */
  #display(): Content {
    const shown = this.#outputs.findLast(({ data }) => data !== undefined);
    const text = this.#outputs.map(({ text = "", traceback = [] }) =>
      String(text) + (traceback as string[]).join("\n")
    ).join("");
    const data = shown?.data as Content | undefined;
    return {
      data: {
        ...data,
        "text/plain": [text, data?.["text/plain"] ?? ""].filter(Boolean).join("\n"),
        "application/vnd.jupyter.widget-view+json": {
          version_major: 2,
          version_minor: 0,
          model_id: this.comm,
        },
      },
      metadata: {},
      transient: { display_id: this.#id },
    };
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#tell(), GATHER);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const data = { method: "update", state: { outputs: this.#outputs }, buffer_paths: [] };
    this.#send("comm_msg", { comm_id: this.comm, data });
  }
}

/** The id of a display, or undefined. */
function idOf({ transient }: Readonly<Record<string, unknown>>): string | undefined {
  return (transient as { readonly display_id?: string } | undefined)?.display_id;
}
