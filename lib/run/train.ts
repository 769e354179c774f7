/**
 * The driver of a training run.
 *
 * @module
 */
import { cannot, checkInteger, checkOptions, shown } from "../check.ts";
import { isMatrix, type Matrix } from "../matrix.ts";
import { type ArrayRecord, forRecord, type RecordState } from "../optimizers/for_record.ts";
import { applyUpdate, checkOptimizer, type Optimizer, type StateOf } from "../optimizers/kinds.ts";
import { checkFinite, checkValue } from "./finite.ts";
import { checkProbes, measureProbes, type Probe, type ProbeRecord, startProbes } from "./probes.ts";
import { progress } from "./progress.ts";
import { turns } from "./turns.ts";

/** What can be trained: one array, or arrays by name. */
export type Trainable = Matrix | Readonly<Record<string, Matrix>>;

/** The optimizer's state for parameters of type `P`. */
export type TrainState<S, P extends Trainable> = P extends Matrix ? StateOf<S, P>
  : P extends ArrayRecord ? RecordState<S, P>
  : never;

/** A loss and its gradient. */
export type LossAndGradient<P> = {
  /** The loss. */
  readonly loss: number;
  /** Its gradient, of the shape of the parameters. */
  readonly gradient: P;
};

/** How the loss and its gradient are found: apart, or together. */
export type Objective<P> =
  | {
    /** The loss of parameters. */
    readonly loss: (params: P) => number | Promise<number>;
    /** The gradient of the loss, of the shape of the parameters. */
    readonly gradient: (params: P) => P | Promise<P>;
    /** Not with the two above. */
    readonly lossAndGradient?: undefined;
  }
  | {
    /** Both at once, where they share work. */
    readonly lossAndGradient: (params: P) => LossAndGradient<P> | Promise<LossAndGradient<P>>;
    /** Not with the one above. */
    readonly loss?: undefined;
    /** Not with the one above. */
    readonly gradient?: undefined;
  };

/** Settings of {@linkcode train}. */
export type TrainOptions<P extends Trainable, S, N extends string = string> = Objective<P> & {
  /** Parameters at the start; not changed. */
  readonly params: P;
  /** An optimizer of one array; for a record, each array has a state of its own. */
  readonly optimizer: Optimizer<S>;
  /** Number of steps, an integer of at least 0. */
  readonly steps: number;
  /** State to go on from. Default: the optimizer's first. */
  readonly state?: TrainState<S, P>;
  /** What to measure, by name. Default: nothing. */
  readonly probes?: { readonly [K in N]: Probe<P> };
  /** Ends the run before the next step; what is done is returned. Default: none. */
  readonly signal?: AbortSignal;
  /** Label of the progress to show. Default: none is shown. */
  readonly progress?: string;
};

/** What a run leaves. */
export type TrainResult<P extends Trainable, S, N extends string = string> = {
  /** Parameters after the last step. */
  readonly params: P;
  /** State after the last step, to go on from. */
  readonly state: TrainState<S, P>;
  /** Loss before each step and after the last, length `steps + 1`. */
  readonly losses: Float64Array;
  /** What the probes measured, by name. */
  readonly probes: { readonly [K in N]: ProbeRecord };
  /** Number of steps taken. */
  readonly steps: number;
  /** Whether the signal ended the run. */
  readonly aborted: boolean;
};

/**
 * Trains parameters by an optimizer, with probes.
 *
 * **Definition** `(U_t, S_{t+1}) = update(gradient(W_t), S_t, W_t)`, `W_{t+1} = W_t + U_t`, for t from
 * 0; probes see `W_t`, its loss and gradient, and `U_t`.
 *
 * @param options Parameters, loss and gradient as functions, optimizer, number of steps, probes, signal
 * @returns parameters, state, losses (length steps + 1), probes, number of steps, whether aborted
 * @throws {RangeError} (a rejection) if a loss, a gradient, a parameter or a probe is not finite, with
 * the step and the array, or a setting is out of range
 * @throws {TypeError} (a rejection) if a setting is missing or of another kind, or the gradient has not
 * the shape of the parameters
 *
 * @example Half of the way at each step
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, sgd, train } from "resolvent";
 *
 * const run = await train({
 *   params: matrix(1, 1, [8]),
 *   loss: (w) => w.data[0] ** 2 / 2,
 *   gradient: (w) => w,
 *   optimizer: sgd({ learningRate: 0.5 }),
 *   steps: 3,
 *   probes: { size: { measure: ({ params }) => params.data[0], at: [0, 2] } },
 * });
 * assertEquals(run.params.data[0], 1);
 * assertEquals([...run.losses], [32, 8, 2, 0.5]);
 * assertEquals([...run.probes.size.values], [8, 2]);
 * ```
 *
 * Source: the training loop of optax, with pure steps.
 */
