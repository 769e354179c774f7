/**
 * Optimizers one after another.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import { cannot } from "../check.ts";
import { checkOptimizer, type Optimizer, type StateOf } from "./kinds.ts";

/**
 * Puts optimizers one after another: each takes what the one before returned as its gradient.
 *
 * **Definition** `U_1 = r_1(G)`, `U_i = r_i(U_{i-1})`; the last is the update, the tuple of states the
 * state.
 *
 * Rules that change a gradient (`clipNorm`) come first, then one that descends (`sgd`, `muon`, ...),
 * whose update has the minus sign, then rules that change an update (`scaleBy`).
 *
 * @param rules One optimizer or more
 * @returns an optimizer whose state is the tuple of theirs
 * @throws {RangeError} if there is no rule
 * @throws {TypeError} if a rule is not an optimizer
 *
 * @example A clipped step
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { chain, clipNorm, matrix, sgd } from "resolvent";
 *
 * const rule = chain(clipNorm(1), sgd({ learningRate: 0.5 }));
 * const w = matrix(1, 2);
 * const [update, [, state]] = rule.update(matrix(1, 2, [0, 8]), rule.init(w), w);
 * assertEquals(update.data[1], -0.5);
 * assertEquals(state.step, 1);
 * ```
 *
 * Source: optax, `chain`.
 */
export function chain<S extends readonly unknown[]>(
  ...rules: { readonly [K in keyof S]: Optimizer<S[K]> }
): Optimizer<S> {
  const all: readonly Optimizer<unknown>[] = rules;
  if (all.length === 0) {
    throw new RangeError(cannot("chain optimizers", "there must be one or more", "the number", 0));
  }
  all.forEach((rule, i) => checkOptimizer("chain optimizers", `rules[${i}]`, rule));
  return {
    init: <A extends ArrayKind>(params: A) =>
      all.map((rule) => rule.init(params)) as unknown as StateOf<S, A>,
    update: <A extends ArrayKind>(gradient: A, state: StateOf<S, A>, params: A) => {
      // the types of S and of its states agree item by item, which a mapped type cannot follow here
      const states = state as unknown as readonly StateOf<unknown, A>[];
      const next: unknown[] = [];
      let update = gradient;
      all.forEach((rule, i) => {
        [update, next[i]] = rule.update(update, states[i], params);
      });
      return [update, next as unknown as StateOf<S, A>];
    },
  };
}
