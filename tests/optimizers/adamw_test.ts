/**
 * Tests of AdamW; runs of torch are in references_test.ts, shared laws in contract.ts.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { adamW, matrix } from "resolvent";

Deno.test("adamW() takes two steps of hand", () => {
  const rule = adamW({ learningRate: 1, beta1: 0.5, beta2: 0.75, epsilon: 1, weightDecay: 0.25 });
  const w = matrix(1, 1, [8]);
  const [first, state] = rule.update(matrix(1, 1, [2]), rule.init(w), w);
  // m = 1, v = 1; corrected 2 and 4; 2/(2 + 1) + 0.25 * 8
  assertAlmostEquals(first.data[0], -(2 / 3 + 2), 1e-15);
  assertEquals([state.step, state.mean.data[0], state.square.data[0]], [1, 1, 1]);
  const [second] = rule.update(matrix(1, 1, [-4]), state, w);
  // m = -1.5, v = 4.75; corrected by 3/4 and 7/16
  assertAlmostEquals(second.data[0], 2 / (Math.sqrt(4.75 * 16 / 7) + 1) - 2, 1e-15);
});

Deno.test("adamW() keeps an update near the learning rate whatever the size of gradients", () => {
  for (const size of [1e-6, 1, 1e6]) {
    const rule = adamW({ learningRate: 0.1, weightDecay: 0, epsilon: 1e-12 });
    const w = matrix(1, 1);
    let state = rule.init(w);
    for (let step = 0; step < 50; step++) {
      const [update, next] = rule.update(matrix(1, 1, [size]), state, w);
      assertAlmostEquals(update.data[0], -0.1, 1e-6);
      state = next;
    }
  }
});

Deno.test("adamW() refuses settings out of range", () => {
  const refusals = [
    [{ learningRate: -1 }, "learningRate is -1"],
    [{ beta1: 1 }, "beta1 must be a finite number at least 0 and below 1: beta1 is 1"],
    [{ beta2: -0.1 }, "beta2 is -0.1"],
    [{ epsilon: 0 }, "epsilon must be a finite number above 0: epsilon is 0"],
    [{ weightDecay: NaN }, "weightDecay is NaN"],
  ] as const;
  for (const [options, text] of refusals) {
    assertThrows(() => adamW(options), RangeError, text);
  }
});
