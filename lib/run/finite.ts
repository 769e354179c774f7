/**
 * Refusals of what is not finite, with its name and step.
 *
 * @module
 */
import { allFinite, isMatrix, type Matrix } from "../matrix.ts";

/** Refuses a value that is not finite, naming the array of a record and the step. */
export function checkFinite(
  name: string,
  value: Matrix | Readonly<Record<string, Matrix>>,
  when: string,
): void {
  const arrays: readonly (readonly [string, Matrix])[] = isMatrix(value)
    ? [[name, value]]
    : Object.entries(value ?? {}).map(([key, array]) => [
      name === "parameter" ? `parameter ${key}` : `${name} of ${key}`,
      array,
    ]);
  for (const [label, array] of arrays) {
    // the optimizer says what kind it needs
    if (!isMatrix(array) || allFinite(array.data)) continue;
    const at = array.data.findIndex((entry) => !Number.isFinite(entry));
    if (at >= 0) checkValue(label, array.data[at], when);
  }
}

/** Returns a finite number, or throws what was not and when. */
export function checkValue(name: string, value: number, when: string): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(
    `Cannot continue training as every value must be finite: ${name} ${when} is ${value}`,
  );
}
