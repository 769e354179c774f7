/**
 * One step of training by automatic differentiation, on the device.
 *
 * @module
 */
import { isTensor, type Scalar, type Tensor2D, tf } from "../backend/tf.ts";
import { cannot, shown } from "../check.ts";
import type { RecordOptimizer } from "../optimizers/for_record.ts";
import { applyUpdate } from "../optimizers/kinds.ts";
import type { Rng } from "../random/types.ts";
import type { StateTensors } from "./network_arrays.ts";

/** Tensors by name. */
export type TensorRecord = Readonly<Record<string, Tensor2D>>;

/** Where a run is. */
export type Point = {
  /** Number of steps taken. */
  readonly step: number;
  /** Trained parameters. */
  readonly params: TensorRecord;
  /** The optimizer's states by their names. */
  readonly state: StateTensors;
};

/** What is trained, and how. */
export type Problem = {
  readonly key: Rng;
  readonly loss: (params: TensorRecord, batch: unknown) => Scalar;
  readonly batches: ((key: Rng, step: number) => unknown) | undefined;
  readonly rule: RecordOptimizer<unknown>;
  /** Parameters that stay as they are. */
  readonly frozen: TensorRecord;
};

/** What is there at a step, as tensors that live as long as the step. */
export type StepTensors = {
  /** Number of the step, from 0. */
  readonly step: number;
  /** Parameters before the step. */
  readonly params: TensorRecord;
  /** What `batches` gave. */
  readonly batch: unknown;
  /** Loss of the batch. */
  readonly loss: Scalar;
  /** Its gradient. */
  readonly gradient: TensorRecord;
  /** What the step adds to the parameters. */
  readonly update: TensorRecord;
};

/** What a step leaves. */
export type StepLeft<T> = { readonly next: Point; readonly loss: Scalar; readonly seen: T };

const DOING = "train a network";

/** Takes a step; only the next point, the loss and what `look` chooses are left of its tensors. */
export function takeStep<T>(
  problem: Problem,
  point: Point,
  look: (moment: StepTensors) => T,
): StepLeft<T> {
  const { step, params: before } = point;
  const run = (): StepLeft<T> => {
    const { params, batch } = given(problem, point);
    const { loss, gradient } = slopes(problem, { point, params, batch });
    const [update, state] = problem.rule.update(gradient, point.state as never, before);
    const after = Object.fromEntries(
      Object.entries(before).map(([name, array]) => [name, applyUpdate(array, update[name])]),
    );
    const next = { step: step + 1, params: after, state: state as StateTensors };
    const seen = look({ step, params, batch, loss, gradient, update });
    return { next, loss, seen };
  };
  return tf(DOING).tidy(run as () => never);
}

/** The loss at a point. */
export function lossAt(problem: Problem, point: Point): Scalar {
  return tf(DOING).tidy(() => {
    const { params, batch } = given(problem, point);
    return checkLoss(problem.loss(params, batch), point.step);
  });
}

/** All parameters, and the batch of the step. */
function given({ key, batches, frozen }: Problem, { step, params }: Point) {
  return { params: { ...frozen, ...params }, batch: batches?.(key.fork(step), step) };
}

/** Loss and gradient by the tape. */
function slopes(
  problem: Problem,
  { point, params, batch }: {
    readonly point: Point;
    readonly params: TensorRecord;
    readonly batch: unknown;
  },
): { readonly loss: Scalar; readonly gradient: TensorRecord } {
  const names = Object.keys(point.params);
  const { value, grads } = tf(DOING).engine().gradients(
    () => checkLoss(problem.loss(params, batch), point.step),
    names.map((name) => point.params[name]),
    undefined,
    true, // we say ourselves which have none
  );
  const without = names.filter((_, i) => !isTensor(grads[i]));
  if (without.length > 0) {
    const need = "the loss must depend on every trained parameter";
    throw new TypeError(cannot(DOING, need, "the list of those on which it does not", without));
  }
  return {
    loss: value as Scalar,
    gradient: Object.fromEntries(names.map((name, i) => [name, grads[i] as Tensor2D])),
  };
}

/** Returns what a loss returned, a number on the device. */
function checkLoss(loss: Scalar, step: number): Scalar {
  if (isTensor(loss) && loss.rank === 0 && loss.dtype === "float32") return loss;
  const found = isTensor(loss)
    ? `a tensor of type ${(loss as Scalar).dtype} and shape ${shown((loss as Scalar).shape)}`
    : shown(loss);
  throw new TypeError(
    `Cannot ${DOING} as loss must return a float32 scalar: at step ${step} it is ${found}`,
  );
}
