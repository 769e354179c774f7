import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { activate, featuresOf, matmul, matrix, randomFeatures, rng } from "resolvent";
import { ACTIVATION_NAMES } from "../../lib/data/activations.ts";

Deno.test("randomFeatures() applies each activation to projections of the inputs", () => {
  const x = rng(1).normal([7, 3]);
  for (const activation of [...ACTIVATION_NAMES, Math.sin]) {
    const { features, weights, gateWeights } = randomFeatures(x, rng(2), {
      features: 5,
      activation,
    });
    assertEquals(features, activate(matmul(x, weights), activation));
    assertEquals([weights.rows, weights.cols, gateWeights], [3, 5, null]);
  }
});

Deno.test("randomFeatures() gates the linear factor with SiLU for SwiGLU", () => {
  const x = rng(1).normal([7, 3]);
  const drawn = randomFeatures(x, rng(2), { features: 5, activation: "swiglu" });
  const linear = matmul(x, drawn.weights);
  const gate = activate(matmul(x, drawn.gateWeights!), "silu");
  drawn.features.data.forEach((value, at) =>
    assertAlmostEquals(value, linear.data[at] * gate.data[at], 1e-15)
  );
  assertEquals(featuresOf(x, drawn.weights, { ...drawn, activation: "swiglu" }), drawn.features);
});

Deno.test("randomFeatures() draws weights of variance 1/d unless told otherwise", () => {
  const x = matrix(1, 50);
  for (const weightVariance of [undefined, 3]) {
    const { weights } = randomFeatures(x, rng(3), { features: 400, weightVariance });
    const variance = weights.data.reduce((sum, value) => sum + value * value, 0) / 20_000;
    // The mean of n squares of variance s^2 deviates by s^2 sqrt(2/n).
    assertLess(Math.abs(variance / (weightVariance ?? 1 / 50) - 1), 4 * Math.sqrt(2 / 20_000));
  }
});

Deno.test("randomFeatures() and featuresOf() refuse what does not fit", () => {
  const x = matrix(2, 3);
  assertThrows(() => randomFeatures(x, rng(1), { features: 0 }), RangeError, "features is 0");
  const flat = { features: 1, weightVariance: 0 };
  assertThrows(() => randomFeatures(x, rng(1), flat), RangeError, "weightVariance is 0");
  const empty = matrix(2, 0);
  assertThrows(() => randomFeatures(empty, rng(1), { features: 1 }), TypeError, "inputs need");
  const upper = { features: 1, activation: "ReLU" as "relu" };
  assertThrows(
    () => randomFeatures(x, rng(1), upper),
    RangeError,
    '"square", "swiglu": activation is "ReLU"',
  );
  assertThrows(() => featuresOf(x, matrix(3, 3), upper), RangeError, '"square", "swiglu"');
  assertThrows(
    () => randomFeatures(x, { features: 1 } as never, { features: 1 }),
    TypeError,
    'Cannot make random features as it needs a random key, made by rng(seed): rng is {"features":1}',
  );
  assertThrows(() => featuresOf(x, matrix(2, 3)), TypeError);
  assertThrows(
    () => featuresOf(x, matrix(3, 3), { activation: "swiglu" }),
    TypeError,
    "swiglu needs the weights of its gate: gateWeights is undefined",
  );
  assertThrows(
    () => featuresOf(x, matrix(3, 3), { activation: "swiglu", gateWeights: matrix(3, 2) }),
    TypeError,
    "gateWeights must have 3 columns: gateWeights is a 3 x 2 matrix",
  );
});
