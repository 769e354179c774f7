/**
 * The driver of a training run by automatic differentiation.
 *
 * @module
 */
import { toTensor } from "../backend/crossing.ts";
import { type Scalar, tf } from "../backend/tf.ts";
import { cannot, checkFunction, checkInteger, checkOptions } from "../check.ts";
import { isMatrix } from "../matrix.ts";
import { forRecord, type OptimizersByName } from "../optimizers/for_record.ts";
import type { Optimizer } from "../optimizers/kinds.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import {
  matricesOf,
  type NetworkParams,
  release,
  type StateData,
  type TensorsOf,
  tensorsOf,
} from "./network_arrays.ts";
import { networkLosses } from "./network_losses.ts";
import { type NetworkProbe, networkProbes } from "./network_probes.ts";
import { lossAt, type Point, type Problem, takeStep } from "./network_step.ts";
import { checkSteps, isDue, type ProbeRecord, type StepChoice } from "./probes.ts";
import { progress } from "./progress.ts";
import { turns } from "./turns.ts";

/** What is needed to go on from a step, as plain data. */
export type Checkpoint<P extends NetworkParams = NetworkParams> = {
  /** Number of steps taken. */
  readonly step: number;
  /** Parameters after them. */
  readonly params: P;
  /** The optimizer's states by the names of the trained parameters. */
  readonly state: StateData;
};

/** How many tensors there were after a read, and how large they are together. */
export type MemoryCount = {
  /** Number of steps taken. */
  readonly step: number;
  /** Number of tensors in this process. */
  readonly tensors: number;
  /** Their size in bytes. */
  readonly bytes: number;
};

/** Settings of {@linkcode trainNetwork}. */
export type TrainNetworkOptions<P extends NetworkParams, B, S, N extends string = never> = {
  /** Parameters at the start, as a model's `init` draws them; or `from` is given. */
  readonly params?: P;
  /** A checkpoint to go on from as if the run had not stopped; its steps are part of `steps`. */
  readonly from?: Checkpoint<P>;
  /** The loss of a batch, a scalar made by operations on tensors alone. */
  readonly loss: (params: TensorsOf<P>, batch: B) => Scalar;
  /** The batch of a step from the step's own key; what it makes lives for the step. Default: none. */
  readonly batches?: (key: Rng, step: number) => B;
  /** An optimizer of one array, each array having a state of its own, or one for each name. */
  readonly optimizer: Optimizer<S> | OptimizersByName<S>;
  /** Number of steps from the first parameters, an integer of at least 0. */
  readonly steps: number;
  /** Names of the parameters that change, such as a model's `trained`. Default: all. */
  readonly trained?: readonly string[];
  /** What to measure, by name. Default: nothing. */
  readonly probes?: { readonly [K in N]: NetworkProbe<P, B> };
  /** Steps before which parameters and state are kept; `steps` itself is the end. Default: none. */
  readonly checkpoints?: StepChoice;
  /** Number of losses that are read at once, at least 1: each read waits for the device. Default: 100. */
  readonly readEvery?: number;
  /** Ends the run before the next step; what is done is returned. Default: none. */
  readonly signal?: AbortSignal;
  /** Label of the progress to show. Default: none is shown. */
  readonly progress?: string;
};

/** What a run leaves: a checkpoint of its end, and what was found on the way. */
export type TrainNetworkResult<P extends NetworkParams, N extends string = never> =
  & Checkpoint<P>
  & {
    /** Loss before each step that was taken here and after the last: one more than steps. */
    readonly losses: Float64Array;
    /** What the probes measured, by name. */
    readonly probes: { readonly [K in N]: ProbeRecord };
    /** Checkpoints in the order of their steps. */
    readonly checkpoints: readonly Checkpoint<P>[];
    /** Tensors in this process after each read of losses: a number that grows is a leak. */
    readonly memory: readonly MemoryCount[];
    /** Whether the signal ended the run. */
    readonly aborted: boolean;
  };

const DOING = "train a network";

