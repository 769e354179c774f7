/**
 * The cells of a notebook as they run: values by dataflow, outputs under the cell that made them.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers";
import { isStream } from "../notebook/cell_streams.ts";
import { loadCompiler } from "../notebook/cell_syntax.ts";
import { cellFunction, type CellResult, type CompiledCell } from "../notebook/compile_cell.ts";
import { Dataflow, type Ran } from "../notebook/dataflow.ts";
import { endRunner } from "../run/_state.ts";
import { STOP_FLAG } from "../run/_task.ts";
import type { CellText, Content, Order, Report } from "./back_messages.ts";
import { NotebookModes, StaleCells } from "./back_notes.ts";
import { BackOutputs } from "./back_outputs.ts";
import { errorOf, replyOf } from "./back_replies.ts";
import { Interrupted, type Signals } from "./back_signals.ts";
import { type Comm, takeComm } from "./back_comms.ts";
import { CellCode } from "./cell_traceback.ts";
import { InputMoves } from "./input_moves.ts";
import { InputWidgets } from "./input_widgets.ts";
import { LocalModules } from "./local_modules.ts";
import { notebookConfig } from "./notebook_config.ts";
import { loadValues, type SavedCell, saveValues } from "./saved_values.ts";

/** A request to run a cell. */
type Execute = Order & { readonly type: "execute" };

