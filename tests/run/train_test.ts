/**
 * Tests of the driver.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { adamW, add, linearDecay, type Matrix, matrix, rng, scale, sgd, train } from "resolvent";
import { textFault } from "../lint/error_text.ts";

/** Loss ‖W - 3‖²/2, whose gradient is W - 3. */
function loss(w: Matrix): number {
  return w.data.reduce((sum, x) => sum + (x - 3) ** 2, 0) / 2;
}

function gradient(w: Matrix): Matrix {
  return { ...w, data: w.data.map((x) => x - 3) };
}

Deno.test("train() takes the optimizer's steps and records each loss", async () => {
  const optimizer = adamW({ learningRate: linearDecay({ start: 0.5, steps: 20 }) });
  const params = rng(1).normal([2, 3]);
  let [w, state] = [params, optimizer.init(params)];
  const losses = [loss(w)];
  for (let step = 0; step < 20; step++) {
    const [update, next] = optimizer.update(gradient(w), state, w);
    [w, state] = [add(w, update), next];
    losses.push(loss(w));
  }
  const run = await train({ params, loss, gradient, optimizer, steps: 20 });
  assertEquals(run.params, w);
  assertEquals(run.state, state);
  assertEquals([...run.losses], losses);
  assertEquals([run.steps, run.aborted], [20, false]);
});

Deno.test("train() goes on from a state as if it had not stopped, and changes nothing", async () => {
  const options = { loss, gradient, optimizer: adamW({ learningRate: 0.1 }) };
  const params = rng(2).normal([1, 4]);
  const before = structuredClone(params);
  const whole = await train({ ...options, params, steps: 7 });
  const first = await train({ ...options, params, steps: 3 });
  const kept = structuredClone([first.params, first.state]);
  const { state } = first;
  const second = await train({ ...options, params: first.params, state, steps: 4 });
  assertEquals(second.params, whole.params);
  assertEquals([first.params, first.state], kept);
  assertEquals(params, before);
});

Deno.test("train() trains a record, with loss and gradient together and async", async () => {
  const run = await train({
    params: { w: matrix(1, 2, [1, 1]), b: matrix(1, 1, [7]) },
    lossAndGradient: async ({ w, b }) => {
      await Promise.resolve();
      return { loss: loss(w) + loss(b), gradient: { w: gradient(w), b: gradient(b) } };
    },
    optimizer: sgd({ learningRate: 0.5 }),
    steps: 2,
  });
  assertEquals([...run.params.w.data, ...run.params.b.data], [2.5, 2.5, 4]);
  assertEquals([...run.losses], [12, 3, 0.75]);
  assertEquals([run.state.w.step, run.state.b.step], [2, 2]);
});

Deno.test("train() measures probes where they are due, with what the step saw", async () => {
  const run = await train({
    params: matrix(1, 1, [11]),
    loss,
    gradient,
    optimizer: sgd({ learningRate: 0.5 }),
    steps: 4,
    probes: {
      all: { measure: ({ step }) => step },
      second: { measure: ({ gradient: g }) => g.data[0], at: 2 },
      listed: { measure: ({ params, update }) => params.data[0] + update.data[0], at: [3, 1] },
      chosen: { measure: async (moment) => await moment.loss, at: (step) => step === 0 },
      never: { measure: () => NaN, at: () => false },
    },
  });
  const values = Object.fromEntries(
    Object.entries(run.probes).map(([name, p]) => [name, [[...p.steps], [...p.values]]]),
  );
  assertEquals(values, {
    all: [[0, 1, 2, 3], [0, 1, 2, 3]],
    second: [[0, 2], [8, 2]],
    listed: [[1, 3], [5, 3.5]],
    chosen: [[0], [32]],
    never: [[], []],
  });
});

Deno.test("train() ends by its signal and leaves what is done", async () => {
  const control = new AbortController();
  const run = await train({
    params: matrix(1, 1, [11]),
    loss,
    gradient,
    optimizer: sgd({ learningRate: 0.5 }),
    steps: 1000,
    signal: control.signal,
    probes: { stop: { measure: ({ step }) => (step === 2 && control.abort(), step) } },
  });
  assertEquals([run.steps, run.aborted], [3, true]);
  assertEquals([...run.losses], [32, 8, 2, 0.5]);
  assertEquals(run.params.data[0], 4);
  assertEquals([...run.probes.stop.steps], [0, 1, 2]);
});

Deno.test("train() gives the event loop its turns, so that a timer can end a run", async () => {
  const control = new AbortController();
  setTimeout(() => control.abort(), 20);
  const run = await train({
    params: matrix(1, 1, [11]),
    loss,
    gradient,
    optimizer: sgd({ learningRate: 1e-9 }),
    steps: 1e9,
    signal: control.signal,
  });
  assertEquals(run.aborted, true);
  assertEquals(run.losses.length, run.steps + 1);
});

