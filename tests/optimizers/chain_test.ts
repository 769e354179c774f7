/**
 * Tests of chains.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { chain, clipNorm, type Matrix, matrix, scaleBy, sgd, signDescent } from "resolvent";

Deno.test("chain() hands each rule what the one before returned", () => {
  const rule = chain(clipNorm(5), sgd({ learningRate: 0.5, momentum: 0.5 }), scaleBy(10));
  const w = matrix(1, 2);
  const g = matrix(1, 2, [30, 40]); // clipped to (3, 4)
  const [first, state] = rule.update(g, rule.init(w), w);
  assertEquals([...first.data], [-15, -20]);
  const [second, next] = rule.update(g, state, w);
  assertEquals([...second.data], [-22.5, -30]);
  assertEquals(next.map(({ step }) => step), [2, 2, 2]);
});

Deno.test("chain() keeps the types of the states in order", () => {
  const rule = chain(signDescent({ learningRate: 1 }), sgd({ learningRate: 1, momentum: 0.5 }));
  const [, momentum] = rule.init(matrix(2, 1));
  const kept: Matrix = momentum.momentum;
  assertEquals(kept, matrix(2, 1));
  const wrong = () => {
    // @ts-expect-error a state is a tuple of records, not of nulls
    rule.update(matrix(2, 1), [null, null], matrix(2, 1));
  };
  assertThrows(wrong);
});

Deno.test("chain() of one rule is that rule, and of a chain associates", () => {
  const make = () =>
    [clipNorm(1), signDescent({ learningRate: 2 }), scaleBy((t) => t + 1)] as const;
  const g = matrix(1, 2, [3, -4]);
  const [a, b, c] = make();
  const flat = chain(a, b, c);
  const nested = chain(chain(a, b), c);
  const lone = chain(b);
  assertEquals(nested.update(g, nested.init(g), g)[0], flat.update(g, flat.init(g), g)[0]);
  assertEquals(lone.update(g, lone.init(g), g)[0], b.update(g, b.init(g), g)[0]);
  assertAlmostEquals(flat.update(g, flat.init(g), g)[0].data[0], -2);
});

Deno.test("chain() refuses to be empty, and what is not an optimizer", () => {
  assertThrows(() => chain(), RangeError, "Cannot chain optimizers as there must be one or more");
  assertThrows(
    () => chain(clipNorm(1), sgd as never),
    TypeError,
    "as rules[1] must be an optimizer { init, update }, such as sgd(options): rules[1] is the function sgd",
  );
});
