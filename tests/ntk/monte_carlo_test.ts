import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  empiricalNtk,
  frobeniusNorm,
  infiniteWidthKernels,
  matrix,
  mlp,
  type ModelActivation,
  monteCarloNtk,
  rng,
  slopeFit,
  subtract,
} from "resolvent";

/** Points on the unit circle at irregular angles. */
const CIRCLE = matrix(6, 2, (i, j) => {
  const angle = 1.05 * i + 0.3 * Math.sin(7 * i);
  return j === 0 ? Math.cos(angle) : Math.sin(angle);
});

/** Networks of the parametrisation of Jacot et al. */
function network(width: number, hiddenLayers: number, activation: ModelActivation = "relu") {
  const hidden = Array.from({ length: hiddenLayers }, () => width);
  return mlp({
    sizes: [2, ...hidden, 1],
    activation,
    parametrization: "ntk",
    biasVariance: 0.01,
    weightVariance: 1.5,
  });
}

/** The limit of their kernels. */
function limit(hiddenLayers: number, activation: "relu" | "erf" = "relu") {
  const options = { hiddenLayers, activation, biasVariance: 0.01, weightVariance: 1.5 } as const;
  return infiniteWidthKernels(options).kernels(CIRCLE).ntk;
}

Deno.test("monteCarloNtk() of one hidden layer covers the limit at any width, entry by entry", () => {
  for (const activation of ["relu", "erf"] as const) {
    const exact = limit(1, activation);
    // an interval of 1 - 1e-6: of 21 entries none is outside but in 2 of 100,000 tests
    const { mean, low, high } = monteCarloNtk(network(16, 1, activation), rng(1), {
      x: CIRCLE,
      draws: 400,
      level: 1 - 1e-6,
    });
    exact.data.forEach((value, at) => assert(low.data[at] < value && value < high.data[at]));
    assertLess(frobeniusNorm(subtract(mean, exact)) / frobeniusNorm(exact), 0.05);
  }
});

Deno.test("monteCarloNtk() has intervals that cover as often as they say", () => {
  const exact = limit(1);
  let covered = 0;
  const trials = 200;
  for (const key of rng("coverage").split(trials)) {
    const { low, high } = monteCarloNtk(network(64, 1), key, { x: CIRCLE, draws: 40, level: 0.9 });
    if (low.data[1] <= exact.data[1] && exact.data[1] <= high.data[1]) covered++;
  }
  assertAlmostEquals(covered / trials, 0.9, 0.09); // four deviations of sqrt(0.09/200) = 0.021
});

Deno.test("empiricalNtk() converges to the limit like one over the root of the width", () => {
  for (const hiddenLayers of [1, 3]) {
    const exact = limit(hiddenLayers);
    const widths = [32, 64, 128, 256];
    const deviations = widths.map((width) => {
      const squares = rng("rate").split(24).map((key) => {
        const model = network(width, hiddenLayers);
        const kernel = empiricalNtk(model, model.init(key), CIRCLE);
        return (frobeniusNorm(subtract(kernel, exact)) / frobeniusNorm(exact)) ** 2;
      });
      return Math.sqrt(squares.reduce((sum, s) => sum + s, 0) / squares.length);
    });
    const { slope } = slopeFit(widths.map(Math.log), deviations.map(Math.log));
    // 24 draws: each point 10 to 15 %, a slope over three doublings 0.09
    assertAlmostEquals(slope, -0.5, 0.27);
  }
});

Deno.test("monteCarloNtk() averages the kernels of its draws", () => {
  const model = network(8, 2), key = rng(3), x2 = rng(4).normal([2, 2]);
  const { mean, sd, low, draws, level } = monteCarloNtk(model, key, { x: CIRCLE, x2, draws: 3 });
  const kernels = key.split(3).map((k) => empiricalNtk(model, model.init(k), CIRCLE, x2).data);
  assertEquals([mean.rows, mean.cols, draws, level], [6, 2, 3, 0.99]);
  mean.data.forEach((value, at) => {
    const [a, b, c] = kernels.map((k) => k[at]);
    const m = (a + b + c) / 3;
    const s = Math.sqrt(((a - m) ** 2 + (b - m) ** 2 + (c - m) ** 2) / 2);
    assertAlmostEquals(value, m, 1e-13);
    assertAlmostEquals(sd.data[at], s, 1e-13);
    // Student's t of two degrees of freedom at 0.995
    assertAlmostEquals(low.data[at], m - 9.92484320091807 * s / Math.sqrt(3), 1e-9);
  });
});

Deno.test("monteCarloNtk() refuses a single draw and what is no model", () => {
  const model = network(2, 1);
  assertThrows(
    () => monteCarloNtk(model, rng(1), { x: CIRCLE, draws: 1 }),
    RangeError,
    "draws must be an integer of at least 2: draws is 1",
  );
  assertThrows(() => monteCarloNtk(model, rng(1), { x: CIRCLE, draws: 2, level: 1 }), RangeError);
  assertThrows(() => monteCarloNtk(null as never, rng(1), {} as never), TypeError, "model is null");
});
