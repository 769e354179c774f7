/**
 * Losses that stay on the device until many are read at once.
 *
 * @module
 */
import { toMatrix } from "../backend/crossing.ts";
import { type Scalar, tf } from "../backend/tf.ts";
import { release } from "./network_arrays.ts";
import { throwFirstFault } from "./network_fault.ts";
import type { Point, Problem } from "./network_step.ts";

/** The losses of a run. */
export type NetworkLosses = {
  /** Takes the loss of a step. */
  readonly push: (loss: Scalar) => void;
  /** Number of losses that have not been read. */
  readonly waiting: () => number;
  /** Reads them in one read; throws what is not finite, with its step and array. */
  readonly read: (at: Point) => Promise<void>;
  /** Where they were last read: a point whose numbers are finite. */
  readonly good: () => Point;
  /** The losses that have been read. */
  readonly values: () => Float64Array;
  /** Frees what is left, except what is held. */
  readonly end: (...held: readonly unknown[]) => void;
};

/** Starts the losses of a run at its first point. */
export function networkLosses(problem: Problem, start: Point): NetworkLosses {
  const values: number[] = [];
  let pending: Scalar[] = [];
  let good = start;

  async function read(at: Point): Promise<void> {
    if (pending.length === 0 && at === good) return;
    const library = tf("train a network");
    // One number for each array, 0 if its entries are finite: a relu may hide what is not.
    const arrays = Object.entries(at.params).filter(([, array]) => array.size > 0);
    const together = library.tidy(() =>
      library.stack([...pending, ...arrays.map(([, array]) => library.sum(library.mul(array, 0)))])
    );
    const found = await toMatrix(together).finally(() => together.dispose());
    const losses = found.data.subarray(0, pending.length);
    const fault = found.data.findIndex((value) => !Number.isFinite(value));
    if (fault >= 0) {
      await throwFirstFault(problem, good, at.step);
      const name = arrays[fault - losses.length]?.[0];
      const what = name === undefined
        ? `loss at step ${start.step + values.length + fault} is ${losses[fault]}`
        : `parameter ${name} after step ${at.step - 1} is not`;
      throw new RangeError(
        `Cannot continue training as every value must be finite: ${what}, though the steps from ` +
          `${good.step} on give finite values when they are taken again`,
      );
    }
    values.push(...losses);
    release(pending);
    pending = [];
    release(good, at);
    good = at;
  }

  return {
    push: (loss) => pending.push(loss),
    waiting: () => pending.length,
    read,
    good: () => good,
    values: () => Float64Array.from(values),
    end: (...held) => release([pending, good], ...held),
  };
}
