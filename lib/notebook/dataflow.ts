/**
 * Cells that run when what they read has changed.
 *
 * @module
 */
import { CellStreams } from "./cell_streams.ts";
import { CellTable } from "./cell_table.ts";
import { type Compiler, loadCompiler } from "./cell_syntax.ts";
import { blockedBy, inputsOf, keptVersions, knownHeld, seenBy } from "./cell_versions.ts";
import type { CellResult, CompiledCell } from "./compile_cell.ts";
import type {
  Cell,
  CellMode,
  DataflowOptions,
  Held,
  KnownCell,
  Outcome,
  Ran,
} from "./dataflow_types.ts";
import { evaluateCell, OVER } from "./dataflow_types.ts";
import { loadRuntime, type RuntimeModule, unlessInvalid } from "./observable_runtime.ts";

export type { CellMode, DataflowOptions, Evaluate, Outcome, Ran } from "./dataflow_types.ts";

/** Cells by id, and the flow between them. */
export class Dataflow {
  readonly #table: CellTable;
  readonly #modes = new Map<string, CellMode>();
  readonly #logs = new Set<Ran[]>();
  readonly #options: DataflowOptions;
  readonly #module: RuntimeModule;
  #mode: CellMode;
  #version = 0;

  private constructor(compiler: Compiler, module: RuntimeModule, options: DataflowOptions) {
    this.#module = module;
    const compute = (cell: Cell, invalidation: Promise<void>) => this.#compute(cell, invalidation);
    this.#table = new CellTable({ ...options, compiler, module, compute });
    this.#options = options;
    this.#mode = options.mode ?? "auto";
  }

  /** Loads what is needed and opens a dataflow without cells. */
  static async open(options: DataflowOptions = {}): Promise<Dataflow> {
    const [compiler, Runtime] = await Promise.all([loadCompiler(), loadRuntime()]);
    return new Dataflow(compiler, new Runtime().module(), options);
  }

  /** Sets when a cell runs, which need not be there yet; null for as all others do. */
  setMode(id: string, mode: CellMode | null): void {
    if (mode === null) this.#modes.delete(id);
    else this.#modes.set(id, mode);
  }

  /** Sets when cells run that have no mode of their own. */
  set mode(mode: CellMode) {
    this.#mode = mode;
  }

  /** Whether there is such a cell. */
  has(id: string): boolean {
    return this.#table.cells.has(id);
  }

