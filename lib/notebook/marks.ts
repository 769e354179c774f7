/**
 * The marks in a joined module: where a cell begins and ends, and the value it ends with.
 *
 * @module
 */
import { plainText } from "./display.ts";

/** Takes the marks of a captured run. */
export type MarkHandler = {
  begin(cell: number): void;
  end(cell: number, value: unknown): Promise<void>;
};

/** The name under which a captured run puts its handler on `globalThis`. */
const HANDLER = Symbol.for("resolvent.marks");

/** What the marks keep between calls: the value so far of the cell that runs. */
const state: { value: unknown } = { value: undefined };

/** The handler of this run, or null where a joined module runs by itself. */
function handler(): MarkHandler | null {
  return (globalThis as { [HANDLER]?: MarkHandler })[HANDLER] ?? null;
}

/** Makes `marks` take the marks of this run. */
export function installMarks(marks: MarkHandler): void {
  (globalThis as { [HANDLER]?: MarkHandler })[HANDLER] = marks;
}

/** Marks the beginning of a cell. */
export function begin(cell: number): void {
  state.value = undefined;
  handler()?.begin(cell);
}

/** Keeps the value of an expression as the value of the cell so far. */
export function value(given: unknown): void {
  state.value = given;
}

/** Marks the end of a cell and shows its value; a promise is awaited. */
export async function end(cell: number): Promise<void> {
  const settled = await state.value;
  state.value = undefined;
  const marks = handler();
  if (marks) await marks.end(cell, settled);
  else if (settled !== undefined && settled !== null) console.log(plainText(settled));
}
