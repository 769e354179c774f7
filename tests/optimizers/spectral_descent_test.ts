/**
 * Tests of steepest descent in the spectral norm; shared laws are in contract.ts.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertGreaterOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { add, matmul, matrix, polarFactor, rng, singularValues, spectralDescent } from "resolvent";
import { leastSquaresProblem } from "./_least_squares.ts";

Deno.test("spectralDescent() takes a step of hand", () => {
  const rule = spectralDescent({ curvature: 2 });
  const w = matrix(2, 3);
  const gradient = matrix(2, 3, [0, 0, -5, 1, 0, 0]);
  const [update, state] = rule.update(gradient, rule.init(w), w);
  // nuclear norm 6, over the curvature 3
  [0, 0, 3, -3, 0, 0].forEach((e, at) => assertAlmostEquals(update.data[at], e, 1e-12));
  assertEquals(state.step, 1);
});

Deno.test("spectralDescent() gives all singular values of a full-rank update the same size", () => {
  const g = rng(3).normal([4, 6]);
  const rule = spectralDescent({ curvature: (step) => 2 + step });
  const [update] = rule.update(g, { step: 3 }, matrix(4, 6));
  const nuclear = singularValues(g).reduce((sum, s) => sum + s, 0);
  for (const s of singularValues(update)) assertAlmostEquals(s, nuclear / 5, 1e-12 * nuclear);
  // along the gradient: <G, U> = -‖G‖_*² / L
  const along = update.data.reduce((sum, u, at) => sum + u * g.data[at], 0);
  assertAlmostEquals(along, -(nuclear ** 2) / 5, 1e-11 * nuclear ** 2);
});

Deno.test("spectralDescent() does not move along directions that the gradient lacks", () => {
  const [x, y] = [rng(1).normal([5, 1]), rng(2).normal([1, 4])];
  const g = matmul(x, y);
  const rule = spectralDescent({ curvature: 1 });
  const [update] = rule.update(g, { step: 0 }, matrix(5, 4));
  // of rank 1, ‖G‖_* polar(G) is G itself
  update.data.forEach((entry, at) => assertAlmostEquals(entry, -g.data[at], 1e-12));
  assertAlmostEquals(singularValues(polarFactor(g))[1], 0, 1e-12);
});

Deno.test("spectralDescent() lowers least squares by at least ‖G‖_*²/(2 L_op)", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      const { weights, gradient, loss, spectralCurvature } = leastSquaresProblem(seed);
      const rule = spectralDescent({ curvature: spectralCurvature });
      const [update] = rule.update(gradient, rule.init(weights), weights);
      const nuclear = singularValues(gradient).reduce((sum, s) => sum + s, 0);
      const guaranteed = nuclear ** 2 / (2 * spectralCurvature);
      const before = loss(weights);
      // rounding of the losses, sums of at most 64 squares
      assertGreaterOrEqual(before - loss(add(weights, update)), guaranteed - 1e-13 * before);
    }),
    { numRuns: 300, seed: 5 },
  );
});

Deno.test("spectralDescent() refuses curvatures that are not above 0", () => {
  for (const curvature of [0, -1, Infinity]) {
    assertThrows(
      () => spectralDescent({ curvature }),
      RangeError,
      `as curvature must be a finite number above 0: curvature is ${curvature}`,
    );
  }
  const rule = spectralDescent({ curvature: (step) => 1 - step });
  const w = matrix(1, 1, [1]);
  assertThrows(() => rule.update(w, { step: 1 }, w), RangeError, "curvature at step 1 is 0");
});
