import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  add,
  empiricalNtk,
  followGradientFlow,
  frobeniusNorm,
  gradientFlowPrediction,
  type GradientFlowRun,
  linearize,
  matrix,
  mlp,
  type MlpOptions,
  type Model,
  type Params,
  rng,
  rnn,
  scale,
  squareLoss,
  subtract,
} from "resolvent";

/** A network, its first parameters and data. */
function problem(options: Partial<MlpOptions>, samples = 10) {
  const model = mlp({ sizes: [3, 20, 1], activation: "tanh", ...options }), key = rng(6);
  const outputs = (options.sizes ?? [1]).at(-1)!;
  const x = key.fork("x").normal([samples, 3]), y = key.fork("y").normal([samples, outputs]);
  return { model, params: model.init(key), data: { x, y } };
}

/** The flow by the classical Runge-Kutta method, in steps of one length. */
function rungeKutta(
  { model, params, data }: ReturnType<typeof problem>,
  time: number,
  steps: number,
): Params {
  const { lossAndGradient } = squareLoss(model, data), h = time / steps;
  const moved = (from: Params, by: Params, factor: number): Params =>
    Object.fromEntries(
      Object.entries(from).map(([name, a]) => [name, add(a, scale(by[name], -factor))]),
    );
  let at: Params = params;
  for (let i = 0; i < steps; i++) {
    const k1 = lossAndGradient(at).gradient;
    const k2 = lossAndGradient(moved(at, k1, h / 2)).gradient;
    const k3 = lossAndGradient(moved(at, k2, h / 2)).gradient;
    const k4 = lossAndGradient(moved(at, k3, h)).gradient;
    at = [[k1, 1], [k2, 2], [k3, 2], [k4, 1]].reduce(
      (from, [k, c]) => moved(from, k as Params, (c as number) * h / 6),
      at,
    );
  }
  return at;
}

/** Distance of outputs of two parameters, relative to how far those have come from the start. */
function distance(model: Model, [a, b, start]: readonly Params[], x: ReturnType<typeof matrix>) {
  const f = (params: Params) => model.apply(params, x);
  return frobeniusNorm(subtract(f(a), f(b))) / frobeniusNorm(subtract(f(b), f(start)));
}

Deno.test("followGradientFlow() is the flow that Runge-Kutta steps follow, to the order of share squared", () => {
  for (const sizes of [[3, 20, 1], [3, 12, 8, 2]]) {
    const one = problem({ sizes }), { model, params, data } = one;
    const reference = rungeKutta(one, 2, 4000);
    const errors = [0.4, 0.2, 0.1].map((share) => {
      const end = followGradientFlow(model, params, { ...data, time: 2, share });
      assertEquals([end.time, end.times.at(-1), end.losses.at(-1)], [2, 2, end.loss]);
      assertEquals(end.losses, end.losses.toSorted().reverse());
      return distance(model, [end.params, reference, params], data.x);
    });
    assertLess(errors[2], 1e-3, `${sizes}`);
    assertAlmostEquals(Math.log2(errors[1] / errors[2]), 2, 0.6, `order for ${sizes}`);
  }
});

Deno.test("followGradientFlow() of a linearised network is its kernel's closed form, in any steps", () => {
  const { model, params, data: { x, y } } = problem({ parametrization: "ntk", activation: "relu" });
  const linear = linearize(model, params), initial = model.apply(params, x);
  const flow = gradientFlowPrediction(empiricalNtk(model, params, x), y, { initial });
  for (const [time, share] of [[0.01, 0.1], [1, 1], [1e6, 0.5]]) {
    const { params: end } = followGradientFlow(linear, params, { x, y, time, share });
    const off = subtract(subtract(linear.apply(end, x), y), flow.residual(time));
    assertLess(frobeniusNorm(off), 1e-9 * frobeniusNorm(subtract(initial, y)), `${time}`);
  }
});

Deno.test("followGradientFlow() takes 14 steps for each doubling of the time", () => {
  const { model, params, data } = problem({ activation: "relu", sizes: [3, 200, 1] });
  const { times } = followGradientFlow(model, params, { ...data, time: 1e4 });
  const { times: longer } = followGradientFlow(model, params, { ...data, time: 2e4 });
  assertLess(times.length, 400); // descent needs some 1e6 steps
  assertLess(Math.abs(longer.length - times.length - Math.log(2) / Math.log(1.05)), 3);
});

Deno.test("followGradientFlow() ends at the time at which the loss meets a condition", () => {
  const { model, params, data } = problem({ parametrization: "ntk" });
  const { losses } = followGradientFlow(model, params, { ...data, time: 1 });
  const target = 0.3 * losses[0], until = (loss: number) => loss <= target;
  const end = followGradientFlow(model, params, { ...data, until, share: 0.1 });
  assertAlmostEquals(end.loss, target, 1e-3 * target);
  const same = followGradientFlow(model, params, { ...data, time: end.time, share: 0.1 });
  assertAlmostEquals(same.loss, end.loss, 1e-3 * target);
  const before = followGradientFlow(model, params, { ...data, until: () => true });
  assertEquals([before.time, before.params], [0, params], "it holds at the start");
});

Deno.test("followGradientFlow() takes all outputs of a recurrent network, and leaves what is not trained", () => {
  const model = rnn({ inputs: 2, hidden: 6, outputs: 1 }), key = rng(8), params = model.init(key);
  const x = [key.fork("a").normal([4, 2]), key.fork("b").normal([4, 2])];
  const y = x.map((_, i) => key.fork(`y${i}`).normal([4, 1]));
  const end = followGradientFlow(model, params, { x, y, time: 0.5 });
  const { loss } = squareLoss(model, { x, y }).lossAndGradient(end.params);
  assertAlmostEquals(end.loss, loss, 1e-12);
  assertLess(end.loss, 0.9 * end.losses[0]);
  for (const name of Object.keys(params)) {
    if (!model.trained.includes(name)) assertEquals(end.params[name], params[name], name);
  }
});

Deno.test("followGradientFlow() refuses flows without an end, and says when it was not reached", () => {
  const { model, params, data } = problem({});
  const run = (options: Partial<GradientFlowRun>) =>
    followGradientFlow(model, params, { ...data, time: 1, ...options });
  assertThrows(() => run({ time: undefined }), RangeError, "it needs an end: time or until");
  assertThrows(
    () => run({ maxSteps: 2 }),
    RangeError,
    "it must end within maxSteps, 2: the loss at",
  );
  assertThrows(() => run({ share: 1.1 }), RangeError, "share");
  assertThrows(() => run({ time: 0 }), RangeError, "time");
  assertThrows(() => run({ until: true as never }), TypeError, "until must be a function");
  assertThrows(() => run({ y: matrix(3, 1) }), TypeError, "y must have the shape [10, 1]");
  assertThrows(() => followGradientFlow(null as never, params, data), TypeError, "model");
  const never = { time: undefined, until: (loss: number) => loss < 0 };
  assertThrows(() => run(never), RangeError, "it must end within maxSteps, 1000");
  assertThrows(
    () => run({ ...never, share: 1, maxSteps: 1e4 }),
    RangeError,
    "while the loss falls",
  );
  const relu = mlp({ sizes: [3, 20, 1], biases: false });
  const dead = { w1: matrix(3, 20), w2: matrix(20, 1) };
  assertThrows(
    () => followGradientFlow(relu, dead, { ...data, until: (loss) => loss < 0 }),
    RangeError,
    "until must become true while the loss falls: the loss at time 0",
  );
  assertEquals(
    followGradientFlow(relu, dead, { ...data, time: 3 }).time,
    3,
    "at rest until the end",
  );
});
