import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  empiricalNtk,
  followGradientFlow,
  frobeniusNorm,
  gradientFlowPrediction,
  type GradientFlowRun,
  linearize,
  matmul,
  type Matrix,
  matrix,
  matrixWithSpectrum,
  mlp,
  type Params,
  rng,
  sgd,
  squareLoss,
  subtract,
  train,
} from "resolvent";

/** Half of w' H w - 2 b' w for a Hessian with eigenvalues from 0.03 to 1e4, and its exact flow. */
function quadratic() {
  const key = rng(5), n = 12;
  const spectrum = Array.from({ length: n }, (_, i) => 10 ** (2 - i / 4)); // of the factor
  const factor = matrixWithSpectrum(key.fork("factor"), [n, n], spectrum);
  const hessian = matmul(factor, factor, { transposeA: true });
  const y = key.fork("b").normal([n, 1]);
  const start = matrix(n, 1);
  const lossAndGradient = ({ w }: Params) => {
    const rest = subtract(matmul(factor, w), y);
    return {
      loss: frobeniusNorm(rest) ** 2 / 2,
      gradient: { w: matmul(factor, rest, { transposeA: true }) },
    };
  };
  const kernel = matmul(factor, factor, { transposeB: true });
  return { start, lossAndGradient, hessian, kernel, y, factor };
}

const { start, lossAndGradient, kernel, y, factor } = quadratic();

/** Residual of the exact flow of the quadratic. */
function exactResidual(time: number): Matrix {
  return gradientFlowPrediction(kernel, y, { learningRate: 1 }).residual(time);
}

/** A run with settings of its own. */
function run(options: Partial<GradientFlowRun<Params>> = {}) {
  return followGradientFlow({ params: { w: start }, lossAndGradient, time: 1, ...options });
}

Deno.test("followGradientFlow() is the exact flow of a quadratic, to the order of share squared", () => {
  for (const time of [1e-3, 0.1, 10]) {
    const exact = exactResidual(time);
    const errors = [0.2, 0.1, 0.05].map((share) => {
      const { params, times } = run({ time, share });
      assertEquals(times.at(-1), time);
      return frobeniusNorm(subtract(subtract(matmul(factor, params.w), y), exact)) /
        frobeniusNorm(y);
    });
    errors.forEach((error, i) => assertLess(error, 0.015 * [0.2, 0.1, 0.05][i] ** 2, `at ${time}`));
    assertAlmostEquals(Math.log2(errors[1] / errors[2]), 2, 0.5, `order at ${time}`);
  }
});

Deno.test("followGradientFlow() needs about the root of the steps that descent needs", () => {
  const { evaluations, time } = run({ time: 10 });
  assertEquals(time, 10);
  // Descent needs a step of at most 2/1e4: 50,000 of them.
  assertLess(evaluations, 5000);
});

Deno.test("followGradientFlow() ends at the time at which the loss meets a condition", () => {
  const target = 0.3 * lossAndGradient({ w: start }).loss;
  const until = (loss: number) => loss <= target;
  const { loss, time, losses, times, params } = run({ time: undefined, until });
  assertAlmostEquals(loss, target, 1e-6 * target);
  const off = subtract(subtract(matmul(factor, params.w), y), exactResidual(time));
  assertLess(frobeniusNorm(off), 1e-4 * frobeniusNorm(y));
  assertEquals([times[0], times.at(-1), losses.at(-1)], [0, time, loss]);
  const before = run({ until: () => true });
  assertEquals([before.time, before.params.w.data], [0, start.data], "it holds at the start");
});

Deno.test("followGradientFlow() of a network is descent of small steps", async () => {
  const model = mlp({ sizes: [3, 20, 1], activation: "tanh", biases: false }), key = rng(6);
  const x = key.fork("x").normal([10, 3]), targets = key.fork("y").normal([10, 1]);
  const loss = squareLoss(model, { x, y: targets });
  const params = model.init(key);
  const flow = followGradientFlow({ ...loss, params, time: 2 });
  const descent = async (steps: number) =>
    (await train({ ...loss, params, steps, optimizer: sgd({ learningRate: 2 / steps }) })).params;
  // Euler's error is proportional to the step: extrapolated from two runs.
  const [coarse, fine] = [await descent(2000), await descent(4000)];
  for (const name of ["w1", "w2"]) {
    const limit = coarse[name].data.map((w, i) => 2 * fine[name].data[i] - w);
    const off = frobeniusNorm(subtract(flow.params[name], { ...coarse[name], data: limit }));
    assertLess(off, 2e-3 * frobeniusNorm(subtract(coarse[name], params[name])), name);
  }
});

Deno.test("followGradientFlow() of a linearised network is its kernel's closed form", () => {
  const model = mlp({ sizes: [3, 30, 1], parametrization: "ntk" }), key = rng(7);
  const x = key.fork("x").normal([8, 3]), targets = key.fork("y").normal([8, 1]);
  const params = model.init(key), linear = linearize(model, params);
  const ntk = empiricalNtk(model, params, x), initial = model.apply(params, x);
  const { params: end } = followGradientFlow({
    ...squareLoss(linear, { x, y: targets }),
    params,
    time: 30,
  });
  const residual = subtract(linear.apply(end, x), targets);
  const exact = gradientFlowPrediction(ntk, targets, { learningRate: 1, initial }).residual(30);
  const scale = frobeniusNorm(subtract(initial, targets));
  assertLess(frobeniusNorm(subtract(residual, exact)), 2e-3 * scale);
});

Deno.test("followGradientFlow() refuses flows without an end, and says when it was not reached", () => {
  assertThrows(() => run({ time: undefined }), RangeError, "it needs an end: time or until");
  assertThrows(
    () => run({ maxEvaluations: 20 }),
    RangeError,
    "it must end within maxEvaluations: maxEvaluations is 20",
  );
  assertThrows(() => run({ share: 1.1 }), RangeError, "share");
  assertThrows(() => run({ time: 0 }), RangeError, "time");
  assertThrows(() => run({ lossAndGradient: null as never }), TypeError, "lossAndGradient");
  const broken = () => ({ loss: NaN, gradient: { w: start } });
  assertThrows(() => run({ lossAndGradient: broken }), RangeError, "loss at the start is NaN");
  const wrong = ({ w }: Params) => ({ ...lossAndGradient({ w }), gradient: { w: y } });
  assertThrows(
    () => run({ lossAndGradient: wrong }),
    RangeError,
    "the loss must fall along its gradient",
  );
  const flat = () => ({ loss: 1, gradient: { w: matrix(12, 1) } });
  assertThrows(
    () => run({ lossAndGradient: flat, time: undefined, until: () => false }),
    RangeError,
    "until must become true before the gradient is 0: the loss is 1",
  );
  assertEquals(run({ lossAndGradient: flat }).time, 1, "at rest until the end");
});
