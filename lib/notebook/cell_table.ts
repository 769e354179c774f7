/**
 * The cells of a dataflow, what joins them, and what the runtime waits for.
 *
 * @module
 */
import { type CellGraph, cellGraph, cellsAbove, cellsBelow, type Link } from "./cell_graph.ts";
import type { Compiler } from "./cell_syntax.ts";
import { seenBy } from "./cell_versions.ts";
import { compileCell } from "./compile_cell.ts";
import { type Cell, type DataflowOptions, type Held, newCell } from "./dataflow_types.ts";
import type { RuntimeModule } from "./observable_runtime.ts";

/** What a table needs. */
export type CellTableOptions = Pick<DataflowOptions, "label" | "compile"> & {
  readonly compiler: Compiler;
  readonly module: RuntimeModule;
  /** Decides what becomes of a cell whose inputs have settled. */
  readonly compute: (cell: Cell, invalidation: Promise<void>) => Held | Promise<Held>;
};

/** Cells by id. */
export class CellTable {
  readonly #options: CellTableOptions;
  #graph: CellGraph = { links: new Map(), faults: new Map(), warnings: new Map() };
  /** All cells. */
  readonly cells: Map<string, Cell> = new Map();

  /** Begins without cells. */
  constructor(options: CellTableOptions) {
    this.#options = options;
  }

  /** What to call a cell. */
  label(id: string): string {
    return this.#options.label?.(id) ?? `cell ${id}`;
  }

  /** A cell, made where there is none. */
  take(id: string): Cell {
    const known = this.cells.get(id);
    if (known) return known;
    const cell = newCell(id, this.#options.module.variable({}));
    this.cells.set(id, cell);
    return cell;
  }

  /** Gives a cell its source; other cells lose the names that it `replaces`, not their values. */
  compile(cell: Cell, source: string, replaces = false): void {
    const { compiler, compile } = this.#options;
    try {
      cell.compiled = compileCell(compiler, source, compile?.(cell.id));
      cell.error = null;
    } catch (error) {
      cell.compiled = null;
      cell.error = error;
    }
    if (replaces) this.#disown(cell);
  }

  /** Reads the graph again; returns the cells for which something is another than before. */
  link(): Set<string> {
    const names = new Map([...this.cells].map(([id, cell]) => [id, cell.compiled?.names ?? null]));
    this.#graph = cellGraph(names, (id) => this.label(id));
    const changed = new Set<string>();
    for (const [id, cell] of this.cells) {
      const wiring = JSON.stringify([this.#graph.links.get(id), this.#graph.faults.get(id)]);
      if (wiring === cell.wiring) continue;
      cell.wiring = wiring;
      changed.add(id);
      this.define(cell);
    }
    return changed;
  }

  /** Tells the runtime what a cell waits for, so that it looks at it and at all that follow. */
  define(cell: Cell): void {
    const links = this.#graph.faults.has(cell.id) ? [] : this.linksOf(cell);
    const inputs = [...new Set(links.flatMap(({ owners }) => owners))].map((id) => `cell:${id}`);
    cell.variable.define(
      `cell:${cell.id}`,
      ["invalidation", ...inputs],
      (invalidation: Promise<void>) => this.#options.compute(cell, invalidation),
    );
  }

  /** What a cell takes from others. */
  linksOf({ id }: Cell): readonly Link[] {
    return this.#graph.links.get(id) ?? [];
  }

  /** The cells that own what links name. */
  ownersOf(links: readonly Link[]): readonly Cell[] {
    return links.map(({ owners: [owner] }) => this.cells.get(owner)!);
  }

  /** Why a cell may not run. */
  faultOf({ id }: Cell): string | undefined {
    return this.#graph.faults.get(id);
  }

  /** Values of other cells that a cell seems to change. */
  warningsOf({ id }: Cell): readonly string[] {
    return this.#graph.warnings.get(id) ?? [];
  }

  /** Cells that a cell reads from, by whatever way; only `through` those for which it is true. */
  above(id: string, through?: (cell: Cell) => boolean): ReadonlySet<string> {
    const { links } = this.#graph;
    return cellsAbove(id, links, through && ((other) => through(this.cells.get(other)!)));
  }

  /** Cells and all that read from them, by whatever way. */
  below(ids: ReadonlySet<string>): ReadonlySet<string> {
    return cellsBelow(ids, this.#graph.links);
  }

  /** Cells with a value that follows from what they read, as it is now, and from what these read. */
  current(): readonly Cell[] {
    const known = new Map<Cell, boolean>();
    const isCurrent = (cell: Cell): boolean => {
      const before = known.get(cell);
      if (before !== undefined) return before;
      known.set(cell, false); // cells in a circle have no value
      const links = this.linksOf(cell), owners = this.ownersOf(links);
      const { asked, held, streams, seen } = cell;
      const isSettled = !asked && !held.stale && !streams && held.outcome.status === "value";
      const is = isSettled && seen === seenBy(links, owners) && owners.every(isCurrent);
      known.set(cell, is);
      return is;
    };
    return [...this.cells.values()].filter(isCurrent);
  }

  /** Takes the names that a cell defines from all others. */
  #disown(owner: Cell): void {
    const own = new Set(owner.compiled?.names.defines.map(({ name }) => name));
    for (const cell of this.cells.values()) {
      if (cell === owner || !cell.compiled) continue;
      const { names } = cell.compiled;
      const defines = names.defines.filter(({ name }) => !own.has(name));
      cell.compiled = { ...cell.compiled, names: { ...names, defines } };
    }
  }

  /** Takes it that a cell has seen what it reads, as it is now. */
  markSeen(cell: Cell): void {
    const links = this.linksOf(cell);
    cell.seen = seenBy(links, this.ownersOf(links));
  }
}
