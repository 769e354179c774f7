/**
 * How often a call of two outcomes is right, each outcome counting the same.
 *
 * @module
 */
import { cannot } from "../check.ts";

/**
 * Computes the balanced accuracy of calls: the mean of the two rates at which they are right.
 *
 * **Definition** `(P(called | happened) + P(not called | did not happen)) / 2` as shares of the list;
 * 0.5 where it always happened or never did, as calls cannot tell apart what never differs.
 *
 * A constant call has 0.5 whatever the frequencies, and so has, on average, one by chance.
 *
 * @param called What was called, shape `[n]`, n at least 1
 * @param happened What happened, shape `[n]`
 * @returns A number in [0, 1]; 1 if every call is right and both outcomes occur
 * @throws {RangeError} if there are no calls
 * @throws {TypeError} if the lengths differ, or an entry is not a boolean
 *
 * @example The rare outcome counts as much as the frequent one
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { balancedAccuracy } from "resolvent";
 *
 * const happened = [true, true, true, true, false];
 * assertEquals(balancedAccuracy([true, true, true, false, false], happened), 0.875);
 * assertEquals(balancedAccuracy([true, true, true, true, true], happened), 0.5);
 * ```
 *
 * Source: Brodersen, Ong, Stephan and Buhmann (2010), The balanced accuracy and its posterior
 * distribution, doi:10.1109/ICPR.2010.764. Differs from libraries that leave it undefined, or take the
 * one rate that is left, where an outcome never occurs.
 */
export function balancedAccuracy(called: readonly boolean[], happened: readonly boolean[]): number {
  const doing = "compute a balanced accuracy";
  checkBooleans(doing, "called", called);
  checkBooleans(doing, "happened", happened);
  if (called.length !== happened.length) {
    const need = `happened must have as many entries as called, ${called.length}`;
    throw new TypeError(cannot(doing, need, "happened.length", happened.length));
  }
  if (called.length === 0) {
    throw new RangeError(cannot(doing, "there must be calls", "called.length", 0));
  }
  let yes = 0, no = 0, rightYes = 0, rightNo = 0;
  for (let i = 0; i < called.length; i++) {
    const right = called[i] === happened[i] ? 1 : 0;
    if (happened[i]) [yes, rightYes] = [yes + 1, rightYes + right];
    else [no, rightNo] = [no + 1, rightNo + right];
  }
  return yes === 0 || no === 0 ? 0.5 : (rightYes / yes + rightNo / no) / 2;
}

/** Refuses what is not a list of booleans: a number would count as neither right nor wrong. */
function checkBooleans(doing: string, name: string, values: readonly boolean[]): void {
  if (!Array.isArray(values)) {
    throw new TypeError(cannot(doing, `${name} must be an array of booleans`, name, values));
  }
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] === "boolean") continue;
    const entry = `${name}[${i}]`;
    throw new TypeError(cannot(doing, "every entry must be a boolean", entry, values[i]));
  }
}
