/**
 * What the back tells of a notebook beside outputs: which cells are out of date, and when cells run.
 *
 * @module
 */
import type { CellMode } from "../notebook/dataflow.ts";
import type { NotebookMode, Report } from "./back_messages.ts";

/** What a stale cell says. */
const STALE = "Something that this cell reads has changed: run it to see the new outcome.";

/** Milliseconds within which a front end asks for all cells that it wants to be run together. */
const GATHER = 15;

/** Cells that are out of date. */
export class StaleCells {
  readonly #tell: (report: Report) => void;
  readonly #cells = new Set<string>();
  /** Cells that are asked for next: until then nothing is told, as they may run the others. */
  readonly later: Set<string> = new Set();
  #pause: Promise<void> | null = null;

  /** Tells by `tell`. */
  constructor(tell: (report: Report) => void) {
    this.#tell = tell;
  }

  /** What cells wait for that were not asked for: a front end asks for many one after the other. */
  get pause(): Promise<void> | null {
    return this.#pause;
  }

  /** A cell is asked for and begins. */
  begin(cell: string): void {
    if (this.later.size === 0) {
      const pause = this.#pause = new Promise((done) => setTimeout(done, GATHER)).then(() => {
        if (this.#pause === pause) this.#pause = null;
      });
    }
    this.later.delete(cell);
  }

  /** A cell is out of date. */
  add(cell: string): void {
    this.#cells.add(cell);
  }

  /** A cell is up to date, or gone. */
  delete(cell: string): void {
    this.#cells.delete(cell);
  }

  /** Tells which cells are out of date and have not been told of. */
  settle(): void {
    if (this.later.size > 0) return;
    for (const cell of this.#cells) this.#tell({ type: "stale", cell, text: STALE });
    this.#cells.clear();
  }
}

/** When cells run that have no mode of their own: as a cell says, for as long as it stands. */
export class NotebookModes {
  readonly #set: (setting: NotebookMode) => void;
  #from: string | null = null;

  /** Sets the mode by `apply`. */
  constructor(apply: (mode: CellMode) => void, tell: (report: Report) => void) {
    this.#set = (setting) => {
      this.#from = setting.cell;
      apply(setting.mode);
      tell({ type: "mode", ...setting });
    };
  }

  /** A cell sets it. */
  set(setting: NotebookMode): void {
    this.#set(setting);
  }

  /** A cell runs anew or is gone: what it has set no longer holds. */
  end(cell: string): void {
    if (this.#from === cell) this.#set({ mode: "auto", cell: null });
  }
}
