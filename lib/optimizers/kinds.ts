/**
 * What an optimizer is: a pure pair of functions on one array, whose kind chooses its operations.
 *
 * @module
 */
import { type ArrayKind, operationsOf } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import { cannot } from "../check.ts";
import { isMatrix } from "../matrix.ts";

/** Stands, in the type of a state, for an array of the kind and shape of the parameters. */
export type LikeParams = {
  /** Only a mark: no value has this type. */
  readonly mark: "an array like the parameters";
};

/** A state in which each {@linkcode LikeParams} is an array of kind `A`. */
export type StateOf<S, A> = S extends LikeParams ? A
  : S extends number | string | boolean | null ? S
  : { readonly [K in keyof S]: StateOf<S[K], A> };

/**
 * An optimizer of one array: pure functions, with everything that changes in the state.
 *
 * A rule is written once; `A` is found from the arguments. The new parameters are
 * `params + update`: learning rate and decay are inside the update.
 */
export type Optimizer<S> = {
  /** Makes the state before the first step. */
  readonly init: <A extends ArrayKind>(params: A) => StateOf<S, A>;
  /** Takes the gradient at `params` and returns what to add to them, and the next state. */
  readonly update: <A extends ArrayKind>(
    gradient: A,
    state: StateOf<S, A>,
    params: A,
  ) => readonly [update: A, next: StateOf<S, A>];
};

/** State of a rule that remembers nothing but the number of its steps. */
export type StepState = {
  /** Number of steps taken. */
  readonly step: number;
};

/** The `init` of a rule whose state is {@linkcode StepState}. */
export function startCount(doing: string): Optimizer<StepState>["init"] {
  return function startAtZero(params): StepState {
    operationsOf(doing, params);
    return { step: 0 };
  };
}

/** Returns `optimizer`, which has both functions of one, or throws a `TypeError`. */
export function checkOptimizer<S>(
  doing: string,
  name: string,
  optimizer: Optimizer<S>,
): Optimizer<S> {
  const { init, update } = optimizer ?? {};
  if (typeof init === "function" && typeof update === "function") return optimizer;
  const need = `${name} must be an optimizer { init, update }, such as sgd(options)`;
  throw new TypeError(cannot(doing, need, name, optimizer));
}

/** Operations for a step, after a look at what it was given: one kind, one shape, finite numbers. */
export function operationsFor<A extends ArrayKind>(doing: string, gradient: A, params: A): Ops<A> {
  const ops = operationsOfPair(doing, gradient, params);
  ops.check(doing, "gradient", gradient);
  ops.check(doing, "params", params);
  return ops;
}

/** Operations for two arrays of one kind and one shape; their entries are not read. */
function operationsOfPair<A extends ArrayKind>(doing: string, gradient: A, params: A): Ops<A> {
  const ops = operationsOf(doing, params);
  if (!isMatrix(gradient) || !isMatrix(params)) ops.check(doing, "gradient", gradient);
  const shapes = [ops.shape(gradient), ops.shape(params)];
  if (String(shapes[0]) !== String(shapes[1])) {
    const need = "gradient must have the shape of params";
    throw new TypeError(cannot(doing, need, "the pair of shapes", shapes));
  }
  return ops;
}

/**
 * Applies an update.
 *
 * **Definition** `params + update`.
 *
 * @param params Parameters, an array of any shape
 * @param update What an optimizer returned, of the same shape
 * @returns the new parameters, of the same shape; the old ones are not changed
 * @throws {TypeError} if kinds or shapes differ
 * @throws {RangeError} if an entry is not finite
 *
 * @example One step
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { applyUpdate, matrix, sgd } from "resolvent";
 *
 * const w = matrix(1, 2, [1, 2]);
 * const rule = sgd({ learningRate: 0.5 });
 * const [update] = rule.update(matrix(1, 2, [2, -2]), rule.init(w), w);
 * assertEquals([...applyUpdate(w, update).data], [0, 3]);
 * ```
 *
 * Source: optax, `apply_updates` (sign and place of the learning rate).
 */
export function applyUpdate<A extends ArrayKind>(params: A, update: A): A {
  // The sum looks at the entries itself.
  return operationsOfPair("apply an update", update, params).add(params, update);
}
