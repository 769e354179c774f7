/**
 * When cells of a reactive notebook run.
 *
 * @module
 */
import { cannot } from "../check.ts";

/** The name under which a reactive kernel puts what sets it on `globalThis`. */
export const REACTIVITY = Symbol.for("resolvent.reactivity");

/** When cells run: at once when something that they read changes, or when they are asked for. */
export type Reactivity = "auto" | "lazy";

/**
 * Sets when the cells of a notebook run that have no tag `lazy` or `frozen` of their own: for
 * notebooks in which most cells take long.
 *
 * **Definition** with `"auto"` a cell runs when something that it reads has changed; with `"lazy"` it
 * says that it is out of date, and runs when it, or a cell that reads it, is asked for. It holds for
 * as long as the cell that calls it stands; in a script and on other kernels it has no effect.
 *
 * @param mode `"auto"`, as it is without, or `"lazy"`
 * @throws {RangeError} if it is neither
 *
 * @example In the first cell of a notebook
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { setReactivity } from "resolvent/notebook";
 *
 * setReactivity("lazy");
 * assertThrows(() => setReactivity("sometimes" as "lazy"), RangeError, "sometimes");
 * ```
 *
 * Source: lazy execution as in marimo; no paper.
 */
export function setReactivity(mode: Reactivity): void {
  if (mode !== "auto" && mode !== "lazy") {
    const need = 'mode must be "auto" or "lazy"';
    throw new RangeError(cannot("set when cells run", need, "mode", mode));
  }
  (globalThis as { [REACTIVITY]?: (mode: Reactivity) => void })[REACTIVITY]?.(mode);
}
