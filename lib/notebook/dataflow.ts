/**
 * Cells that run when what they read has changed.
 *
 * @module
 */
import { CellStreams } from "./cell_streams.ts";
import { type CellGraph, cellGraph, cellsAbove, cellsBelow } from "./cell_graph.ts";
import { type Compiler, loadCompiler } from "./cell_syntax.ts";
import { blockedBy, inputsOf, keptVersions, seenBy } from "./cell_versions.ts";
import { compileCell, type CompiledCell } from "./compile_cell.ts";
import type { Cell, CellMode, DataflowOptions, Held, Outcome, Ran } from "./dataflow_types.ts";
import { evaluateCell, newCell } from "./dataflow_types.ts";
import { loadRuntime, type RuntimeModule } from "./observable_runtime.ts";

export type { CellMode, DataflowOptions, Evaluate, Outcome, Ran } from "./dataflow_types.ts";

/** Cells by id, and the flow between them. */
export class Dataflow {
  readonly #cells = new Map<string, Cell>();
  readonly #modes = new Map<string, CellMode>();
  readonly #logs = new Set<Ran[]>();
  readonly #options: DataflowOptions;
  readonly #module: RuntimeModule;
  readonly #compiler: Compiler;
  #graph: CellGraph = { links: new Map(), faults: new Map(), warnings: new Map() };
  #mode: CellMode;
  #version = 0;

  private constructor(compiler: Compiler, module: RuntimeModule, options: DataflowOptions) {
    this.#compiler = compiler;
    this.#module = module;
    this.#options = options;
    this.#mode = options.mode ?? "auto";
  }

  /** Loads what is needed and opens a dataflow without cells. */
  static async open(options: DataflowOptions = {}): Promise<Dataflow> {
    const [compiler, Runtime] = await Promise.all([loadCompiler(), loadRuntime()]);
    return new Dataflow(compiler, new Runtime().module(), options);
  }

  /** Sets when a cell runs, which need not be there yet; null is all that have no mode of their own. */
  setMode(id: string | null, mode: CellMode): void {
    if (id === null) this.#mode = mode;
    else this.#modes.set(id, mode);
  }

  /** Tells whether there is such a cell. */
  has(id: string): boolean {
    return this.#cells.has(id);
  }

