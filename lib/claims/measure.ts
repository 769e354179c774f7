/**
 * Runs a claim's measure on exactly the declared keys.
 *
 * @module
 */
import { cannot } from "../check.ts";
import type { Rng } from "../random/types.ts";
import type { Estimand } from "./estimand.ts";
import { type MeasuredPoints, seedSlope } from "./seed_slope.ts";

/**
 * What one seed gives: a number, for a proportion a truth value, either with more to show, or, for a
 * slope over a named quantity, the points to fit.
 */
export type Measured = number | boolean | MeasuredRecord | MeasuredPoints;

/** A seed's number with what is shown beside it. */
export type MeasuredRecord = {
  /** The number of this seed. */
  readonly value: number | boolean;
  /** Whether the number stands for "not reached" (the horizon counts); such seeds are counted aloud. */
  readonly censored?: boolean;
  /** The instance that has this value, as plain data from which a reader can evaluate it again. */
  readonly witness?: unknown;
  /** Anything else, kept in the verdict's `shown`. */
  readonly [more: string]: unknown;
};

/** Measures one seed; all seeds are started at once, so it may hand the work to a worker. */
export type MeasureOne = (key: Rng, index: number) => Measured | Promise<Measured>;

/** A measure: of one seed, or of all of them together in their order. */
export type Measure =
  | MeasureOne
  | {
    /** Measures all seeds; gives one result for each key, in order. */
    readonly all: (keys: readonly Rng[]) => Promise<readonly Measured[]> | readonly Measured[];
  };

/** How far a decision is. */
export type DecideProgress = {
  /** Seeds done, of claim and controls together. */
  readonly done: number;
  /** Seeds in all. */
  readonly total: number;
};

/** Measures every key and returns the checked results in order. */
export async function runMeasure(
  doing: string,
  estimand: Estimand,
  measure: Measure,
  keys: readonly Rng[],
  onDone: () => void,
): Promise<readonly MeasuredRecord[]> {
  if (typeof measure === "function") {
    return await Promise.all(keys.map(async (key, index) => {
      const measured = checked(doing, estimand, await attempt(doing, measure, key, index), index);
      onDone();
      return measured;
    }));
  }
  if (typeof measure?.all !== "function") {
    throw new TypeError(
      cannot(doing, "its measure must be a function of a key, or { all }", "measure", measure),
    );
  }
  const results = await measure.all(keys);
  if (!Array.isArray(results) || results.length !== keys.length) {
    throw new TypeError(
      cannot(
        doing,
        `measure.all must give one result for each of ${keys.length} seeds`,
        "the number of results",
        Array.isArray(results) ? results.length : results,
      ),
    );
  }
  return results.map((result, index) => {
    onDone();
    return checked(doing, estimand, result, index);
  });
}

/** Measures one key; an error names the seed, an abort passes as it is. */
async function attempt(
  doing: string,
  measure: MeasureOne,
  key: Rng,
  index: number,
): Promise<Measured> {
  try {
    return await measure(key, index);
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Cannot ${doing} as no seed may be dropped: seed index ${index} threw: ${reason}`,
      {
        cause: error,
      },
    );
  }
}

/** The result of one seed as a record with a finite number, or an error that names the seed. */
function checked(
  doing: string,
  estimand: Estimand,
  measured: Measured,
  index: number,
): MeasuredRecord & { readonly value: number } {
  const { kind, over } = estimand;
  const record: MeasuredRecord = typeof measured !== "object" || measured === null
    ? { value: measured }
    : over === undefined || "value" in measured
    ? measured as MeasuredRecord
    : seedSlope(doing, { ...estimand, over }, measured, index);
  const name = `the value of seed index ${index}`;
  const { value } = record;
  if (kind === "proportion") {
    if (typeof value === "boolean" || value === 0 || value === 1) {
      return { ...record, value: Number(value) };
    }
    throw new RangeError(cannot(doing, "a proportion counts true and false", name, value));
  }
  if (typeof value !== "number") {
    throw new TypeError(cannot(doing, "every seed must give a number", name, value));
  }
  if (!Number.isFinite(value)) {
    throw new RangeError(cannot(doing, "every seed must give a finite number", name, value));
  }
  return { ...record, value };
}
