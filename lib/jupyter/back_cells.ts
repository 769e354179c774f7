/**
 * The cells of a notebook as they run: values by dataflow, outputs under the cell that made them.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers";
import { isStream } from "../notebook/cell_streams.ts";
import { loadCompiler } from "../notebook/cell_syntax.ts";
import {
  cellFunction,
  type CellResult,
  type CompiledCell,
  evaluateExpression,
  namesDefinedBy,
} from "../notebook/compile_cell.ts";
import { Dataflow, type Outcome, type Ran } from "../notebook/dataflow.ts";
import { bundleOf } from "../notebook/display.ts";
import { STOP_FLAG } from "../run/_task.ts";
import type { CellText, Content, Order, Reply, Report } from "./back_messages.ts";
import { BackOutputs } from "./back_outputs.ts";
import { Interrupted, type Signals } from "./back_signals.ts";
import { type Comm, takeComm } from "./back_comms.ts";
import { CellCode } from "./cell_traceback.ts";
import { InputWidgets } from "./input_widgets.ts";
import { LocalModules } from "./local_modules.ts";
import { notebookConfig } from "./notebook_config.ts";

/** A request to run a cell. */
type Execute = Order & { readonly type: "execute" };

/** What cells need. */
export type BackCellsOptions = {
  readonly tell: (report: Report) => void;
  readonly signals: Signals;
  /** Folder of the notebook. */
  readonly folder: string;
};

/** Runs cells, and what depends on them. */
export class BackCells {
  readonly #options: BackCellsOptions;
  readonly #context = new AsyncLocalStorage<string>();
  readonly #code = new CellCode();
  readonly #labels = new Map<string, string>();
  readonly #tight = new Set<string>();
  /** Cells whose value is a stream. */
  readonly #streams = new Set<string>();
  /** Cells of which an input has moved, and those of which it has moved again meanwhile. */
  readonly #moving = new Map<string, Promise<void>>();
  readonly #movedAgain = new Set<string>();
  readonly #evaluated = new Set<string>();
  readonly outputs: BackOutputs;
  readonly inputs: InputWidgets;
  #flow!: Dataflow;
  #modules!: LocalModules;
  #stopped = Promise.withResolvers<never>();
  #begun: Promise<void> = Promise.resolve();
  #last: string | null = null;
  /** The cell that a front end has asked for. */
  #asked: string | null = null;

  private constructor(options: BackCellsOptions) {
    this.#options = options;
    this.outputs = new BackOutputs(options.tell);
    this.inputs = new InputWidgets({
      send: ({ type, content, metadata }) =>
        this.outputs.direct(this.cell, type, content, metadata),
      display: (data) => this.#showInput(data),
      cell: () => this.#context.getStore() ?? null,
      newId: () => crypto.randomUUID(),
    });
    this.#stopped.promise.catch(() => {}); // a stop while nothing runs concerns nobody
  }

