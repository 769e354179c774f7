import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  featuresOf,
  frobeniusNorm,
  matmul,
  numericalRank,
  rng,
  scale,
  spikedRandomFeatures,
  subtract,
} from "resolvent";

const SIZES = { inputs: 6, features: 9, samples: 20, outputs: 4 };

Deno.test("spikedRandomFeatures() makes Model I: targets linear in the student's features", () => {
  const drawn = spikedRandomFeatures(rng(1), { ...SIZES, model: "realizable" });
  assertEquals(drawn.features, featuresOf(drawn.inputs, drawn.weights));
  assertEquals(drawn.targets, matmul(drawn.features, drawn.teacher));
  assertEquals([drawn.teacherWeights, drawn.teacherFeatures === drawn.features], [null, true]);
  assertEquals([drawn.teacher.rows, drawn.teacher.cols], [9, 4]);
});

Deno.test("spikedRandomFeatures() makes Model II: a teacher with features of its own", () => {
  const options = { ...SIZES, model: "teacher-student", activation: "gelu" } as const;
  const drawn = spikedRandomFeatures(rng(1), options);
  const seen = featuresOf(drawn.inputs, drawn.teacherWeights!, { activation: "gelu" });
  assertEquals(drawn.teacherFeatures, seen);
  assertEquals(drawn.targets, matmul(seen, drawn.teacher));
  const other = spikedRandomFeatures(rng(1), { ...options, model: "realizable" });
  assertEquals(other.features, drawn.features);
  assertEquals(other.teacher, drawn.teacher);
});

Deno.test("spikedRandomFeatures() adds noise of the deviation given, and nothing else changes", () => {
  const sizes = { ...SIZES, samples: 500, outputs: 20, model: "realizable" } as const;
  const [clean, noisy] = [0, 0.3].map((noise) => spikedRandomFeatures(rng(2), { ...sizes, noise }));
  assertEquals(noisy.features, clean.features);
  const spread = frobeniusNorm(subtract(noisy.targets, clean.targets)) / Math.sqrt(10_000);
  // The root mean square of N normals deviates by 1/sqrt(2N) of itself.
  assertLess(Math.abs(spread / 0.3 - 1), 4 / Math.sqrt(20_000));
});

Deno.test("spikedRandomFeatures() draws teachers of the rank and mean square asked for", () => {
  const sizes = { ...SIZES, features: 100, outputs: 80, model: "realizable" } as const;
  for (const teacherRank of [undefined, 4, 80]) {
    const { teacher } = spikedRandomFeatures(rng(3), { ...sizes, teacherRank });
    assertEquals(numericalRank(teacher), teacherRank ?? 80);
    // E |W|_F^2 = outputs; at rank r it deviates by about sqrt(2 / (r * 80)) + sqrt(2 / (r * 100)).
    const deviation = 4 * 0.3 / Math.sqrt(teacherRank ?? 80);
    assertLess(Math.abs(frobeniusNorm(teacher) ** 2 / 80 - 1), deviation);
  }
});

Deno.test("spikedRandomFeatures() gives the second moment that many samples tend to", () => {
  const activations = ["relu", "abs", "gelu", "square", { name: "leakyRelu", slope: 0.1 }] as const;
  for (const activation of activations) {
    const { features, secondMoment } = spikedRandomFeatures(rng(4), {
      model: "realizable",
      inputs: 8,
      features: 6,
      samples: 40_000,
      outputs: 1,
      activation,
    });
    const sample = scale(matmul(features, features, { transposeA: true }), 1 / 40_000);
    // Relative deviation of a mean of n products: sqrt(kurtosis / n), below 0.05 even for squares.
    const error = frobeniusNorm(subtract(sample, secondMoment!)) / frobeniusNorm(secondMoment!);
    assertLess(error, 0.05);
    assertAlmostEquals(secondMoment!.data[1], secondMoment!.data[6], 0);
  }
  const open = { ...SIZES, model: "realizable", activation: "swiglu" } as const;
  assert(spikedRandomFeatures(rng(4), open).secondMoment === null);
});

Deno.test("spikedRandomFeatures() refuses unknown models and sizes below one", () => {
  const options = { ...SIZES, model: "realizable" } as const;
  assertThrows(
    () => spikedRandomFeatures(rng(1), { ...options, model: "linear" as "realizable" }),
    RangeError,
    'model must be one of "realizable", "teacher-student": model is "linear"',
  );
  assertThrows(
    () => spikedRandomFeatures(rng(1), { ...options, samples: 0 }),
    RangeError,
    "Cannot draw spiked random features as samples must be an integer of at least 1: samples is 0",
  );
  assertThrows(
    () => spikedRandomFeatures(rng(1), { ...options, teacherRank: 5 }),
    RangeError,
    "rank must be an integer from 1 to 4: rank is 5",
  );
  assertThrows(
    () => spikedRandomFeatures(rng(1), { ...options, noise: -1 }),
    RangeError,
    "noise is -1",
  );
});
