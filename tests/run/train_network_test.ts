/**
 * Tests of the driver of networks; what every backend keeps to is in train_network_contract_test.ts.
 *
 * @module
 */
import { assert, assertEquals, assertGreater, assertMatch, assertRejects } from "@std/assert";
import {
  forRecord,
  matrix,
  matrixOps,
  type Rng,
  rng,
  type Scalar,
  sgd,
  spectralDescent,
  type Tensor2D,
  trainNetwork,
} from "resolvent";
import { assertClose } from "../optimizers/contract.ts";
import { textFault } from "../lint/error_text.ts";
import { useBackend } from "../support/backends.ts";
import { batchOf, loss, lossAndGradient, START, tensorBatch } from "./_small_network.ts";

/** Rounding of float32 over a few steps. */
const ROUNDING = 1e-6;

const tf = await useBackend("cpu");
const key = rng("training");
const plain = { params: START, loss, batches: tensorBatch, optimizer: sgd({ learningRate: 0.1 }) };
/** One number, trained towards 0. */
const one = {
  params: { w: matrix(1, 1, [8]) },
  loss: ({ w }: { readonly w: Tensor2D }): Scalar => w.square().sum().mul(0.5),
  optimizer: sgd({ learningRate: 0.5 }),
};

Deno.test("trainNetwork() takes an optimizer for each layer by name", async () => {
  const optimizer = { w1: spectralDescent({ curvature: 4 }), w2: sgd({ learningRate: 0.1 }) };
  const rule = forRecord(optimizer);
  let [params, states] = [START, rule.init(START)];
  for (let step = 0; step < 4; step++) {
    const { gradient } = lossAndGradient(params, batchOf(key.fork(step)));
    const [update, next] = rule.update(gradient, states, params);
    params = { w1: matrixOps.add(params.w1, update.w1), w2: matrixOps.add(params.w2, update.w2) };
    states = next;
  }
  const run = await trainNetwork(key, { ...plain, optimizer, steps: 4 });
  assertClose(run.params.w1, params.w1, ROUNDING);
  assertClose(run.params.w2, params.w2, ROUNDING);
});

Deno.test("trainNetwork() gives each step its own key, also from a checkpoint on", async () => {
  const seen: (readonly number[])[] = [];
  const batches = (own: Rng, step: number) => {
    seen.push([step, own.uniform(1)[0]]);
    return tensorBatch(own);
  };
  const expected = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => [from + i, key.fork(from + i).uniform(1)[0]]);
  const run = await trainNetwork(key, { ...plain, batches, steps: 3 });
  assertEquals(seen, expected(0, 3));
  seen.length = 0;
  const { params: _, ...options } = plain;
  await trainNetwork(key, { ...options, batches, from: run, steps: 5 });
  assertEquals(seen, expected(3, 5));
});

Deno.test("trainNetwork() leaves parameters that are not trained as they are", async () => {
  const run = await trainNetwork(key, { ...plain, trained: ["w2"], steps: 3, checkpoints: 2 });
  const held = START.w1.data.map(Math.fround);
  assertEquals(run.params.w1.data, held);
  assertEquals(run.checkpoints[1].params.w1.data, held);
  assertEquals(Object.keys(run.state as object), ["w2"]);
  assertGreater(Math.abs(run.params.w2.data[0] - START.w2.data[0]), 1e-3);
});

Deno.test("trainNetwork() changes nothing that it is given, and takes no steps if asked", async () => {
  const before = structuredClone(START);
  const none = await trainNetwork(key, { ...plain, steps: 0 });
  await trainNetwork(key, { ...plain, steps: 2 });
  assertEquals(START, before);
  assertEquals(none.params.w1.data, START.w1.data.map(Math.fround));
  assertEquals([none.step, none.losses.length, none.aborted], [0, 1, false]);
});

Deno.test("trainNetwork() ends by its signal and leaves what is done", async () => {
  const control = new AbortController();
  const run = await trainNetwork(key, {
    ...one,
    steps: 1000,
    signal: control.signal,
    probes: {
      stop: {
        of: ({ params }) => params.w,
        measure: async (w) => {
          await Promise.resolve(); // a measure may take its time
          if (w.data[0] === 2) control.abort();
          return w.data[0];
        },
      },
    },
  });
  assertEquals([run.step, run.aborted], [3, true]);
  assertEquals([...run.losses], [32, 8, 2, 0.5]);
  assertEquals([...run.probes.stop.values], [8, 4, 2]);
  assertEquals(run.params.w.data[0], 1);
});

Deno.test("trainNetwork() gives the event loop its turns, so that a timer can end a run", async () => {
  const control = new AbortController();
  setTimeout(() => control.abort(), 20);
  const run = await trainNetwork(key, { ...one, steps: 1e9, signal: control.signal });
  assert(run.aborted);
  assertEquals(run.losses.length, run.step + 1);
});

Deno.test("trainNetwork() shows its progress under a label, and takes it away", async () => {
  const scope = globalThis as { [key: symbol]: unknown };
  const symbol = Symbol.for("resolvent.sink");
  const shown: unknown[] = [];
  const before = scope[symbol];
  scope[symbol] = {
    display: (bundle: Record<string, unknown>) => void shown.push(bundle["text/plain"]),
  };
  try {
    const from = await trainNetwork(key, { ...one, steps: 3 });
    const { params: _, ...rest } = one;
    await trainNetwork(key, { ...rest, from, steps: 8, progress: "network" });
  } finally {
    scope[symbol] = before;
  }
  assertMatch(String(shown[0]), /^network: .* 1 of 5, /);
  assertEquals(shown.at(-1), "");
});

