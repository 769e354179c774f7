/**
 * Tests of gradient descent; laws that all optimizers share are in contract.ts.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertGreaterOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { add, linearDecay, matrix, sgd } from "resolvent";
import { leastSquaresProblem } from "./_least_squares.ts";

Deno.test("sgd() takes a step of hand", () => {
  const w = matrix(1, 2, [10, -10]);
  const [update, state] = sgd({ learningRate: 0.5 }).update(
    matrix(1, 2, [2, 4]),
    { step: 4, momentum: matrix(1, 2, [100, 100]) },
    w,
  );
  assertEquals([...update.data], [-1, -2]); // no momentum: the state plays no part
  assertEquals(state, { step: 5, momentum: matrix(1, 2, [2, 4]) });
});

Deno.test("sgd() adds momentum, looks ahead, and decays apart from the momentum", () => {
  const w = matrix(1, 1, [10]);
  const state = { step: 0, momentum: matrix(1, 1, [4]) };
  const g = matrix(1, 1, [1]);
  const options = { learningRate: 0.1, momentum: 0.5 };
  const [heavy, next] = sgd(options).update(g, state, w);
  assertAlmostEquals(heavy.data[0], -0.3); // 0.5 * 4 + 1
  assertEquals(next.momentum.data[0], 3);
  const [ahead] = sgd({ ...options, nesterov: true }).update(g, state, w);
  assertAlmostEquals(ahead.data[0], -0.25); // 1 + 0.5 * 3
  const [decayed, kept] = sgd({ ...options, weightDecay: 0.2 }).update(g, state, w);
  assertAlmostEquals(decayed.data[0], -0.5); // 3 + 0.2 * 10
  assertEquals(kept.momentum.data[0], 3);
});

Deno.test("sgd() follows a schedule by the step in its state", () => {
  const rule = sgd({ learningRate: linearDecay({ start: 1, steps: 4 }) });
  const w = matrix(1, 1);
  let state = rule.init(w);
  const updates: number[] = [];
  for (let step = 0; step < 6; step++) {
    const [update, next] = rule.update(matrix(1, 1, [-8]), state, w);
    updates.push(update.data[0]);
    state = next;
  }
  assertEquals(updates, [8, 6, 4, 2, 0, 0]);
});

Deno.test("sgd() with rate 1/L_F lowers least squares by at least ‖G‖_F²/(2 L_F)", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      const { weights, gradient, loss, euclideanCurvature } = leastSquaresProblem(seed);
      const rule = sgd({ learningRate: 1 / euclideanCurvature });
      const [update] = rule.update(gradient, rule.init(weights), weights);
      const square = gradient.data.reduce((sum, g) => sum + g * g, 0);
      const guaranteed = square / (2 * euclideanCurvature);
      const before = loss(weights);
      // rounding of the losses, sums of at most 64 squares
      assertGreaterOrEqual(before - loss(add(weights, update)), guaranteed - 1e-13 * before);
    }),
    { numRuns: 300, seed: 4 },
  );
});

Deno.test("sgd() refuses rates, momenta and decays out of range", () => {
  const refusals = [
    [
      { learningRate: -1 },
      "as learningRate must be a finite number at least 0: learningRate is -1",
    ],
    [{ learningRate: NaN }, "learningRate is NaN"],
    [{ learningRate: 1, momentum: 1 }, "momentum must be a finite number at least 0 and below 1"],
    [{ learningRate: 1, weightDecay: -0.1 }, "weightDecay is -0.1"],
  ] as const;
  for (const [options, text] of refusals) {
    assertThrows(() => sgd(options), RangeError, text);
  }
  const rule = sgd({ learningRate: (step) => 1 - step });
  const w = matrix(1, 1);
  assertThrows(
    () => rule.update(w, { step: 3, momentum: w }, w),
    RangeError,
    "Cannot take a step of sgd as learningRate at step 3 must be a finite number at least 0: learningRate at step 3 is -2",
  );
  assertThrows(() => rule.init([1, 2] as never), TypeError, "params must be a matrix");
});