  /** Tells whether a cell defines names. */
  owns(id: string): boolean {
    return (this.#table.cells.get(id)?.compiled?.names.defines.length ?? 0) > 0;
  }

  /** Cells that a cell reads from, by whatever way. */
  above(id: string): readonly string[] {
    return [...this.#table.above(id)];
  }

  /** Values of the names of every cell that is up to date and does not change by itself. */
  currentNames(): ReadonlyMap<string, CellResult["names"]> {
    return new Map(
      this.#table.current().flatMap(({ id, held: { outcome } }) =>
        outcome.status === "value" ? [[id, outcome.names] as const] : []
      ),
    );
  }

  /** The present outcome of every cell. */
  outcomes(): ReadonlyMap<string, Outcome> {
    return new Map(
      [...this.#table.cells].map(([id, { held }]) =>
        [id, held.stale ? { status: "stale" } : held.outcome] as const
      ),
    );
  }

  /**
   * Runs a cell, with a new source or its own, and what depends on it, until all have settled; if it
   * `replaces`, the names that it defines are no longer those of other cells.
   */
  async run(id: string, source?: string, { replaces = false } = {}): Promise<readonly Ran[]> {
    const cell = this.#table.take(id);
    const text = source ?? cell.compiled?.source;
    cell.repeated = source === undefined;
    cell.known = false;
    if (text !== undefined) this.#table.compile(cell, text, replaces);
    return await this.#ask([id], this.#table.link());
  }

  /**
   * Takes note of cells that ran elsewhere: those without values are stale until a cell needs them.
   * Of those that had not ended, `hung`, something else may come; returns the cells that read them.
   */
  know(cells: readonly KnownCell[], hung: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    for (const { id, source, replaces, names } of cells) {
      const cell = this.#table.take(id);
      this.#table.compile(cell, source, replaces);
      cell.known = !hung.has(id);
      cell.held = knownHeld(names, ++this.#version);
    }
    this.#table.link();
    for (const { id } of cells) this.#table.markSeen(this.#table.take(id));
    return this.#table.below(hung).difference(hung);
  }

  /** Runs known cells, and of those that read them what runs by itself; nothing that needs `not`. */
  async revive(ids: ReadonlySet<string>, not: ReadonlySet<string>): Promise<readonly Ran[]> {
    const [all, without] = [this.#table.below(ids), this.#table.below(not)];
    const runs = (id: string) =>
      this.#table.cells.get(id)?.known && (ids.has(id) || this.#modeOf(id) === "auto");
    return await this.#ask([...all.difference(without)].filter(runs), new Set());
  }

  #modeOf(id: string): CellMode {
    return this.#modes.get(id) ?? this.#mode;
  }

  /** Runs cells and what is stale above them, and waits for all that follows. */
  async #ask(ids: readonly string[], changed: ReadonlySet<string>): Promise<readonly Ran[]> {
    const above = ids.flatMap((id) => [...this.#table.above(id, ({ held }) => held.stale)]);
    const roots = new Set([...ids, ...above]);
    for (const root of roots) this.#table.cells.get(root)!.asked = true;
    return await this.#settle(roots.union(changed));
  }

  /** Takes a cell and its names away. */
  async remove(id: string): Promise<readonly Ran[]> {
    const cell = this.#table.cells.get(id);
    if (!cell) return [];
    this.#table.cells.delete(id);
    cell.controller?.abort(OVER);
    const settled = this.#settle(this.#table.link());
    cell.variable.delete();
    return await settled;
  }

  /** Runs the roots that were asked for; waits for all and for what follows from them. */
  async #settle(roots: ReadonlySet<string>): Promise<readonly Ran[]> {
    const log: Ran[] = [];
    this.#logs.add(log);
    for (const id of roots) {
      const cell = this.#table.cells.get(id);
      if (cell?.asked) this.#table.define(cell);
    }
    await Promise.all([...this.#table.below(roots)].map(async (id) => {
      // a cell that is taken away meanwhile has no value to wait for
      if (this.#table.cells.has(id)) await this.#module.value(`cell:${id}`).catch(() => null);
    }));
    this.#logs.delete(log);
    return log;
  }

  /** Keeps an outcome, and says so to all runs that wait; `isSame` where readers have had it before. */
  #hold(cell: Cell, outcome: Outcome, { isSame = false } = {}): Held {
    const stale = outcome.status === "stale";
    if (stale && cell.held.stale) return cell.held;
    if (outcome.status !== "value") cell.controller?.abort(OVER);
    const isKept = isSame && outcome.status === "value";
    cell.held = {
      outcome: stale ? cell.held.outcome : outcome,
      version: isKept ? cell.held.version : ++this.#version,
      moved: isKept ? cell.held.moved : keptVersions(cell, outcome),
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
        this.#table.define(cell);
        await this.#settle(new Set([cell.id]));
      });
    } catch (error) {
      if (signal.aborted) return;
      this.#hold(cell, { status: "error", error });
      this.#table.define(cell);
    }
  }

  /** Decides what becomes of a cell whose inputs have settled. */
  #compute(cell: Cell, invalidation: Promise<void>): Held | Promise<Held> {
    const { asked } = cell;
    const mode = this.#modeOf(cell.id);
    const fault = this.#table.faultOf(cell);
    const links = this.#table.linksOf(cell);
    const owners = this.#table.ownersOf(links);
    const seen = seenBy(links, owners);
    if (fault !== undefined || !cell.compiled) {
      const key = `fault: ${fault ?? ""}`;
      if (cell.seen === key && !asked) return cell.held;
      cell.seen = key;
      const error = cell.compiled ? new Error(fault) : cell.error;
      return this.#hold(cell, { status: "error", error });
    }
    if (!asked && (mode === "frozen" || seen === cell.seen)) return cell.held;
    const waits = mode === "lazy" || this.#options.later?.has(cell.id);
    if (!asked && (waits || owners.some(({ held }) => held.stale))) {
      return this.#hold(cell, { status: "stale" });
    }
    const pause = asked ? null : this.#options.pause?.();
    const next = () => this.#compute(cell, invalidation);
    if (pause) return unlessInvalid(pause, invalidation, cell.held, next);
    const blocked = blockedBy(links, owners, (id) => this.#table.label(id));
    if (blocked) {
      cell.seen = seen;
      return this.#hold(cell, blocked);
    }
    const isSame = cell.known && seen === cell.seen;
    Object.assign(cell, { seen: null, known: false });
    const given = { inputs: inputsOf(links, owners), seen, isSame, invalidation };
    return this.#evaluate(cell, cell.compiled, given);
  }

  async #evaluate(
    cell: Cell,
    compiled: CompiledCell,
    { inputs, seen, isSame, invalidation }: {
      readonly inputs: Readonly<Record<string, unknown>>;
      readonly seen: string;
      readonly isSame: boolean;
      readonly invalidation: Promise<void>;
    },
  ): Promise<Held> {
    cell.controller?.abort(OVER);
    const controller = cell.controller = new AbortController();
    let streams: CellStreams | undefined;
    let isSettled = false;
    const { evaluate = evaluateCell } = this.#options;
    const named = { id: cell.id, name: this.#table.label(cell.id) };
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
        warnings: this.#table.warningsOf(cell),
      }),
      (error) => ({ status: "error", error }),
    );
    const dropped = invalidation.then((): Outcome => {
      if (!isSettled) controller.abort(OVER);
      return { status: "dropped" };
    });
    const outcome = await Promise.race([run, dropped]);
    isSettled = true;
    if (outcome.status === "dropped" || controller.signal.aborted || cell.compiled !== compiled) {
      this.#tell(cell, { status: "dropped" });
      return cell.held;
    }
    cell.seen = seen;
    const held = this.#hold(cell, outcome, { isSame });
    cell.streams = streams?.isAny === true;
    if (streams?.isAny && outcome.status === "value") void this.#pump(cell, streams, controller);
    return held;
  }
}