  /** Tells whether a cell defines names. */
  owns(id: string): boolean {
    return (this.#cells.get(id)?.compiled?.names.defines.length ?? 0) > 0;
  }

  /** Cells that a cell reads from, by whatever way. */
  above(id: string): readonly string[] {
    return [...cellsAbove(id, this.#graph.links)];
  }

  /** The present outcome of every cell. */
  outcomes(): ReadonlyMap<string, Outcome> {
    return new Map(
      [...this.#cells].map(([id, { held }]) =>
        [id, held.stale ? { status: "stale" } : held.outcome] as const
      ),
    );
  }

  /** Runs a cell, with a new source or its own, and what depends on it, until all have settled. */
  async run(id: string, source?: string): Promise<readonly Ran[]> {
    const text = source ?? this.#cells.get(id)?.compiled?.source;
    const cell = this.#cells.get(id) ?? this.#newCell(id);
    cell.repeated = source === undefined;
    if (text !== undefined) this.#compile(cell, text);
    const changed = this.#link();
    const isStale = (above: string) => this.#cells.get(above)!.held.stale;
    const roots = new Set([id, ...cellsAbove(id, this.#graph.links, isStale)]);
    for (const root of roots) this.#cells.get(root)!.asked = true;
    return await this.#settle(roots.union(changed));
  }

  /** Takes note of a cell without running it: it is stale, and runs when a cell needs it. */
  know(id: string, source: string): void {
    const cell = this.#cells.get(id) ?? this.#newCell(id);
    this.#compile(cell, source);
    cell.held = { ...cell.held, stale: true };
    cell.known = this.#version;
    this.#link();
  }

  /** Lets other cells define names that this one has; what it was given to them stays. */
  disown(id: string, names: ReadonlySet<string>): void {
    const cell = this.#cells.get(id);
    if (!cell?.compiled) return;
    const defines = cell.compiled.names.defines.filter(({ name }) => !names.has(name));
    cell.compiled = { ...cell.compiled, names: { ...cell.compiled.names, defines } };
  }

  /** Takes a cell and its names away. */
  async remove(id: string): Promise<readonly Ran[]> {
    const cell = this.#cells.get(id);
    if (!cell) return [];
    this.#cells.delete(id);
    cell.controller?.abort();
    const settled = this.#settle(this.#link());
    cell.variable.delete();
    return await settled;
  }

  #label(id: string): string {
    return this.#options.label?.(id) ?? `cell ${id}`;
  }

  #compile(cell: Cell, source: string): void {
    try {
      cell.compiled = compileCell(this.#compiler, source, this.#options.compile?.(cell.id));
      cell.error = null;
    } catch (error) {
      cell.compiled = null;
      cell.error = error;
    }
  }

  #newCell(id: string): Cell {
    const cell = newCell(id, this.#module.variable({}));
    this.#cells.set(id, cell);
    return cell;
  }

  /** Reads the graph again; returns the cells for which something is another than before. */
  #link(): Set<string> {
    const names = new Map([...this.#cells].map(([id, cell]) => [id, cell.compiled?.names ?? null]));
    this.#graph = cellGraph(names, (id) => this.#label(id));
    const changed = new Set<string>();
    for (const [id, cell] of this.#cells) {
      const wiring = JSON.stringify([this.#graph.links.get(id), this.#graph.faults.get(id)]);
      if (wiring === cell.wiring) continue;
      cell.wiring = wiring;
      changed.add(id);
      this.#define(cell);
    }
    return changed;
  }

  /** Tells the runtime what a cell waits for, so that it looks at it and at all that follow. */
  #define(cell: Cell): void {
    const isFaulty = this.#graph.faults.has(cell.id);
    const links = isFaulty ? [] : this.#graph.links.get(cell.id) ?? [];
    const inputs = [...new Set(links.flatMap(({ owners }) => owners))].map((id) => `cell:${id}`);
    cell.variable.define(
      `cell:${cell.id}`,
      ["invalidation", ...inputs],
      (invalidation: Promise<void>) => this.#compute(cell, invalidation),
    );
  }

  /** Runs the roots that were asked for; waits for all and for what follows from them. */
  async #settle(roots: ReadonlySet<string>): Promise<readonly Ran[]> {
    const log: Ran[] = [];
    this.#logs.add(log);
    for (const id of roots) {
      const cell = this.#cells.get(id);
      if (cell?.asked) this.#define(cell);
    }
    await Promise.all([...cellsBelow(roots, this.#graph.links)].map(async (id) => {
      // a cell that is taken away meanwhile has no value to wait for
      if (this.#cells.has(id)) await this.#module.value(`cell:${id}`).catch(() => null);
    }));
    this.#logs.delete(log);
    return log;
  }

  /** Keeps an outcome, and says so to all runs that wait. */
  #hold(cell: Cell, outcome: Outcome): Held {
    const stale = outcome.status === "stale";
    if (stale && cell.held.stale) return cell.held;
    if (outcome.status !== "value") cell.controller?.abort();
    this.#version++;
    cell.held = {
      outcome: stale ? cell.held.outcome : outcome,
      version: this.#version,
      moved: keptVersions(cell, outcome),
      stale,
    };
    if (!stale) cell.asked = false;
    this.#tell(cell, outcome);
    return cell.held;
  }

  /** Says an outcome to all runs that wait, and to the caller. */
  #tell({ id }: Cell, outcome: Outcome): void {
    for (const log of this.#logs) log.push({ id, outcome });
    this.#options.onOutcome?.({ id, outcome });
  }

  /** Moves a cell's streams on until it runs again; every value reaches all readers. */
  async #pump(cell: Cell, streams: CellStreams, controller: AbortController): Promise<void> {
    const { signal } = controller;
    signal.addEventListener("abort", () => streams.close(), { once: true });
    try {
      await this.#settle(new Set([cell.id])); // readers see the first value before the second is asked for
      await streams.pump(signal, async (names) => {
        const { outcome, moved } = cell.held;
        if (outcome.status !== "value") return;
        const now = Object.fromEntries(names.map((name) => [name, ++this.#version]));
        const next = { ...outcome, ...streams.result };
        cell.held = { ...cell.held, outcome: next, moved: { ...moved, ...now } };
        this.#options.onOutcome?.({ id: cell.id, outcome: next });
        this.#define(cell);
        await this.#settle(new Set([cell.id]));
      });
    } catch (error) {
      if (signal.aborted) return;
      this.#hold(cell, { status: "error", error });
      this.#define(cell);
    }
  }

  /** Decides what becomes of a cell whose inputs have settled. */
  #compute(cell: Cell, invalidation: Promise<void>): Held | Promise<Held> {
    const { asked } = cell;
    const mode = this.#modes.get(cell.id) ?? this.#mode;
    const fault = this.#graph.faults.get(cell.id);
    const links = this.#graph.links.get(cell.id) ?? [];
    const owners = links.map(({ owners: [owner] }) => this.#cells.get(owner)!);
    const seen = seenBy(links, owners);
    if (fault !== undefined || !cell.compiled) {
      const key = `fault: ${fault ?? ""}`;
      if (cell.seen === key && !asked) return cell.held;
      cell.seen = key;
      const error = cell.compiled ? new Error(fault) : cell.error;
      return this.#hold(cell, { status: "error", error });
    }
    if (!asked && (mode === "frozen" || seen === cell.seen)) return cell.held;
    const { known } = cell;
    const isWaiting = known !== null && !owners.some(({ held }) => held.version > known);
    if (!asked && isWaiting) return cell.held;
    if (!asked && (mode === "lazy" || owners.some(({ held }) => held.stale))) {
      return this.#hold(cell, { status: "stale" });
    }
    const blocked = blockedBy(links, owners, (id) => this.#label(id));
    if (blocked) {
      cell.seen = seen;
      return this.#hold(cell, blocked);
    }
    cell.seen = null;
    cell.known = null;
    const inputs = inputsOf(links, owners);
    return this.#evaluate(cell, cell.compiled, { inputs, seen, invalidation });
  }

  async #evaluate(
    cell: Cell,
    compiled: CompiledCell,
    { inputs, seen, invalidation }: {
      readonly inputs: Readonly<Record<string, unknown>>;
      readonly seen: string;
      readonly invalidation: Promise<void>;
    },
  ): Promise<Held> {
    cell.controller?.abort();
    const controller = cell.controller = new AbortController();
    let streams: CellStreams | undefined;
    let isSettled = false;
    const { evaluate = evaluateCell } = this.#options;
    const named = { id: cell.id, name: this.#label(cell.id) };
    const run: Promise<Outcome> = (async () => {
      const { signal } = controller;
      streams = new CellStreams(await evaluate(named, compiled, inputs, { signal }));
      await streams.first();
      return streams.result;
    })().then(
      ({ names, value }) => ({
        status: "value",
        names,
        value,
        warnings: this.#graph.warnings.get(cell.id) ?? [],
      }),
      (error) => ({ status: "error", error }),
    );
    const dropped = invalidation.then((): Outcome => {
      if (!isSettled) controller.abort();
      return { status: "dropped" };
    });
    const outcome = await Promise.race([run, dropped]);
    isSettled = true;
    if (outcome.status === "dropped" || controller.signal.aborted || cell.compiled !== compiled) {
      this.#tell(cell, { status: "dropped" });
      return cell.held;
    }
    cell.seen = seen;
    const held = this.#hold(cell, outcome);
    if (streams?.isAny && outcome.status === "value") void this.#pump(cell, streams, controller);
    return held;
  }
}
