/**
 * What the front knows of cells: their text, and under which message their outputs belong.
 *
 * @module
 */
import type { CellMode } from "../notebook/dataflow.ts";
import type { CellText, Reply } from "./back_messages.ts";
import type { Header, Json, Message } from "./messages.ts";

/** A cell that was run. */
export type FrontCell = {
  /** The text that it last ran with. */
  text: CellText;
  /** The message that last asked for it: its outputs go there. */
  parent: Header;
  /** Its number, as the front end shows it. */
  count: number;
  /** Whether it has only been asked for: the front end has emptied it then. */
  isFresh: boolean;
  /** Whether what it showed before is still there, and goes with the next that comes. */
  isOld: boolean;
  /** Whether it says that it is stale. */
  isStale: boolean;
};

const MODES: readonly CellMode[] = ["auto", "lazy", "frozen"];

/** Texts in a list that a front end has sent; none if it is no list. */
function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** What a request to run a cell says of it. */
export function cellOf({ header, metadata, content }: Message, count: number): CellText & {
  readonly deleted: readonly string[];
} {
  const id = metadata.cellId;
  const hasId = typeof id === "string" && id !== "";
  const tags = textsOf(metadata.tags);
  const { mode, tight } = (metadata.resolvent ?? {}) as Json;
  const named = [mode, ...tags].find((one) => MODES.includes(one as CellMode));
  return {
    cell: hasId ? id : `#${header.msg_id}`,
    label: `cell [${count}]`,
    code: String(content.code ?? ""),
    // a client that names no cells cannot be shown what becomes of earlier ones
    mode: (named as CellMode | undefined) ?? (hasId ? null : "lazy"),
    tight: tight === true || tags.includes("tight"),
    replaces: !hasId,
    deleted: textsOf(metadata.deletedCells).filter((cell) => cell !== id),
  };
}

/** UTF-16 units before a place that is given in characters. */
export function unitsBefore(code: string, characters: number): number {
  return [...code].slice(0, characters).join("").length;
}

/** Characters before a place that is given in UTF-16 units. */
export function charactersBefore(code: string, units: number): number {
  return [...code.slice(0, units)].length;
}

/** The cells that requests are for. */
export function cellsOf(messages: readonly Message[]): readonly string[] {
  return messages.map((message) => cellOf(message, 0).cell);
}

/** The content of an answer. */
export function replyOf(reply: Reply, count: number): Json {
  const { status } = reply;
  if (status === "aborted") return { status, execution_count: count };
  if (status === "ok") {
    const { expressions } = reply;
    return { status, execution_count: count, payload: [], user_expressions: expressions };
  }
  const { ename, evalue, traceback } = reply;
  return { status, execution_count: count, ename, evalue, traceback };
}
