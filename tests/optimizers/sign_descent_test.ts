/**
 * Tests of descent along signs; shared laws are in contract.ts.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { matrix, signDescent } from "resolvent";

Deno.test("signDescent() takes a step of hand, with decay", () => {
  const rule = signDescent({ learningRate: 0.5, weightDecay: 0.1 });
  const w = matrix(1, 3, [2, 0, -4]);
  const [update, state] = rule.update(matrix(1, 3, [1e-300, 0, -1e300]), rule.init(w), w);
  [-0.6, 0, 0.7].forEach((entry, at) => assertAlmostEquals(update.data[at], entry, 1e-15));
  assertEquals(state.step, 1);
});

Deno.test("signDescent() refuses negative rates and decays", () => {
  assertThrows(() => signDescent({ learningRate: -1 }), RangeError, "learningRate is -1");
  assertThrows(
    () => signDescent({ learningRate: 1, weightDecay: -1 }),
    RangeError,
    "Cannot take a step of sign descent as weightDecay must be a finite number at least 0",
  );
});
