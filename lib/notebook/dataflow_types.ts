/**
 * What the dataflow is told, what it says, and what it keeps of a cell.
 *
 * @module
 */
import {
  cellFunction,
  type CellResult,
  type CompiledCell,
  type CompileOptions,
} from "./compile_cell.ts";
import type { RuntimeVariable } from "./observable_runtime.ts";

/** Why what a cell has left running ends; a text, as an error would be made a hundred times a second. */
export const OVER = "the cell runs anew or is gone";

/** When a cell runs again: with what it reads, when asked, or never as a dependant. */
export type CellMode = "auto" | "lazy" | "frozen";

/** What came of a cell. */
export type Outcome =
  | {
    readonly status: "value";
    readonly names: CellResult["names"];
    readonly value: unknown;
    readonly warnings: readonly string[];
  }
  | { readonly status: "error"; readonly error: unknown }
  | { readonly status: "blocked"; readonly message: string; readonly by: string }
  /** Something that it reads has changed; it runs when asked. */
  | { readonly status: "stale" }
  /** A newer run came before its end. */
  | { readonly status: "dropped" };

/** A cell and what came of it. */
export type Ran = { readonly id: string; readonly outcome: Outcome };

/** Runs a compiled cell with the values that it reads. */
export type Evaluate = (
  cell: { readonly id: string; readonly name: string },
  compiled: CompiledCell,
  inputs: Readonly<Record<string, unknown>>,
  context: { readonly signal: AbortSignal },
) => Promise<CellResult>;

/** Settings of a dataflow. */
export type DataflowOptions = {
  readonly evaluate?: Evaluate;
  /** What to call a cell in messages; `cell <id>` by default. */
  readonly label?: (id: string) => string;
  /** How a cell is compiled. */
  readonly compile?: (id: string) => CompileOptions;
  /** Mode of cells without one of their own, `auto` by default. */
  readonly mode?: CellMode;
  /** Cells that are about to be asked for, at any time: they do not run before that. */
  readonly later?: ReadonlySet<string>;
  /** What cells wait for that were not asked for, while it may turn out that they will be. */
  readonly pause?: () => Promise<void> | null;
  /** Called with every outcome, also of values that a stream yields after its run has settled. */
  readonly onOutcome?: (ran: Ran) => void;
};

/** What a cell has come to, with a number that changes whenever its readers have to look again. */
export type Held = {
  readonly outcome: Outcome;
  readonly version: number;
  /** Versions of names that a stream has moved on since. */
  readonly moved: Readonly<Record<string, number>>;
  readonly stale: boolean;
};

/** A cell that ran elsewhere, with the values of its names where they are still there. */
export type KnownCell = {
  readonly id: string;
  readonly source: string;
  /** Whether cells before it give way that define the same names. */
  readonly replaces?: boolean;
  readonly names?: CellResult["names"];
};

/** A cell. */
export type Cell = {
  readonly id: string;
  readonly variable: RuntimeVariable;
  compiled: CompiledCell | null;
  error: unknown;
  /** What it was last given: owners of its names and their versions. */
  seen: string | null;
  held: Held;
  asked: boolean;
  /** Whether it runs with the source that it has run with. */
  repeated: boolean;
  /** Whether it ran elsewhere, and not here yet. */
  known: boolean;
  /** Whether its values may change by themselves. */
  streams: boolean;
  /** Ends what its last evaluation has left running. */
  controller: AbortController | null;
  /** Names of the variables that it waits for, as last told to the runtime. */
  wiring: string;
};

/** A cell that has not run. */
export function newCell(id: string, variable: RuntimeVariable): Cell {
  return {
    id,
    variable,
    compiled: null,
    error: null,
    seen: null,
    held: { outcome: { status: "stale" }, version: 0, moved: {}, stale: false },
    asked: false,
    repeated: false,
    known: false,
    streams: false,
    controller: null,
    wiring: "",
  };
}

/** Runs a cell as it is. */
export async function evaluateCell(
  _cell: { readonly id: string },
  compiled: CompiledCell,
  inputs: Readonly<Record<string, unknown>>,
): Promise<CellResult> {
  return await cellFunction(compiled, Object.keys(inputs))(...Object.values(inputs));
}