  /** Loads what is needed, and begins without cells. */
  static async open(options: BackCellsOptions): Promise<BackCells> {
    const cells = new BackCells(options);
    Object.defineProperty(globalThis, STOP_FLAG, { value: options.signals.flag() });
    const { jsx, imports } = notebookConfig(options.folder);
    const compiler = await loadCompiler();
    const onChange = (changed: ReadonlySet<string>) => void cells.#again(changed);
    cells.#modules = new LocalModules({ compiler, folder: options.folder, imports, onChange });
    cells.#flow = await Dataflow.open({
      label: (id) => cells.#labels.get(id) ?? "a cell",
      compile: (id) => ({
        ...jsx,
        resolve: (specifier) => cells.#modules.resolve(specifier, id),
        ...(cells.#tight.has(id) ? {} : { stopFlag: STOP_FLAG }),
      }),
      evaluate: (cell, compiled, inputs) => cells.#evaluate(cell, compiled, inputs),
      onOutcome: (ran) => cells.#show(ran),
    });
    return cells;
  }

  /** The cell whose code runs now, or the last that was asked for. */
  get cell(): string | null {
    return this.#context.getStore() ?? this.#last;
  }

  /** Takes note of cells that ran in a back which is gone. */
  know(cells: readonly CellText[]): void {
    for (const cell of cells) {
      this.#describe(cell);
      this.#flow.know(cell.cell, cell.code);
    }
  }

  /** Runs a cell and what depends on it, and tells when all is shown. */
  async execute(order: Execute): Promise<void> {
    const { id, cell, code, deleted, replaces } = order;
    this.#options.signals.stop = false;
    for (const gone of deleted) await this.#remove(gone);
    this.#describe(order);
    this.#last = this.#asked = cell;
    this.outputs.hasPages = !replaces;
    if (replaces) {
      const names = namesDefinedBy(await loadCompiler(), code);
      for (const other of this.#labels.keys()) if (other !== cell) this.#flow.disown(other, names);
    }
    const ran = await this.#flow.run(cell, code);
    this.#asked = null;
    await this.outputs.settled();
    const own = ran.findLast((one) => one.id === cell)?.outcome ?? { status: "dropped" };
    const reply = await this.#reply(own, order.expressions);
    if (replaces && !this.#flow.owns(cell)) await this.#remove(cell); // nothing can come of it later
    this.#options.tell({ type: "names", names: Object.keys(this.#names()) });
    this.#options.tell({ type: "done", id, reply });
  }

  /** Ends what runs: what awaits at once, loops when they next ask. */
  stop(): void {
    this.#stopped.reject(new Interrupted());
    this.#stopped = Promise.withResolvers<never>();
    this.#stopped.promise.catch(() => {});
  }

  /** Takes a message of a comm, and tells when what it moves has been shown. */
  async comm(order: Comm): Promise<void> {
    const moved = takeComm(order, this.inputs, this.outputs);
    if (moved !== null) await this.#move(moved);
    await this.outputs.settled();
    this.#options.tell({ type: "done", id: order.id, reply: { status: "ok", expressions: {} } });
  }

  /** Reports an error that no cell waits for, under the cell that it comes from. */
  late(error: unknown): void {
    if (error instanceof Interrupted) return;
    const cell = this.#code.cellOf(error) ?? this.cell;
    const text = this.#code.shown(error).traceback.join("\n");
    this.outputs.text(cell, "stderr", `Uncaught (no cell waits for it) ${text}\n`);
  }

  /** Takes over what a cell is called and how it is compiled. */
  #describe({ cell, label, mode, tight }: CellText): void {
    this.#labels.set(cell, label);
    if (mode !== null) this.#flow.setMode(cell, mode);
    if (tight) this.#tight.add(cell);
    else this.#tight.delete(cell);
  }

  async #remove(cell: string): Promise<void> {
    this.inputs.remove(cell);
    this.outputs.remove(cell);
    this.#modules.forget(cell);
    this.#labels.delete(cell);
    await this.#flow.remove(cell);
  }

  /** Runs the code of a cell in its own context. */
  async #evaluate(
    { id, name }: { readonly id: string; readonly name: string },
    compiled: CompiledCell,
    inputs: Readonly<Record<string, unknown>>,
  ): Promise<CellResult> {
    await this.#turn();
    const moved = this.#moving.has(id);
    const follows = this.#flow.above(id).some((cell) => this.inputs.has(cell));
    this.outputs.begin(id, { moved, follows, asked: id === this.#asked });
    this.inputs.begin(id, { shows: !moved });
    this.#evaluated.add(id);
    const url = this.#code.add(id, { compiled, label: name });
    const run = cellFunction(compiled, Object.keys(inputs), { url });
    const { promise: stopped } = this.#stopped;
    const ended = this.#context.run(id, () => run(...Object.values(inputs)));
    const { names, value } = await Promise.race([ended, stopped]);
    this.inputs.end(id);
    if (isStream(value)) this.#streams.add(id);
    else this.#streams.delete(id);
    // a promise that is a cell's value is awaited, so that its error is the cell's
    return { names, value: isStream(value) ? value : await Promise.race([value, stopped]) };
  }

  /** Waits until the cell that began before has come to its first pause: what it shows is told. */
  async #turn(): Promise<void> {
    const before = this.#begun;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#begun = promise;
    await before;
    setImmediate(resolve);
  }

  /** Shows what came of a cell. */
  #show({ id, outcome }: Ran): void {
    const { outputs } = this;
    const wasEvaluated = this.#evaluated.delete(id);
    if (outcome.status === "dropped") return;
    if (outcome.status === "stale") {
      const text = "Something that this cell reads has changed: run it to see the new outcome.";
      return this.#options.tell({ type: "stale", cell: id, text });
    }
    if (outcome.status === "value") {
      const id_ = this.#streams.has(id) ? { id: `resolvent:${id}:value` } : {};
      this.#context.run(
        id,
        () => outputs.result(id, outcome.value, { ...id_, update: !wasEvaluated }),
      );
      if (!wasEvaluated) return;
      for (const warning of outcome.warnings) outputs.text(id, "stderr", `${warning}\n`);
    } else {
      if (!wasEvaluated) outputs.begin(id, { asked: id === this.#asked });
      outputs.error(id, this.#errorOf(outcome));
    }
    void outputs.settled().then(() => outputs.end(id));
  }

  /** What to show of a cell that has no value. */
  #errorOf(outcome: Outcome & { readonly status: "error" | "blocked" }) {
    if (outcome.status === "error") return this.#code.shown(outcome.error);
    const { message } = outcome;
    return { ename: "Blocked", evalue: message, traceback: [`Blocked: ${message}`] };
  }

  async #reply(outcome: Outcome, expressions: Content): Promise<Reply> {
    if (outcome.status === "error" || outcome.status === "blocked") {
      return { status: "error", ...this.#errorOf(outcome) };
    }
    if (outcome.status === "dropped") return { status: "aborted" };
    const values = await Promise.all(
      Object.entries(expressions).map(async ([name, text]) =>
        [name, await this.#valueOf(String(text))] as const
      ),
    );
    return { status: "ok", expressions: Object.fromEntries(values) };
  }

  /** The value of an expression over the names of all cells. */
  async #valueOf(expression: string): Promise<Content> {
    try {
      const value = await evaluateExpression(expression, this.#names());
      return { status: "ok", data: await bundleOf(value), metadata: {} };
    } catch (error) {
      return { status: "error", ...this.#code.shown(error) };
    }
  }

  /** Values of the names that cells define. */
  #names(): Record<string, unknown> {
    const all = [...this.#flow.outcomes().values()];
    return Object.assign({}, ...all.map((one) => one.status === "value" ? one.names : {}));
  }

  /** Runs a cell of which an input has moved; movements meanwhile are one more run. */
  async #move(cell: string): Promise<void> {
    const running = this.#moving.get(cell);
    if (running) {
      this.#movedAgain.add(cell);
      return await running;
    }
    this.#options.signals.stop = false;
    const run = (async () => {
      do {
        this.#movedAgain.delete(cell);
        await this.#flow.run(cell);
      } while (this.#movedAgain.has(cell));
    })();
    this.#moving.set(cell, run);
    try {
      await run;
    } finally {
      this.#moving.delete(cell);
    }
  }

  /** Runs cells again whose modules have changed. */
  async #again(cells: ReadonlySet<string>): Promise<void> {
    this.#options.signals.stop = false;
    for (const cell of cells) if (this.#flow.has(cell)) await this.#flow.run(cell);
  }

  #showInput(data: Content): void {
    const { cell } = this;
    this.outputs.direct(cell, "display_data", { data, metadata: {} });
    if (cell !== null) this.outputs.hasInput(cell);
  }
}
