import { assert, assertAlmostEquals, assertGreater } from "@std/assert";
import { eigenvalues, featureSecondMoment, matrix, rng } from "resolvent";

Deno.test("featureSecondMoment() of ReLU is the arc-cosine kernel", () => {
  const weights = matrix(2, 3, [1, 0, -2, 0, 3, 0]);
  const moment = featureSecondMoment(weights, "relu")!;
  // Columns (1, 0), (0, 3), (-2, 0): equal 1/2 |v|^2, orthogonal |v||w|/(2 pi), opposite 0.
  const [right, opposite] = [3 / (2 * Math.PI), 0];
  const expected = [0.5, right, opposite, right, 4.5, 2 * right, opposite, 2 * right, 2];
  expected.forEach((value, at) => assertAlmostEquals(moment.data[at], value, 1e-15));
});

Deno.test("featureSecondMoment() is positive semidefinite and lies above the paper's bound", () => {
  // Theorem 3.2: beyond the mean's spike the moment is at least V^T V / 4 + (pi - 3)/(4 pi) I, nearly.
  const weights = rng(1).normal([40, 30], { sd: Math.sqrt(1 / 40) });
  const values = eigenvalues(featureSecondMoment(weights, "relu")!);
  assertGreater(values[0], (Math.PI - 3) / (4 * Math.PI) * 0.5);
  for (const activation of ["identity", "abs", "relu2", "gelu", "square"] as const) {
    assertGreater(eigenvalues(featureSecondMoment(weights, activation)!)[0], -1e-12);
  }
});

Deno.test("featureSecondMoment() is null where there is no closed form", () => {
  const weights = rng(1).normal([3, 2]);
  for (const activation of ["silu", "sigmoid", "tanh", "swiglu", Math.sin] as const) {
    assert(featureSecondMoment(weights, activation) === null);
  }
});
