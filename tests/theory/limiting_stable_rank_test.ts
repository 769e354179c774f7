import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  type Activation,
  activationMoments,
  deepReluStableRanks,
  limitingStableRank,
  rng,
  spikedRandomFeatures,
  stableRank,
  stableRankBound,
} from "resolvent";

const LEAKY = { name: "leakyRelu", slope: 0.1 } as const;

Deno.test("limitingStableRank() has the constants derived by hand", () => {
  assertAlmostEquals(limitingStableRank("abs"), Math.PI / 2, 1e-14);
  assertAlmostEquals(limitingStableRank("relu"), Math.PI, 1e-14);
  assertAlmostEquals(limitingStableRank(LEAKY), Math.PI * 1.01 / 0.81, 1e-14);
  assertAlmostEquals(limitingStableRank("relu2"), 6, 1e-13);
  assertAlmostEquals(limitingStableRank("square"), 3, 1e-14);
  // Four pi (1/4 + 1/12 + 1/(2 pi sqrt(3))), from the closed forms at unit variance.
  const gelu = 4 * Math.PI * (1 / 3 + 1 / (2 * Math.PI * Math.sqrt(3)));
  assertAlmostEquals(limitingStableRank("gelu"), gelu, 1e-13);
});

Deno.test("limitingStableRank() has the constants of the declared claims", () => {
  // To the digits printed there.
  assertAlmostEquals(limitingStableRank(LEAKY), 3.9173, 5e-5);
  assertAlmostEquals(limitingStableRank("gelu"), 5.3435, 5e-5);
  assertAlmostEquals(limitingStableRank("silu"), 8.3335, 5e-5);
  assertAlmostEquals(limitingStableRank("sigmoid"), 1.17352, 5e-6);
});

Deno.test("limitingStableRank() is infinite for centred activations", () => {
  const centred: readonly Activation[] = ["identity", "tanh", Math.sin, (z) => z ** 3];
  for (const activation of centred) assertEquals(limitingStableRank(activation), Infinity);
  assertEquals(limitingStableRank("swiglu", { preactivationVariance: 2 }), Infinity);
});

Deno.test("limitingStableRank() depends on the scale only where the activation does", () => {
  const at = (activation: Activation, preactivationVariance: number) =>
    limitingStableRank(activation, { preactivationVariance });
  for (const activation of ["abs", "relu", "relu2", "square"] as const) {
    assertAlmostEquals(at(activation, 0.2) / at(activation, 5), 1, 1e-13);
  }
  // GELU and SiLU are ReLU at large scale.
  assertAlmostEquals(at("gelu", 1e10), Math.PI, 1e-4);
  assertAlmostEquals(at("silu", 1e10), Math.PI, 1e-4);
  assertLess(at("gelu", 2), at("gelu", 0.5));
});

Deno.test("limitingStableRank() lies within the paper's bound, and attains it but for GELU", () => {
  for (const activation of ["abs", "relu", "leakyRelu", LEAKY, "relu2"] as const) {
    assertAlmostEquals(limitingStableRank(activation) / stableRankBound(activation), 1, 1e-13);
  }
  assertLess(limitingStableRank("gelu"), stableRankBound("gelu"));
});

Deno.test("limitingStableRank() is what random features show", () => {
  // (limit - 1)(1/k + 1/n) and a few 1/d: 5 % at these sizes, for SiLU 8 %.
  const sizes = { inputs: 200, features: 400, samples: 800, outputs: 1 };
  for (const activation of ["abs", "relu", "gelu", "silu", "sigmoid", Math.cos] as const) {
    const options = { ...sizes, model: "realizable", activation } as const;
    const measured = stableRank(spikedRandomFeatures(rng(1), options).features);
    assertLess(Math.abs(measured / limitingStableRank(activation) - 1), 0.08, String(activation));
  }
});

Deno.test("activationMoments() of SwiGLU are those of a product of independent factors", () => {
  const { mean, second } = activationMoments("swiglu", { preactivationVariance: 2 });
  const gate = activationMoments("silu", { preactivationVariance: 2 });
  assertEquals(mean, 0);
  assertAlmostEquals(second, 2 * gate.second, 1e-14);
});

Deno.test("deepReluStableRanks() falls from pi to 1 by the arc-cosine recursion", () => {
  const limits = deepReluStableRanks(400);
  [3.1416, 2.0254, 1.6534, 1.4685].forEach((value, i) => {
    assertAlmostEquals(limits[i], value, 5e-5);
  });
  for (let i = 1; i < 400; i++) assertLess(limits[i], limits[i - 1]);
  // 1 - c_l ~ 9 pi^2 / (2 l^2): the recursion loses (2 sqrt(2) / (3 pi)) (1 - c)^(3/2) a layer.
  assertAlmostEquals((1 - 1 / limits[399]) * 400 ** 2 / (9 * Math.PI ** 2 / 2), 1, 0.1);
});

Deno.test("limitingStableRank() refuses scales and activations without a limit", () => {
  assertThrows(
    () => limitingStableRank("relu", { preactivationVariance: 0 }),
    RangeError,
    "preactivationVariance must be a finite number above 0: preactivationVariance is 0",
  );
  assertThrows(() => limitingStableRank(() => 0), RangeError, "the mean square");
  assertThrows(() => limitingStableRank("swish" as Activation), RangeError, '"gelu"');
  assertThrows(() => deepReluStableRanks(-1), RangeError, "layers is -1");
});