/**
 * Trains a network on the backend in use, with gradients by automatic differentiation.
 *
 * **Definition** `B_t = batches(rng.fork(t), t)`, `G_t` the gradient of `loss(W, B_t)` at `W_t`,
 * `(U_t, S_{t+1}) = update(G_t, S_t, W_t)`, `W_{t+1} = W_t + U_t`, for t from 0. The last of the losses
 * is that of `W_steps` and `B_steps`.
 *
 * Nothing is read but `readEvery` losses at once, checkpoints, and what probes choose at their steps.
 * The driver disposes: whatever `loss`, `batches` and `of` make lives no longer than a step.
 *
 * @param rng Key of the run; step t has the key `rng.fork(t)`
 * @param options Parameters, each of shape `[rows, cols]`, loss, batches, optimizer, number of steps,
 * probes, checkpoints, signal
 * @returns parameters and state at the end, as float64 matrices that hold the device's float32 numbers,
 * losses (length steps + 1), probes, checkpoints, counts of memory, whether aborted
 * @throws {RangeError} (a rejection) if a loss, gradient, update or parameter is not finite, noticed at
 * the next read and named with its step and array, or a setting is out of range
 * @throws {TypeError} (a rejection) if a setting is missing or of another kind, `loss` does not return a
 * scalar, or does not depend on a trained parameter
 * @throws {Error} (a rejection) if no backend has been chosen, or the device fails
 *
 * @example Three steps towards a point, half of the way each
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { backend, matrix, rng, sgd, trainNetwork } from "resolvent";
 *
 * await backend({ prefer: "cpu" });
 * const run = await trainNetwork(rng(1), {
 *   params: { w: matrix(1, 1, [8]) },
 *   loss: ({ w }) => w.square().sum().mul(0.5),
 *   optimizer: sgd({ learningRate: 0.5 }),
 *   steps: 3,
 *   probes: { slope: { of: ({ gradient }) => gradient.w, measure: (g) => g.data[0], at: [0, 2] } },
 * });
 * assertEquals(run.params.w.data[0], 1);
 * assertEquals([...run.losses], [32, 8, 2, 0.5]);
 * assertEquals([...run.probes.slope.values], [8, 2]);
 * ```
 *
 * Source: the training loop of optax, with pure steps; gradients by TensorFlow.js (Smilkov et al., 2019).
 */
export async function trainNetwork<
  P extends NetworkParams,
  B = undefined,
  S = unknown,
  N extends string = never,
>(rng: Rng, options: TrainNetworkOptions<P, B, S, N>): Promise<TrainNetworkResult<P, N>> {
  checkRng(DOING, rng);
  const start = checkSettings(checkOptions(DOING, options));
  const { steps, readEvery = 100, signal, checkpoints: at } = options;
  const probes = networkProbes<N>(options.probes ?? {} as never, steps);
  const { problem, first } = onDevice(rng, options, start);
  const losses = networkLosses(problem, first);
  const shown = options.progress !== undefined && steps > first.step
    ? progress({ total: steps - first.step, label: options.progress })
    : null;
  const takeTurn = turns();
  const checkpoints: Checkpoint<P>[] = [];
  const memory: MemoryCount[] = [];
  let point = first;

  async function keep(): Promise<void> {
    if (at === undefined || !isDue(at, point.step)) return;
    await losses.read(point);
    checkpoints.push(await checkpointOf<P>(problem, point));
  }

  try {
    while (point.step < steps && !signal?.aborted) {
      await keep();
      const { next, loss, seen } = takeStep(problem, point, probes.look);
      release(point, losses.good(), next);
      point = next;
      losses.push(loss);
      try {
        if (seen.tensors.length > 0) {
          await losses.read(point); // what is not finite is named by its step, not by the probe
          await probes.measure(point.step - 1, seen);
        } else if (losses.waiting() >= readEvery) await losses.read(point);
      } finally {
        release(seen);
      }
      if (losses.waiting() === 0) memory.push(countMemory(point.step));
      shown?.tick();
      await takeTurn();
    }
    losses.push(lossAt(problem, point));
    await losses.read(point);
    memory.push(countMemory(point.step));
    await keep();
    return {
      ...await checkpointOf<P>(problem, point),
      losses: losses.values(),
      probes: probes.result(),
      checkpoints,
      memory,
      aborted: point.step < steps,
    };
  } finally {
    release([point, problem.frozen]);
    losses.end(); // what both hold has been disposed, which a second time does nothing
    await shown?.finish();
  }
}

