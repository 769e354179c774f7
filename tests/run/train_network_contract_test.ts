/**
 * What the driver of networks keeps to on every backend.
 *
 * @module
 */
import { assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import {
  adamW,
  forRecord,
  linearDecay,
  matmul,
  type Matrix,
  matrix,
  matrixOps,
  nuclearRank,
  rng,
  sgd,
  stableRank,
  trainNetwork,
} from "resolvent";
import type { Tf } from "../../lib/backend/tf.ts";
import { assertClose } from "../optimizers/contract.ts";
import {
  type BackendName,
  backendRequirement,
  BACKENDS,
  ROUNDING,
  useBackend,
} from "../support/backends.ts";
import { batchOf, loss, lossAndGradient, MODEL, START, tensorBatch } from "./_small_network.ts";

/** Rounding over 30 steps of 16 samples, in that of a few operations. */
const STEPPED = 3;

/** A leak of one tensor in any step or read shows at once, on wasm that there is none in a long run. */
const STEPS: Readonly<Record<BackendName, number>> = { cpu: 200, wasm: 2000, webgpu: 60 };

const key = rng("training");
const plain = { params: START, loss, batches: tensorBatch };

for (const name of BACKENDS) driverTests(name, await backendRequirement(name));

/** Registers the suite for one backend. */
function driverTests(name: BackendName, { ignore }: { readonly ignore: boolean }): void {
  test("takes the steps that the optimizer takes in float64", async () => {
    const optimizer = adamW({ learningRate: linearDecay({ start: 0.05, steps: 30 }) });
    const rule = forRecord(optimizer);
    let [params, states] = [START, rule.init(START)];
    const losses: number[] = [];
    for (let step = 0; step <= 30; step++) {
      const found = lossAndGradient(params, batchOf(key.fork(step)));
      losses.push(found.loss);
      if (step === 30) break;
      const [update, next] = rule.update(found.gradient, states, params);
      params = { w1: matrixOps.add(params.w1, update.w1), w2: matrixOps.add(params.w2, update.w2) };
      states = next;
    }
    const run = await trainNetwork(key, { ...plain, optimizer, steps: 30, readEvery: 7 });
    assertClose(run.params.w1, params.w1, STEPPED * ROUNDING[name]);
    assertClose(run.params.w2, params.w2, STEPPED * ROUNDING[name]);
    assertClose(matrix(1, 31, run.losses), matrix(1, 31, losses), STEPPED * ROUNDING[name]);
    assertEquals([run.step, run.aborted, run.checkpoints.length], [30, false, 0]);
    assertLess(losses[30], losses[0] / 2);
  });

  test("goes on from a checkpoint with the same numbers", async () => {
    const options = {
      loss,
      batches: tensorBatch,
      optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }),
    };
    const whole = await trainNetwork(key, {
      ...options,
      params: START,
      steps: 9,
      checkpoints: [0, 4, 9],
    });
    assertEquals(whole.checkpoints.map(({ step }) => step), [0, 4, 9]);
    assertEquals([whole.checkpoints[2].params, whole.checkpoints[2].state], [
      whole.params,
      whole.state,
    ]);
    const from = structuredClone(whole.checkpoints[1]);
    const second = await trainNetwork(key, { ...options, from, steps: 9 });
    assertEquals([second.params, second.state], [whole.params, whole.state]);
    assertEquals(second.losses, whole.losses.slice(4));
    // without the momentum it is another run
    const bare = await trainNetwork(key, { ...options, params: from.params, steps: 5 });
    assertGreater(Math.abs(bare.params.w1.data[0] - whole.params.w1.data[0]), 1e-3);
  });

  test("reads losses at once, and what probes choose at their steps", async () => {
    const tf = await useBackend(name);
    const options = { ...plain, optimizer: sgd({ learningRate: 0.1 }), steps: 20 };
    const [run, reads] = await counted(tf, () =>
      trainNetwork(key, {
        ...options,
        checkpoints: (step) => step === 3 || step === 10 || step === 11,
        probes: {
          rank: { of: ({ gradient }) => gradient.w1, measure: (g) => nuclearRank(g), at: [3, 11] },
          entering: {
            of: ({ params, batch }) => MODEL.activations(params, batch.x).w2,
            measure: (a) => stableRank(a),
            at: 10,
          },
          both: {
            of: ({ gradient, update }) => [gradient.w1, update.w1],
            measure: (g, u) => u.data[0] / g.data[0],
            at: (step) => step === 3,
          },
        },
      }));
    const { rank, entering, both } = run.probes;
    assertEquals([rank, entering, both].map(({ steps }) => [...steps]), [[3, 11], [0, 10], [3]]);
    const [at3, at10, at11] = run.checkpoints.map(({ params }) => params);
    const slope = (params: typeof START, step: number) =>
      lossAndGradient(params, batchOf(key.fork(step))).gradient.w1;
    const hidden = (params: typeof START, step: number): Matrix => {
      const sums = matmul(batchOf(key.fork(step)).x, params.w1);
      return { ...sums, data: sums.data.map(Math.tanh) };
    };
    const expected = [
      nuclearRank(slope(at3, 3)),
      nuclearRank(slope(at11, 11)),
      stableRank(hidden(START, 0)),
      stableRank(hidden(at10, 10)),
      -0.1,
    ];
    const found = [...rank.values, ...entering.values, ...both.values];
    assertClose(matrix(1, 5, found), matrix(1, 5, expected), STEPPED * ROUNDING[name]);
    // losses after steps 0, 3, 10, 11, before checkpoints 3 and 10, and at the end; the gradient twice,
    // the update once, the activation twice; four arrays of three checkpoints and of the end
    assertEquals(reads, 7 + 5 + 4 * 4);
    const [, few] = await counted(tf, () => trainNetwork(key, options));
    assertEquals(few, 1 + 4);
  });

  test("leaves no tensors", async () => {
    const tf = await useBackend(name);
    const steps = STEPS[name];
    const before = tf.memory();
    const { memory } = await trainNetwork(key, {
      ...plain,
      optimizer: adamW({ learningRate: 0.01 }),
      steps,
      readEvery: 6,
      checkpoints: steps / 2,
      probes: { rank: { of: ({ gradient }) => gradient.w1, measure: () => 1, at: 10 } },
    });
    assertGreater(memory.length, 8);
    assertEquals(memory.at(-1)!.step, steps);
    assertEquals(new Set(memory.map(({ tensors }) => tensors)).size, 1);
    assertEquals(new Set(memory.map(({ bytes }) => bytes)).size, 1);
    assertGreater(memory[0].tensors, before.numTensors); // parameters and state were there
    const after = tf.memory();
    assertEquals([after.numTensors, after.numBytes], [before.numTensors, before.numBytes]);
  });

  test("names step and array of what is not finite, at the next read", async () => {
    const tf = await useBackend(name);
    const before = tf.memory().numTensors;
    const text = "Cannot continue training as every value must be finite: ";
    const options = { steps: 20, readEvery: 9 };
    // b goes 3, 2, 1, 0, where the slope of the root of its square is infinity times 0
    await assertRejects(
      () =>
        trainNetwork(key, {
          ...options,
          params: { a: matrix(1, 1, [3]), b: matrix(1, 1, [3]) },
          loss: ({ a, b }) => a.sum().add(b.square().sqrt().sum()),
          optimizer: sgd({ learningRate: 1 }),
        }),
      RangeError,
      `${text}gradient of b at step 3 is NaN`,
    );
    // w goes -8, 2e6, -3e22, whose fourth power is too large for float32
    await assertRejects(
      () =>
        trainNetwork(key, {
          ...options,
          params: { w: matrix(1, 1, [-8]) },
          loss: ({ w }) => w.square().square().sum(),
          optimizer: sgd({ learningRate: 1e3 }),
        }),
      RangeError,
      `${text}loss at step 2 is Infinity`,
    );
    // the relu hides from the loss that w has become -Infinity
    await assertRejects(
      () =>
        trainNetwork(key, {
          ...options,
          params: { w: matrix(1, 1, [1]) },
          loss: ({ w }) => w.relu().sum(),
          optimizer: sgd({ learningRate: (step) => step === 1 ? 1e39 : 0 }),
        }),
      RangeError,
      `${text}update of w at step 1 is -Infinity`,
    );
    assertEquals(tf.memory().numTensors, before);
  });

  function test(title: string, fn: () => Promise<void>): void {
    Deno.test({
      name: `trainNetwork() on ${name} ${title}`,
      ignore,
      fn: async () => {
        await useBackend(name);
        await fn();
      },
    });
  }
}

/** What a run gives, and the number of its reads. */
async function counted<T>(tf: Tf, run: () => Promise<T>): Promise<readonly [T, number]> {
  const backend = tf.backend() as unknown as { read: (id: object) => Promise<unknown> };
  const own = Object.getOwnPropertyDescriptor(backend, "read");
  const { read } = backend;
  let count = 0;
  backend.read = function countedRead(id: object): Promise<unknown> {
    count++;
    return read.call(this, id);
  };
  try {
    return [await run(), count];
  } finally {
    if (own === undefined) delete (backend as Partial<typeof backend>).read;
    else Object.defineProperty(backend, "read", own);
  }
}
