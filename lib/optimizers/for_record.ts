/**
 * One optimizer on each array of a record: the same on all, or one for each name.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import { cannot } from "../check.ts";
import { checkOptimizer, type Optimizer, type StateOf } from "./kinds.ts";

/** Named arrays. */
export type ArrayRecord = Readonly<Record<string, ArrayKind>>;

/** Optimizers by the names of the arrays that they update; `S` has the types of their states. */
export type OptimizersByName<S> = { readonly [K in keyof S]: Optimizer<S[K]> };

/** Marks, in the type of a record's states, that each name has an optimizer of its own. */
export type PerName<S> = {
  /** Only a mark: no value has this type. */
  readonly perName: S;
};

/** States by the names of the parameters. */
export type RecordState<S, P extends ArrayRecord> = {
  readonly [K in keyof P]: StateOf<
    S extends PerName<infer R> ? K extends keyof R ? R[K] : never : S,
    P[K]
  >;
};

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
 * Lifts an optimizer of one array, or one for each name, to records of arrays, each with a state of
 * its own.
 *
 * **Definition** `updates[key] = update(gradients[key], states[key], params[key])`, the update of the
 * one optimizer or of `optimizer[key]`.
 *
 * @param optimizer An optimizer of one array, or a record of them with the names of the parameters
 * @returns an optimizer of records, whose keys it keeps
 * @throws {TypeError} if `optimizer` is neither; (from init and update) if what should be a record is
 * not, gradients and parameters have different keys, or there is no optimizer of a name
 *
 * @example Two arrays by name
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { forRecord, matrix, sgd, signDescent } from "resolvent";
 *
 * const rule = forRecord(sgd({ learningRate: 1 }));
 * const params = { w: matrix(1, 1, [3]), b: matrix(1, 1, [0]) };
 * const gradients = { w: matrix(1, 1, [1]), b: matrix(1, 1, [2]) };
 * const [updates, states] = rule.update(gradients, rule.init(params), params);
 * assertEquals([updates.w.data[0], updates.b.data[0], states.b.step], [-1, -2, 1]);
 * const each = forRecord({ w: sgd({ learningRate: 0.5 }), b: signDescent({ learningRate: 9 }) });
 * const [own] = each.update(gradients, each.init(params), params);
 * assertEquals([own.w.data[0], own.b.data[0]], [-0.5, -9]);
 * ```
 *
 * Source: Optimisers.jl, rules on one array lifted over trees.
 */
export function forRecord<S>(optimizer: Optimizer<S>): RecordOptimizer<S>;
/** The same with an optimizer for each name. */
export function forRecord<S extends Readonly<Record<string, unknown>>>(
  optimizer: OptimizersByName<S>,
): RecordOptimizer<PerName<S>>;
export function forRecord<S>(
  optimizer: Optimizer<S> | Readonly<Record<string, Optimizer<S>>>,
): RecordOptimizer<S> {
  const rules = rulesOf(optimizer);
  return {
    init: <P extends ArrayRecord>(params: P) => {
      checkRecord("params", params);
      rules.check(params);
      const states = Object.entries(params).map(([key, array]) => [
        key,
        rules.of(key).init(array),
      ]);
      return Object.fromEntries(states) as RecordState<S, P>;
    },
    update: <P extends ArrayRecord>(gradients: P, states: RecordState<S, P>, params: P) => {
      checkRecord("params", params);
      rules.check(params);
      checkKeys("gradients", gradients, params);
      checkKeys("states", states, params);
      const updates: Record<string, ArrayKind> = {};
      const next: Record<string, StateOf<S, ArrayKind>> = {};
      for (const [key, array] of Object.entries(params)) {
        const state = states[key] as StateOf<S, ArrayKind>;
        [updates[key], next[key]] = rules.of(key).update(gradients[key], state, array);
      }
      return [updates as P, next as RecordState<S, P>];
    },
  };
}

/** Gives the optimizer of a name, and refuses parameters of other names than there are optimizers. */
function rulesOf<S>(optimizer: Optimizer<S> | Readonly<Record<string, Optimizer<S>>>): {
  readonly check: (params: object) => void;
  readonly of: (key: string) => Optimizer<S>;
} {
  if (!isByName(optimizer)) {
    checkOptimizer(DOING, "optimizer", optimizer);
    return { check: () => {}, of: () => optimizer };
  }
  for (const [key, own] of Object.entries(optimizer)) {
    checkOptimizer(DOING, `optimizer.${key}`, own);
  }
  return {
    check: (params) => checkKeys("the optimizers", optimizer, params),
    of: (key) => optimizer[key],
  };
}

/** Whether there is an optimizer for each name: a record whose values are records too. */
function isByName<S>(
  optimizer: Optimizer<S> | Readonly<Record<string, Optimizer<S>>>,
): optimizer is Readonly<Record<string, Optimizer<S>>> {
  if (typeof optimizer !== "object" || optimizer === null) return false;
  const values = Object.values(optimizer);
  return values.length > 0 && values.every((own) => typeof own === "object");
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