/** Refuses settings that cannot be; returns where the run starts. */
function checkSettings<P extends NetworkParams, B, S, N extends string>(
  options: TrainNetworkOptions<P, B, S, N>,
): Omit<Checkpoint<P>, "state"> & { readonly state: StateData | undefined } {
  const { params, from, loss, batches, steps, trained, checkpoints, readEvery = 1 } = options;
  if ((params === undefined) === (from === undefined)) {
    const need = "it needs either params, a record of matrices, or from, a checkpoint";
    throw new TypeError(cannot(DOING, need, "their pair", [params, from]));
  }
  if (from !== undefined && checkOptions(DOING, from, "from").state === undefined) {
    throw new TypeError(cannot(DOING, "from must be a checkpoint", "from.state", from.state));
  }
  const start = from ?? { step: 0, params: params!, state: undefined };
  checkInteger(DOING, "steps", steps, { min: 0 });
  checkInteger(DOING, "from.step", start.step, { min: 0, max: steps });
  checkParams(start.params);
  checkFunction(DOING, "loss", loss);
  if (batches !== undefined) checkFunction(DOING, "batches", batches);
  checkInteger(DOING, "readEvery", readEvery, { min: 1 });
  if (checkpoints !== undefined) checkSteps(DOING, "checkpoints", checkpoints, steps);
  const names = Object.keys(start.params);
  const fits = trained === undefined ||
    Array.isArray(trained) && trained.length > 0 && trained.every((name) => names.includes(name));
  if (fits) return start;
  const need = `trained must list names of ${names.join(", ")}`;
  throw new TypeError(cannot(DOING, need, "trained", trained));
}

/** Counts the tensors of this process. */
function countMemory(step: number): MemoryCount {
  const { numTensors, numBytes } = tf(DOING).memory();
  return { step, tensors: numTensors, bytes: numBytes };
}

/** Refuses parameters that are no record of matrices. */
function checkParams(params: NetworkParams): void {
  const need = "params must be a record of matrices";
  if (typeof params !== "object" || params === null || Object.keys(params).length === 0) {
    throw new TypeError(cannot(DOING, need, "params", params));
  }
  for (const [name, array] of Object.entries(params)) {
    if (!isMatrix(array)) throw new TypeError(cannot(DOING, need, `params.${name}`, array));
  }
}

/** The problem, and the point at which it starts, in tensors. */
function onDevice<P extends NetworkParams, B, S, N extends string>(
  key: Rng,
  { loss, batches, optimizer, trained }: TrainNetworkOptions<P, B, S, N>,
  start: { readonly step: number; readonly params: P; readonly state: StateData | undefined },
): { readonly problem: Problem; readonly first: Point } {
  const rule = forRecord(optimizer as Optimizer<unknown>);
  const make = () => {
    const all = Object.entries(start.params).map(([name, array]) =>
      [name, toTensor(array)] as const
    );
    const moves = (name: string) => trained === undefined || trained.includes(name);
    const params = Object.fromEntries(all.filter(([name]) => moves(name)));
    const frozen = Object.fromEntries(all.filter(([name]) => !moves(name)));
    const state = start.state === undefined ? rule.init(params) : tensorsOf(start.state);
    const problem = { key, loss, batches, rule, frozen } as unknown as Problem;
    return { problem, first: { step: start.step, params, state } as Point };
  };
  return tf(DOING).tidy(make as () => never);
}

/** Reads a point. */
async function checkpointOf<P extends NetworkParams>(
  { frozen }: Problem,
  { step, params, state }: Point,
): Promise<Checkpoint<P>> {
  const all = await matricesOf({ ...frozen, ...params });
  return { step, params: all as unknown as P, state: await matricesOf(state) };
}
