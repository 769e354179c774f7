/**
 * What a run tells the process that started it, one frame per event on standard output.
 *
 * @module
 */
import type { BackendInfo } from "../backend/info.ts";
import type { StudyRecord } from "./study_types.ts";

/** An error as it travels: name, message, stack, and its causes in turn. */
export type RunError = {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** The cause, or the parts of an `AggregateError`. */
  readonly causes: readonly RunError[];
};

/** One thing that happened in a run. */
export type RunEvent =
  | { readonly type: "begin"; readonly cell: number }
  | { readonly type: "end"; readonly cell: number }
  | { readonly type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
    readonly type: "display";
    readonly bundle: Record<string, unknown>;
    readonly id?: string;
    readonly update?: boolean;
  }
  | { readonly type: "result"; readonly cell: number; readonly bundle: Record<string, unknown> }
  | { readonly type: "study"; readonly record: StudyRecord }
  | { readonly type: "backend"; readonly info: BackendInfo }
  | { readonly type: "error"; readonly error: RunError; readonly late: boolean }
  | { readonly type: "done" };

/** Begins a frame: a character that no ordinary output holds. */
const FRAME = "\x1e";

/** How deep causes are followed. */
const MAX_DEPTH = 5;

/** Describes a thrown value. */
export function runError(thrown: unknown, depth = 0): RunError {
  if (!(thrown instanceof Error)) {
    const message = typeof thrown === "string" ? thrown : Deno.inspect(thrown);
    return { name: "Error", message, stack: "", causes: [] };
  }
  const parts = thrown instanceof AggregateError ? thrown.errors : [];
  const causes = thrown.cause === undefined ? parts : [thrown.cause, ...parts];
  return {
    name: thrown.name,
    message: thrown.message,
    stack: (thrown.stack ?? "").replace(/\n\s+at .*\bext:.*/g, ""), // frames of Deno itself
    causes: depth < MAX_DEPTH ? causes.map((cause) => runError(cause, depth + 1)) : [],
  };
}

/** Text of an event in the stream. */
export function frame(event: RunEvent): string {
  return `${FRAME}${JSON.stringify(event)}\n`;
}

/**
 * Splits a stream of texts into events and into what was written past them, which is text of
 * programs that a cell has started or of `Deno.stdout`.
 */
export async function* readFrames(
  chunks: AsyncIterable<string>,
): AsyncGenerator<RunEvent | { readonly type: "raw"; readonly text: string }> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() as string;
    for (const line of lines) {
      const at = line.indexOf(FRAME);
      if (at !== 0) yield { type: "raw", text: at < 0 ? line + "\n" : line.slice(0, at) };
      if (at >= 0) yield JSON.parse(line.slice(at + 1));
    }
  }
  if (rest) yield { type: "raw", text: rest };
}
