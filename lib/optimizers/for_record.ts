/**
 * One optimizer on each array of a record.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import { cannot } from "../check.ts";
import { checkOptimizer, type Optimizer, type StateOf } from "./kinds.ts";

/** Named arrays. */
export type ArrayRecord = Readonly<Record<string, ArrayKind>>;

/** States by the names of the parameters. */
export type RecordState<S, P extends ArrayRecord> = { readonly [K in keyof P]: StateOf<S, P[K]> };

const DOING = "take a step on a record";

/** An optimizer of records of arrays. */
export type RecordOptimizer<S> = {
  /** Makes the states before the first step. */
  readonly init: <P extends ArrayRecord>(params: P) => RecordState<S, P>;
  /** Takes gradients and returns what to add to each array, and the next states. */
  readonly update: <P extends ArrayRecord>(
    gradients: P,
    states: RecordState<S, P>,
    params: P,
  ) => readonly [updates: P, next: RecordState<S, P>];
};

/**
 * Lifts an optimizer of one array to records of arrays, each with a state of its own.
 *
 * **Definition** `updates[key] = update(gradients[key], states[key], params[key])`.
 *
 * @param optimizer An optimizer of one array
 * @returns an optimizer of records, whose keys it keeps
 * @throws {TypeError} if `optimizer` is not one; (from init and update) if what should be a record is
 * not, or gradients and parameters have different keys
 *
 * @example Two arrays by name
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { forRecord, matrix, sgd } from "resolvent";
 *
 * const rule = forRecord(sgd({ learningRate: 1 }));
 * const params = { w: matrix(1, 1, [3]), b: matrix(1, 1, [0]) };
 * const gradients = { w: matrix(1, 1, [1]), b: matrix(1, 1, [2]) };
 * const [updates, states] = rule.update(gradients, rule.init(params), params);
 * assertEquals([updates.w.data[0], updates.b.data[0], states.b.step], [-1, -2, 1]);
 * ```
 *
 * Source: Optimisers.jl, rules on one array lifted over trees.
 */
export function forRecord<S>(optimizer: Optimizer<S>): RecordOptimizer<S> {
  checkOptimizer(DOING, "optimizer", optimizer);
  return {
    init: <P extends ArrayRecord>(params: P) => {
      checkRecord("params", params);
      const states = Object.entries(params).map(([key, array]) => [key, optimizer.init(array)]);
      return Object.fromEntries(states) as RecordState<S, P>;
    },
    update: <P extends ArrayRecord>(gradients: P, states: RecordState<S, P>, params: P) => {
      checkRecord("params", params);
      checkKeys("gradients", gradients, params);
      checkKeys("states", states, params);
      const updates: Record<string, ArrayKind> = {};
      const next: Record<string, StateOf<S, ArrayKind>> = {};
      for (const [key, array] of Object.entries(params)) {
        const state = states[key] as StateOf<S, ArrayKind>;
        [updates[key], next[key]] = optimizer.update(gradients[key], state, array);
      }
      return [updates as P, next as RecordState<S, P>];
    },
  };
}

/** Refuses what is no record. */
function checkRecord(name: string, record: object): void {
  if (typeof record === "object" && record !== null) return;
  throw new TypeError(cannot(DOING, `${name} must be a record of arrays`, name, record));
}

/** Refuses records of other keys. */
function checkKeys(name: string, record: object, params: object): void {
  checkRecord(name, record);
  const keys = [record, params].map((r) => Object.keys(r).sort());
  if (keys[0].join() === keys[1].join()) return;
  const need = `${name} must have the keys of params`;
  throw new TypeError(cannot(DOING, need, "the pair of key lists", keys));
}
