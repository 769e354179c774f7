import { assertAlmostEquals, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  add,
  frobeniusNorm,
  innerProduct,
  layerCurvatures,
  layerStep,
  matmul,
  matrix,
  matrixRegression,
  nuclearNorm,
  rng,
  spectralDescent,
  spectralNorm,
  stableRank,
} from "resolvent";

/** Rounding of decompositions of order 12, relative. */
const ROUNDING = 1e-11;

const LAYERS = fc.record({
  seed: fc.integer(),
  samples: fc.integer({ min: 1, max: 12 }),
  inputs: fc.integer({ min: 1, max: 8 }),
  outputs: fc.integer({ min: 1, max: 8 }),
});

Deno.test("layerCurvatures() bound what a change of weights does, and their ratio is the stable rank", () => {
  fc.assert(fc.property(LAYERS, ({ seed, samples, inputs, outputs }) => {
    const key = rng(seed), a = key.fork("a").normal([samples, inputs]);
    const change = key.fork("u").normal([inputs, outputs]);
    const { euclidean, spectral } = layerCurvatures(a);
    const moved = frobeniusNorm(matmul(a, change)) ** 2 / samples;
    assertLessOrEqual(moved, euclidean * frobeniusNorm(change) ** 2 * (1 + ROUNDING));
    assertLessOrEqual(moved, spectral * spectralNorm(change) ** 2 * (1 + ROUNDING));
    assertAlmostEquals(spectral / euclidean, stableRank(a), ROUNDING * stableRank(a));
  }));
});

Deno.test("layerStep() gains what one layer of least squares is guaranteed, and no step of the rule's length more", () => {
  fc.assert(fc.property(LAYERS, ({ seed, samples, inputs, outputs }) => {
    const key = rng(seed), a = key.fork("a").normal([samples, inputs]);
    const problem = matrixRegression(a, key.fork("y").normal([samples, outputs]));
    const w = key.fork("w").normal([inputs, outputs]);
    const { loss, gradient } = problem.lossAndGradient(w);
    const curvatures = layerCurvatures(a);
    const gain = (rule: "euclidean" | "spectral") =>
      loss - problem.loss(add(w, layerStep(gradient, { rule, curvatures, learningRate: 1 })));
    const guaranteed = {
      euclidean: frobeniusNorm(gradient) ** 2 / (2 * curvatures.euclidean),
      spectral: nuclearNorm(gradient) ** 2 / (2 * curvatures.spectral),
    };
    for (const rule of ["euclidean", "spectral"] as const) {
      assertLessOrEqual(guaranteed[rule] * (1 - 1e-9), gain(rule) + 1e-12 * loss, rule);
      assertLessOrEqual(gain(rule), 2 * guaranteed[rule] * (1 + 1e-9) + 1e-12 * loss, rule);
    }
  }));
});

Deno.test("layerStep() is the step of spectral descent, by either method, times the learning rate", () => {
  const key = rng(3), gradient = key.fork("g").normal([7, 5]);
  const curvatures = layerCurvatures(key.fork("a").normal([9, 7]));
  const rule = spectralDescent({ curvature: curvatures.spectral });
  const [whole] = rule.update(gradient, rule.init(gradient), gradient);
  for (const method of ["svd", "gram"] as const) {
    const step = layerStep(gradient, { rule: "spectral", curvatures, learningRate: 0.3, method });
    step.data.forEach((u, at) => assertAlmostEquals(u, 0.3 * whole.data[at], ROUNDING));
  }
});

Deno.test("layerStep() of a single column goes along the gradient, shorter by the stable rank", () => {
  const key = rng(4), a = key.fork("a").normal([20, 6]), gradient = key.fork("g").normal([6, 1]);
  const curvatures = layerCurvatures(a);
  const [long, short] = (["euclidean", "spectral"] as const).map((rule) =>
    layerStep(gradient, { rule, curvatures, learningRate: 1 })
  );
  const ratio = frobeniusNorm(long) / frobeniusNorm(short);
  assertAlmostEquals(ratio, stableRank(a), 1e-10);
  const cosine = innerProduct(long, short) / (frobeniusNorm(long) * frobeniusNorm(short));
  assertAlmostEquals(cosine, 1, 1e-12);
});

Deno.test("layerStep() of a gradient of zero moves nothing", () => {
  const curvatures = { euclidean: 1, spectral: 2 };
  for (const rule of ["euclidean", "spectral"] as const) {
    const { data } = layerStep(matrix(2, 3), { rule, curvatures, learningRate: 1 });
    assertEquals(data.every((u) => u === 0), true, rule);
  }
});

Deno.test("layerCurvatures() and layerStep() refuse what is no layer", () => {
  assertThrows(() => layerCurvatures(matrix(2, 2)), RangeError, "zero");
  const gradient = matrix(1, 1, [1]), curvatures = { euclidean: 1, spectral: 0 };
  const good = { rule: "euclidean", curvatures, learningRate: 1 } as const;
  assertEquals(layerStep(gradient, good).data[0], -1);
  assertThrows(
    () => layerStep(gradient, { ...good, rule: "spectral" }),
    RangeError,
    "Cannot take a step of a layer as curvatures must be finite and above 0: curvatures.spectral is 0",
  );
  assertThrows(
    () => layerStep(gradient, { ...good, learningRate: -1 }),
    RangeError,
    "learningRate",
  );
  assertThrows(() => layerStep(gradient, { ...good, rule: "sign" as never }), RangeError, "rule");
});