export async function train<P extends Trainable, S, N extends string = never>(
  options: TrainOptions<P, S, N>,
): Promise<TrainResult<P, S, N>> {
  const { optimizer, signal } = checkOptions("train", options);
  const steps = checkInteger("train", "steps", options.steps, { min: 0 });
  checkParams(options.params);
  checkOptimizer("train", "optimizer", optimizer);
  checkObjective(options);
  const probes = options.probes ?? {} as { readonly [K in N]: Probe<P> };
  checkProbes<P>(probes, steps);
  const rule = ruleFor(optimizer, options.params);
  const records = startProbes(probes);
  const losses: number[] = [];
  const shown = options.progress !== undefined && steps > 0
    ? progress({ total: steps, label: options.progress })
    : null;
  let params = options.params;
  let state = options.state ?? rule.init(params);
  let step = 0;
  const takeTurn = turns();
  try {
    for (; step < steps && !signal?.aborted; step++) {
      const { loss, gradient } = await evaluate(options, params, step);
      const [update, next] = rule.update(gradient, state, params);
      const moved = movedBy(rule, { params, update, step });
      await measureProbes(probes, records, { step, params, gradient, loss, update });
      checkFinite("parameter", moved, `after step ${step}`);
      [params, state] = [moved, next];
      losses.push(loss);
      shown?.tick();
      await takeTurn();
    }
    losses.push(await lossOf(options, params, step));
  } finally {
    await shown?.finish();
  }
  return {
    params,
    state,
    losses: Float64Array.from(losses),
    probes: records.result(),
    steps: step,
    aborted: step < steps,
  };
}

/** Refuses parameters that are neither a matrix nor a record of them. */
function checkParams(params: Trainable): void {
  if (isMatrix(params)) return;
  const need = "params must be a matrix or a record of matrices";
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new TypeError(cannot("train", need, "params", params));
  }
  for (const [key, array] of Object.entries(params)) {
    if (!isMatrix(array)) throw new TypeError(cannot("train", need, `params.${key}`, array));
  }
}

/** Refuses an objective without the functions that are needed. */
function checkObjective<P>({ loss, gradient, lossAndGradient }: Objective<P>): void {
  const needed = lossAndGradient === undefined || lossAndGradient === null
    ? Object.entries({ loss, gradient })
    : Object.entries({ lossAndGradient });
  for (const [name, given] of needed) {
    if (typeof given === "function") continue;
    const need = "it needs the function lossAndGradient, or the functions loss and gradient";
    throw new TypeError(cannot("train", need, name, given));
  }
}

/** An optimizer of parameters of type `P`. */
type RuleFor<P extends Trainable, S> = {
  readonly init: (params: P) => TrainState<S, P>;
  readonly update: (
    gradient: P,
    state: TrainState<S, P>,
    params: P,
  ) => readonly [P, TrainState<S, P>];
  readonly apply: (params: P, update: P) => P;
};

/** The optimizer for one array, or lifted to records; here alone the two meet, so here are the casts. */
function ruleFor<P extends Trainable, S>(optimizer: Optimizer<S>, params: P): RuleFor<P, S> {
  if (isMatrix(params)) return { ...optimizer, apply: applyUpdate } as unknown as RuleFor<P, S>;
  function apply(record: ArrayRecord, updates: ArrayRecord): ArrayRecord {
    return Object.fromEntries(
      Object.entries(record).map(([key, array]) => [key, applyUpdate(array, updates[key])]),
    );
  }
  return { ...forRecord(optimizer), apply } as unknown as RuleFor<P, S>;
}

/** Parameters after an update, which must be finite: the sum tells whether it is. */
function movedBy<P extends Trainable, S>(
  rule: RuleFor<P, S>,
  { params, update, step }: { readonly params: P; readonly update: P; readonly step: number },
): P {
  try {
    return rule.apply(params, update);
  } catch (error) {
    checkFinite("update", update, `at step ${step}`);
    throw error;
  }
}

/** Loss and gradient at a step, finite. */
async function evaluate<P extends Trainable>(
  objective: Objective<P>,
  params: P,
  step: number,
): Promise<LossAndGradient<P>> {
  const { loss, gradient } = objective.lossAndGradient
    ? bothOf(await objective.lossAndGradient(params), step)
    : { loss: await objective.loss(params), gradient: await objective.gradient(params) };
  checkValue("loss", loss, `at step ${step}`);
  checkFinite("gradient", gradient, `at step ${step}`);
  return { loss, gradient };
}

/** What lossAndGradient returned, or an error. */
function bothOf<P>(both: LossAndGradient<P>, step: number): LossAndGradient<P> {
  if (typeof both === "object" && both !== null) return both;
  throw new TypeError(
    `Cannot train as lossAndGradient must return { loss, gradient }: at step ${step} it is ${
      shown(both)
    }`,
  );
}

/** Loss after the last step, finite. */
async function lossOf<P>(objective: Objective<P>, params: P, step: number): Promise<number> {
  const loss = objective.lossAndGradient
    ? bothOf(await objective.lossAndGradient(params), step).loss
    : await objective.loss(params);
  return checkValue("loss", loss, `at step ${step}`);
}