Deno.test("trainNetwork() is not disturbed by another run at the same time", async () => {
  const before = tf.memory().numTensors;
  const alone = await trainNetwork(key, { ...plain, steps: 12, readEvery: 5 });
  const [first, second] = await Promise.all(
    [3, 4].map((readEvery) => trainNetwork(key, { ...plain, steps: 12, readEvery })),
  );
  for (const run of [first, second]) {
    assertEquals([run.params, run.losses], [alone.params, alone.losses]);
  }
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("trainNetwork() reads a tensor of several probes once", async () => {
  const measured: unknown[] = [];
  const of = ({ gradient }: { readonly gradient: typeof START | object }) =>
    (gradient as Record<string, never>).w1;
  const measure = (g: unknown) => (measured.push(g), 1);
  await trainNetwork(key, {
    ...plain,
    steps: 1,
    probes: { a: { of, measure }, b: { of, measure } },
  });
  assertEquals(measured.length, 2);
  assert(measured[0] === measured[1]);
});

Deno.test("trainNetwork() says where a loss that is not a function of its arguments failed", async () => {
  let calls = 0;
  const error = await assertRejects(
    () =>
      trainNetwork(key, {
        ...one,
        loss: ({ w }) => w.sum().mul(++calls === 5 ? NaN : 1),
        steps: 9,
        readEvery: 3,
      }),
    RangeError,
    "Cannot continue training as every value must be finite: loss at step 4 is NaN, though the steps " +
      "from 3 on give finite values when they are taken again",
  );
  assertEquals(textFault(error.message), null);
});

Deno.test("trainNetwork() says which setting is missing or of another kind", async () => {
  const before = tf.memory().numTensors;
  const options = { ...one, steps: 2 };
  const matrices = "params must be a record of matrices";
  const probe = (fields: object) => ({
    ...options,
    probes: { rank: { of: ({ params }: never) => params, measure: () => 1, ...fields } },
  });
  const table: readonly (readonly [unknown, ErrorConstructor, string])[] = [
    [undefined, TypeError, "options must be a record of settings: options is undefined"],
    [{ ...options, params: undefined }, TypeError, "it needs either params"],
    [{ ...options, from: {} }, TypeError, "it needs either params"],
    [{ ...options, params: undefined, from: {} }, TypeError, "from must be a checkpoint"],
    [{ ...options, params: [] }, TypeError, `${matrices}: params is []`],
    [{ ...options, params: matrix(1, 1) }, TypeError, `${matrices}: params.rows is 1`],
    [{ ...options, params: { w: matrix(1, 1, [1e39]) } }, RangeError, "fit in a float32"],
    [{ ...options, params: { w: matrix(1, 1, [NaN]) } }, RangeError, "is NaN"],
    [{ ...options, steps: 1.5 }, RangeError, "steps is 1.5"],
    [{ ...options, loss: 3 }, TypeError, "loss must be a function: loss is 3"],
    [{ ...options, batches: 3 }, TypeError, "batches must be a function"],
    [{ ...options, readEvery: 0 }, RangeError, "readEvery is 0"],
    [{ ...options, checkpoints: [3] }, RangeError, "from 0 to 2: checkpoints is 3"],
    [{ ...options, trained: ["v"] }, TypeError, 'trained must list names of w: trained is ["v"]'],
    [{ ...options, trained: [] }, TypeError, "trained must list names of w"],
    [{ ...options, optimizer: undefined }, TypeError, "optimizer is undefined"],
    [{ ...options, optimizer: { v: one.optimizer } }, TypeError, "must have the keys of params"],
    [{ ...options, loss: () => 3 }, TypeError, "a float32 scalar: at step 0 it is 3"],
    [
      { ...options, loss: ({ w }: Record<string, unknown>) => w },
      TypeError,
      "at step 0 it is a tensor of type float32 and shape [1, 1]",
    ],
    [{ ...options, loss: () => Promise.resolve() }, TypeError, "at step 0 it is {}"],
    [
      { ...options, loss: () => tf.scalar(1) },
      TypeError,
      'the loss must depend on every trained parameter: the list of those on which it does not is ["w"]',
    ],
    [{ ...options, probes: { rank: null } }, TypeError, "a probe must be { of, measure, at }"],
    [probe({ of: null }), TypeError, "Cannot measure rank as of must be a function: of is null"],
    [probe({ measure: 1 }), TypeError, "measure must be a function"],
    [probe({ at: [2] }), RangeError, "from 0 to 1: at is 2"],
    [probe({ of: () => 1 }), TypeError, "as of must choose a tensor or a list of them: at step 0"],
    [probe({ of: () => [] }), TypeError, "at step 0 it is []"],
    [
      probe({ of: ({ params }: { params: { w: unknown } }) => params.w, measure: () => NaN }),
      RangeError,
      "Cannot measure rank at step 0 as a probe must give a finite number: its value is NaN",
    ],
  ];
  for (const [given, kind, text] of table) {
    const error = await assertRejects(() => trainNetwork(key, given as typeof options), kind, text);
    assertEquals(textFault(error.message), null);
  }
  await assertRejects(() => trainNetwork(3 as never, options), TypeError, "it needs a random key");
  assertEquals(tf.memory().numTensors, before);
});