/** Cells that ran elsewhere. */
type Know = Order & { readonly type: "know" };

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
  readonly #moves = new InputMoves((cell) => this.#flow.run(cell));
  readonly #evaluated = new Set<string>();
  readonly #stale: StaleCells;
  readonly modes: NotebookModes;
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
    this.#stale = new StaleCells(options.tell);
    this.modes = new NotebookModes((mode) => this.#flow.mode = mode, options.tell);
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
      later: cells.#stale.later,
      pause: () => cells.#stale.pause,
    });
    return cells;
  }

  /** The cell whose code runs now, or the last that was asked for. */
  get cell(): string | null {
    return this.#context.getStore() ?? this.#last;
  }

  /** Takes note of cells that ran in a back which is gone; those with inputs are shown anew. */
  async know({ cells, saved, inputs, hung, hasPages, mode }: Know): Promise<void> {
    this.modes.set({ mode: mode.mode, cell: mode.cell });
    const names = saved === null ? new Map() : loadValues(saved);
    for (const cell of cells) this.#describe(cell);
    const known = cells.map(({ cell, code, replaces }) => ({
      id: cell,
      source: code,
      replaces,
      names: names.get(cell),
    }));
    for (const cell of this.#flow.know(known, hung)) this.#stale.add(cell);
    this.#stale.settle();
    for (const [cell, kept] of inputs) this.inputs.recall(cell, kept);
    this.outputs.hasPages = hasPages;
    if (hasPages) await this.#flow.revive(new Set(inputs.keys()), hung);
  }

  /** Writes the values of cells to a folder. */
  save(folder: string): SavedCell[] {
    return saveValues(folder, this.#flow.currentNames());
  }

  /** Runs a cell and what depends on it, and tells when all is shown. */
  async execute(order: Execute): Promise<void> {
    const { id, cell, code, deleted, replaces } = order;
    this.#options.signals.stop = false;
    this.#stale.begin(cell);
    for (const gone of deleted) await this.#remove(gone);
    this.#describe(order);
    this.#last = this.#asked = cell;
    this.outputs.hasPages = !replaces;
    const ran = await this.#flow.run(cell, code, { replaces });
    this.#asked = null;
    await this.outputs.settled();
    const own = ran.findLast((one) => one.id === cell)?.outcome ?? { status: "dropped" };
    const names = this.#names();
    const reply = await replyOf(own, { expressions: order.expressions, names, code: this.#code });
    if (replaces && !this.#flow.owns(cell)) await this.#remove(cell); // nothing can come of it later
    this.#stale.settle();
    this.#options.tell({ type: "names", names: Object.keys(names) });
    this.#options.tell({ type: "done", id, reply });
  }

  /** Takes note of more cells that are asked for next; none where no cell is asked for any more. */
  setLater(cells: readonly string[]): void {
    if (cells.length === 0) this.#stale.later.clear();
    for (const cell of cells) this.#stale.later.add(cell);
    this.#stale.settle();
  }

  /** Ends what runs: what awaits and workers at once, loops when they next ask. */
  stop(): void {
    void endRunner();
    this.#stopped.reject(new Interrupted());
    this.#stopped = Promise.withResolvers<never>();
    this.#stopped.promise.catch(() => {});
  }

  /** Takes a message of a comm, and tells when what it moves has been shown. */
  async comm(order: Comm): Promise<void> {
    const moved = takeComm(order, this.inputs, this.outputs);
    if (moved !== null) {
      this.#tellInputs(moved);
      this.#options.signals.stop = false;
      await this.#moves.move(moved);
    }
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
    this.#flow.setMode(cell, mode);
    if (tight) this.#tight.add(cell);
    else this.#tight.delete(cell);
  }

  async #remove(cell: string): Promise<void> {
    this.inputs.remove(cell);
    this.outputs.remove(cell);
    this.#modules.forget(cell);
    this.#labels.delete(cell);
    this.modes.end(cell);
    this.#stale.delete(cell);
    await this.#flow.remove(cell);
  }

  /** Runs the code of a cell in its own context. */
  async #evaluate(
    { id, name }: { readonly id: string; readonly name: string },
    compiled: CompiledCell,
    inputs: Readonly<Record<string, unknown>>,
  ): Promise<CellResult> {
    await this.#turn();
    const moved = this.#moves.has(id);
    const follows = this.#flow.above(id).some((cell) => this.inputs.has(cell));
    this.outputs.begin(id, { moved, follows, asked: id === this.#asked });
    this.inputs.begin(id, { shows: !moved });
    this.modes.end(id);
    this.#evaluated.add(id);
    const url = this.#code.add(id, { compiled, label: name });
    const run = cellFunction(compiled, Object.keys(inputs), { url });
    const { promise: stopped } = this.#stopped;
    const ended = this.#context.run(id, () => run(...Object.values(inputs)));
    const { names, value } = await Promise.race([ended, stopped]);
    this.inputs.end(id);
    this.#tellInputs(id);
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
      this.#stale.add(id);
      if (this.#asked === null) this.#stale.settle();
      return;
    }
    this.#stale.delete(id);
    if (outcome.status === "value") {
      const id_ = this.#streams.has(id) ? { id: `resolvent:${id}:value` } : {};
      this.#context.run(
        id,
        () => outputs.result(id, outcome.value, { ...id_, update: !wasEvaluated }),
      );
      if (!wasEvaluated) return;
      for (const warning of outcome.warnings) outputs.text(id, "stderr", `${warning}\n`);
    } else {
      const isStream = outcome.status === "error" && this.#streams.has(id); // what it showed stays
      if (!wasEvaluated && !isStream) outputs.begin(id, { asked: id === this.#asked });
      outputs.error(id, errorOf(outcome, this.#code));
    }
    void outputs.settled().then(() => outputs.end(id));
  }

  /** Values of the names that cells define. */
  #names(): Record<string, unknown> {
    const all = [...this.#flow.outcomes().values()];
    return Object.assign({}, ...all.map((one) => one.status === "value" ? one.names : {}));
  }

  /** Runs cells again whose modules have changed. */
  async #again(cells: ReadonlySet<string>): Promise<void> {
    this.#options.signals.stop = false;
    for (const cell of cells) if (this.#flow.has(cell)) await this.#flow.run(cell);
  }

  /** Tells what the inputs of a cell are, which outlives this process. */
  #tellInputs(cell: string): void {
    if (!this.inputs.has(cell)) return;
    this.#options.tell({ type: "inputs", cell, inputs: this.inputs.kept(cell) });
  }

  #showInput(data: Content): void {
    const { cell } = this;
    this.outputs.direct(cell, "display_data", { data, metadata: {} });
    if (cell !== null) this.outputs.hasInput(cell);
  }
}