Deno.test("train() names step and array of what is not finite", async () => {
  const params = { w: matrix(1, 1, [1]), b: matrix(1, 1, [1]) };
  const faulty = (entry: number) => (p: typeof params) => ({
    loss: p.w.data[0] < -1 ? NaN : 1,
    gradient: { w: matrix(1, 1, [1]), b: matrix(1, 1, [p.b.data[0] < -2 ? entry : 1]) },
  });
  const options = { params, optimizer: sgd({ learningRate: 1 }), steps: 9 };
  const text = "Cannot continue training as every value must be finite: ";
  await assertRejects(
    () => train({ ...options, lossAndGradient: faulty(NaN) }),
    RangeError,
    `${text}loss at step 3 is NaN`,
  );
  const start = { w: matrix(1, 1, [1e9]), b: matrix(1, 1, [1]) };
  await assertRejects(
    () => train({ ...options, params: start, lossAndGradient: faulty(NaN) }),
    RangeError,
    `${text}gradient of b at step 4 is NaN`,
  );
  await assertRejects(
    () => train({ ...options, params: start, lossAndGradient: faulty(-Infinity) }),
    RangeError,
    `${text}gradient of b at step 4 is -Infinity`,
  );
  const single = { params: matrix(1, 1, [1e308]), loss: () => 1, steps: 9 };
  await assertRejects(
    () =>
      train({
        ...single,
        gradient: (w: Matrix) => scale(w, -1),
        optimizer: sgd({ learningRate: 1 }),
      }),
    RangeError,
    `${text}parameter after step 0 is Infinity`,
  );
  await assertRejects(
    () => train({ ...single, gradient: (w: Matrix) => w, optimizer: sgd({ learningRate: 1e9 }) }),
    RangeError,
    `${text}update at step 0 is -Infinity`,
  );
});

Deno.test("train() refuses wrong shapes, steps and probes", async () => {
  const options = { params: matrix(1, 2), loss, gradient, optimizer: sgd({ learningRate: 1 }) };
  await assertRejects(() => train({ ...options, steps: -1 }), RangeError, "Cannot train as steps");
  await assertRejects(
    () => train({ ...options, steps: 1, gradient: () => matrix(2, 1) }),
    TypeError,
    "as gradient must have the shape of params",
  );
  const probe = (at: number | number[], value = 1) => ({
    ...options,
    steps: 4,
    probes: { rank: { measure: () => value, at } },
  });
  await assertRejects(() => train(probe(0)), RangeError, "Cannot measure rank as at must be");
  await assertRejects(() => train(probe([4])), RangeError, "from 0 to 3: at is 4");
  const bare = { rank: () => 1 } as never;
  await assertRejects(
    () => train({ ...options, steps: 1, probes: bare }),
    TypeError,
    "Cannot measure rank as a probe must be { measure, at }: the probe is the function rank",
  );
  await assertRejects(
    () => train(probe(3, NaN)),
    RangeError,
    "Cannot measure rank at step 0 as a probe must give a finite number: its value is NaN",
  );
});

Deno.test("train() says which setting is missing or of another kind", async () => {
  const options = {
    params: matrix(1, 1, [1]),
    loss,
    gradient,
    optimizer: sgd({ learningRate: 1 }),
    steps: 1,
  };
  const need = "it needs the function lossAndGradient, or the functions loss and gradient";
  const shape = "lossAndGradient must return { loss, gradient }";
  const table: readonly (readonly [unknown, ErrorConstructor, string])[] = [
    [undefined, TypeError, "options must be a record of settings: options is undefined"],
    [{ ...options, params: undefined }, TypeError, "params is undefined"],
    [{ ...options, params: [1] }, TypeError, "params is [1]"],
    [{ ...options, params: { w: null } }, TypeError, "params.w is null"],
    [{ ...options, optimizer: undefined }, TypeError, "optimizer is undefined"],
    [{ ...options, optimizer: sgd }, TypeError, "optimizer is the function sgd"],
    [{ ...options, steps: undefined }, RangeError, "steps is undefined"],
    [{ ...options, steps: "3" }, RangeError, 'steps is "3"'],
    [{ ...options, loss: undefined }, TypeError, `${need}: loss is undefined`],
    [{ ...options, gradient: 3 }, TypeError, `${need}: gradient is 3`],
    [{ ...options, lossAndGradient: {} }, TypeError, `${need}: lossAndGradient is {}`],
    [{ ...options, lossAndGradient: () => 3 }, TypeError, `${shape}: at step 0 it is 3`],
    [{ ...options, gradient: () => null }, TypeError, "gradient is null"],
    [
      { ...options, params: { w: matrix(1, 1) }, loss: () => 1, gradient: () => undefined },
      TypeError,
      "gradients is undefined",
    ],
    [{ ...options, probes: { size: null } }, TypeError, "the probe is null"],
    [{ ...options, probes: { size: { measure: loss, at: null } } }, TypeError, "at is null"],
  ];
  for (const [given, kind, text] of table) {
    const error = await assertRejects(() => train(given as typeof options), kind, text);
    assertEquals(textFault(error.message), null);
  }
});
