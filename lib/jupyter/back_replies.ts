/**
 * Answers to requests to run a cell.
 *
 * @module
 */
import { evaluateExpression } from "../notebook/compile_cell.ts";
import type { Outcome } from "../notebook/dataflow.ts";
import { bundleOf } from "../notebook/display.ts";
import type { Content, Reply } from "./back_messages.ts";
import type { CellCode, ShownError } from "./cell_traceback.ts";

/** What to show of a cell that has no value. */
export function errorOf(
  outcome: Outcome & { readonly status: "error" | "blocked" },
  code: CellCode,
): ShownError {
  if (outcome.status === "error") return code.shown(outcome.error);
  const { message } = outcome;
  return { ename: "Blocked", evalue: message, traceback: [`Blocked: ${message}`] };
}

/** The answer to a request, with the values of expressions over the names of all cells. */
export async function replyOf(
  outcome: Outcome,
  { expressions, names, code }: {
    readonly expressions: Content;
    readonly names: Readonly<Record<string, unknown>>;
    readonly code: CellCode;
  },
): Promise<Reply> {
  if (outcome.status === "error" || outcome.status === "blocked") {
    return { status: "error", ...errorOf(outcome, code) };
  }
  if (outcome.status === "dropped") return { status: "aborted" };
  async function valueOf(expression: string): Promise<Content> {
    try {
      const value = await evaluateExpression(expression, names);
      return { status: "ok", data: await bundleOf(value), metadata: {} };
    } catch (error) {
      return { status: "error", ...code.shown(error) };
    }
  }
  const values = await Promise.all(
    Object.entries(expressions).map(async ([name, text]) =>
      [name, await valueOf(String(text))] as const
    ),
  );
  return { status: "ok", expressions: Object.fromEntries(values) };
}
