/**
 * What code of cells finds in its global scope that a script finds otherwise: the console, what
 * asks the user, and Deno's side of Jupyter.
 *
 * @module
 */
import { type Bundle, bundleOf } from "../notebook/display.ts";
import { captureConsole } from "../notebook/console.ts";
import { catchLateErrors } from "../notebook/late_errors.ts";
import { INPUT_HOST } from "../notebook/inputs.ts";
import { REACTIVITY, type Reactivity } from "../notebook/reactivity.ts";
import { installSink } from "../notebook/sink.ts";
import type { BackCells } from "./back_cells.ts";
import type { Content, Report } from "./back_messages.ts";
import type { Signals } from "./back_signals.ts";
import { commandFor } from "./child_output.ts";

/** Settings of `Deno.jupyter.display`. */
type DisplaySettings = {
  readonly raw?: boolean;
  readonly update?: boolean;
  readonly display_id?: string;
};

/** Settings of `Deno.jupyter.broadcast`. */
type BroadcastSettings = {
  readonly metadata?: Content;
  readonly buffers?: readonly Uint8Array[];
};

/** Something that shows itself as a bundle. */
function displayable(bundle: Bundle): object {
  return { [Symbol.for("Jupyter.display")]: () => bundle };
}

/** A tag of templates that show themselves under a media type. */
function tag(type: string): (parts: TemplateStringsArray, ...values: readonly unknown[]) => object {
  return (parts, ...values) => displayable({ [type]: String.raw({ raw: parts }, ...values) });
}

/** The media type of a picture, by its first bytes. */
async function pictureOf(source: string | Uint8Array): Promise<Bundle> {
  const bytes = typeof source === "string" ? await Deno.readFile(source) : source;
  const bundle = await bundleOf(bytes);
  if (!("text/plain" in bundle)) return bundle;
  const first = [...bytes.slice(0, 4)].join(" ");
  throw new TypeError(
    `Cannot show a picture as it must be a PNG or a JPEG: its first bytes are ${first}`,
  );
}

/** What `Deno.jupyter` is for cells. */
function jupyterOf(cells: BackCells) {
  const { outputs } = cells;
  return {
    $display: Symbol.for("Jupyter.display"),
    format: bundleOf,
    html: tag("text/html"),
    md: tag("text/markdown"),
    svg: tag("image/svg+xml"),
    image: (source: string | Uint8Array) => ({
      [Symbol.for("Jupyter.display")]: () => pictureOf(source),
    }),
    async display(value: unknown, settings: DisplaySettings = {}): Promise<void> {
      const { raw = false, update = false, display_id: id } = settings;
      const { cell } = cells; // who is asked after an await may be another
      outputs.display(cell, raw ? value as Content : await bundleOf(value), { id, update });
    },
    // deno-lint-ignore require-await -- cells await it
    async broadcast(kind: string, content: Content, settings: BroadcastSettings = {}) {
      outputs.message(cells.cell, kind, content, settings.metadata, settings.buffers);
    },
  };
}

/** Asks the user, and holds the cell up until there is an answer. */
function askWith(
  tell: (report: Report) => void,
  signals: Signals,
  cells: BackCells,
): (prompt: string) => string | null {
  return (prompt) =>
    signals.waitForAnswer(() => tell({ type: "ask", cell: cells.cell, prompt, password: false }));
}

/** Sets all of it up. */
export function installGlobals(
  cells: BackCells,
  tell: (report: Report) => void,
  signals: Signals,
): void {
  const ask = askWith(tell, signals, cells);
  const global = {
    prompt: (message = "Prompt", value?: string) => {
      const text = ask(value === undefined ? `${message} ` : `${message} [${value}] `);
      return text === "" && value !== undefined ? value : text;
    },
    confirm: (message = "Confirm") => /^y(es)?$/i.test(ask(`${message} [y/N] `) ?? ""),
    alert: (message = "Alert") => void ask(`${message} [Enter] `),
  };
  Object.assign(globalThis, global);
  const own = {
    jupyter: { value: jupyterOf(cells) },
    Command: {
      value: commandFor(() => {
        const { cell, outputs } = cells;
        return (name, text) => outputs.text(cell, name, text);
      }),
    },
    exit: {
      value: (code = 0): never => {
        throw new Error(
          `Cannot end the kernel from a cell as the others need it: exit code ${code}`,
        );
      },
    },
  };
  Object.defineProperty(globalThis, "Deno", {
    configurable: true,
    writable: true,
    value: Object.create(Deno, own),
  });
  captureConsole((name, text) => cells.outputs.text(cells.cell, name, text));
  catchLateErrors((error) => cells.late(error));
  installSink({
    display: (bundle, options) => cells.outputs.display(cells.cell, bundle, options),
    stream: (name, text) => cells.outputs.text(cells.cell, name, text),
  });
  Object.defineProperty(globalThis, INPUT_HOST, { value: cells.inputs });
  Object.defineProperty(globalThis, REACTIVITY, {
    value: (mode: Reactivity) => cells.modes.set({ mode, cell: cells.cell }),
  });
}
