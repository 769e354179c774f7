/**
 * What the two processes of the kernel say to one another: the front, which front ends talk to, and
 * the back, which runs the cells.
 *
 * @module
 */
import type { CellMode } from "../notebook/dataflow.ts";
import type { KeptInput } from "./input_widgets.ts";

/** Begins a line on standard error that ends what a request has written there, past the reports. */
export const MARK = "\x1e";

/** Plain data, as JSON has it. */
export type Content = Readonly<Record<string, unknown>>;

/** A cell, as a front end has it. */
export type CellText = {
  /** Its id. */
  readonly cell: string;
  /** What to call it in messages. */
  readonly label: string;
  readonly code: string;
  /** When it runs again; null for the mode of the notebook. */
  readonly mode: CellMode | null;
  /** Whether its loops run without asking whether they are to stop. */
  readonly tight: boolean;
  /** Whether earlier cells give way that define the same names, as where cells have no ids. */
  readonly replaces: boolean;
};

/** When cells run that have no mode of their own, and the cell that has said so. */
export type NotebookMode = { readonly mode: CellMode; readonly cell: string | null };

/** What the front asks of the back. */
export type Order =
  /** Run a cell, and what depends on it. */
  | CellText & {
    readonly type: "execute";
    /** Name of the request, which its `done` repeats. */
    readonly id: string;
    /** Cells that are no longer there. */
    readonly deleted: readonly string[];
    /** Expressions whose values are asked for, by name. */
    readonly expressions: Readonly<Record<string, unknown>>;
  }
  /** Take note of cells that ran in a back which is gone; they run when they are needed. */
  | {
    readonly type: "know";
    readonly cells: readonly CellText[];
    /** Folder of the values that could be saved, or null. */
    readonly saved: string | null;
    /** Cells that had inputs: these run at once, with the values that they had. */
    readonly inputs: ReadonlyMap<string, readonly KeptInput[]>;
    /** Cells that ran when the back ended: nothing runs them but a request. */
    readonly hung: ReadonlySet<string>;
    /** Whether front ends have pages in which outputs can follow inputs. */
    readonly hasPages: boolean;
    /** When cells run that have no mode of their own, and the cell that says so. */
    readonly mode: NotebookMode;
  }
  /** More cells are asked for next, and need not run before; none where no cell is any more. */
  | { readonly type: "later"; readonly cells: readonly string[] }
  /** End what runs. */
  | { readonly type: "stop" }
  /** A message of a comm. */
  | {
    readonly type: "comm";
    readonly id: string;
    readonly kind: string;
    readonly content: Content;
    readonly buffers: readonly Uint8Array[];
  }
  /** What a user has typed; null where nobody can be asked. */
  | { readonly type: "answer"; readonly text: string | null };

/** How a request has ended. */
export type Reply =
  | { readonly status: "ok"; readonly expressions: Content }
  | {
    readonly status: "error";
    readonly ename: string;
    readonly evalue: string;
    readonly traceback: readonly string[];
  }
  /** Something newer has come before its end. */
  | { readonly status: "aborted" };

/** What the back tells the front. */
export type Report =
  /** It takes orders; the inspector listens at this address, which nobody else is told. */
  | { readonly type: "ready"; readonly inspector: string }
  /** A cell runs: what it has shown is to go when something new comes, unless it stays. */
  | { readonly type: "begin"; readonly cell: string; readonly stays: boolean }
  /** A cell has ended: where nothing new has come, what it has shown is to go now. */
  | { readonly type: "end"; readonly cell: string; readonly stays: boolean }
  /** A cell has said when cells run, or stands no longer. */
  | NotebookMode & { readonly type: "mode" }
  /** What the inputs of a cell are. */
  | { readonly type: "inputs"; readonly cell: string; readonly inputs: readonly KeptInput[] }
  /** Something that a cell reads has changed, and the cell waits to be run. */
  | { readonly type: "stale"; readonly cell: string; readonly text: string }
  | {
    readonly type: "text";
    readonly cell: string | null;
    readonly name: "stdout" | "stderr";
    readonly text: string;
  }
  /** A message for the front ends, of a cell or of none. */
  | {
    readonly type: "output";
    readonly cell: string | null;
    readonly kind: string;
    readonly content: Content;
    readonly metadata?: Content;
    readonly buffers?: readonly Uint8Array[];
  }
  /** Somebody has to type something. */
  | {
    readonly type: "ask";
    readonly cell: string | null;
    readonly prompt: string;
    readonly password: boolean;
  }
  /** A request has ended, all its outputs told. */
  | { readonly type: "done"; readonly id: string; readonly reply: Reply }
  /** Names that would be lost with the back. */
  | { readonly type: "names"; readonly names: readonly string[] };
