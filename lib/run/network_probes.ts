/**
 * Probes of a network in training: tensors chosen on the device, read and measured where they are due.
 *
 * @module
 */
import { toMatrix } from "../backend/crossing.ts";
import { isTensor, type Scalar, type Tensor, tf } from "../backend/tf.ts";
import { cannot, checkFunction, shown } from "../check.ts";
import type { Matrix } from "../matrix.ts";
import type { NetworkParams, TensorsOf } from "./network_arrays.ts";
import type { StepTensors } from "./network_step.ts";
import {
  checkMeasured,
  checkSteps,
  isDue,
  type ProbeRecord,
  type ProbeRecords,
  startProbes,
  type StepChoice,
} from "./probes.ts";

/** What a probe of a network can choose from at a step; the tensors are the driver's. */
export type NetworkMoment<P extends NetworkParams, B> = {
  /** Number of the step, from 0. */
  readonly step: number;
  /** Parameters before the step. */
  readonly params: TensorsOf<P>;
  /** What `batches` gave. */
  readonly batch: B;
  /** Loss of the batch. */
  readonly loss: Scalar;
  /** Its gradient, of the trained parameters. */
  readonly gradient: TensorsOf<P>;
  /** What the step adds to the trained parameters. */
  readonly update: TensorsOf<P>;
};

/** Something to measure of a network, and when. */
export type NetworkProbe<P extends NetworkParams, B> = {
  /** Chooses what is read: a tensor or several, of the moment or made from it. */
  readonly of: (moment: NetworkMoment<P, B>) => Tensor | readonly Tensor[];
  /** Measures one number of the matrices that were read, in the order of the tensors. */
  readonly measure: (...matrices: readonly Matrix[]) => number | Promise<number>;
  /** Every so many steps from 0, at the listed steps, or where a function says so. Default: every step. */
  readonly at?: StepChoice;
};

/** A probe whose types are not looked into. */
type AnyProbe = {
  readonly of: (moment: never) => Tensor | readonly Tensor[];
  readonly measure: (...matrices: Matrix[]) => number | Promise<number>;
  readonly at?: StepChoice;
};

/** Tensors to read at a step, each once, and which of them each probe measures. */
export type Seen = {
  readonly tensors: readonly Tensor[];
  readonly places: Readonly<Record<string, readonly number[]>>;
};

/** The probes of a run. */
export type NetworkProbes<N extends string> = {
  /** Chooses what is due at a step; within a tidy scope, as it makes tensors. */
  readonly look: (moment: StepTensors) => Seen;
  /** Reads it and measures. */
  readonly measure: (step: number, seen: Seen) => Promise<void>;
  /** The records so far. */
  readonly result: () => { readonly [K in N]: ProbeRecord };
};

/** Starts the probes of a run of so many steps. */
export function networkProbes<N extends string>(
  probes: Readonly<Record<N, AnyProbe>>,
  steps: number,
): NetworkProbes<N> {
  const names = Object.keys(probes) as N[];
  for (const name of names) checkProbe(name, probes[name], steps);
  const records: ProbeRecords<N> = startProbes(probes);

  function look(moment: StepTensors): Seen {
    const order = new Map<Tensor, number>();
    const places: Record<string, readonly number[]> = {};
    for (const name of names) {
      if (!isDue(probes[name].at, moment.step)) continue;
      places[name] = chosen(name, probes[name], moment).map((tensor) => {
        if (!order.has(tensor)) order.set(tensor, order.size);
        return order.get(tensor)!;
      });
    }
    // handles of our own, as others may be disposed before the read
    return { tensors: [...order.keys()].map((tensor) => tf("train").clone(tensor)), places };
  }

  async function measure(step: number, { tensors, places }: Seen): Promise<void> {
    const matrices = await Promise.all(tensors.map(toMatrix));
    for (const [name, list] of Object.entries(places) as [N, readonly number[]][]) {
      const value = await probes[name].measure(...list.map((place) => matrices[place]));
      records.add(name, step, checkMeasured(name, step, value));
    }
  }

  return { look, measure, result: records.result };
}

/** The tensors that a probe chooses. */
function chosen(name: string, { of }: AnyProbe, moment: StepTensors): readonly Tensor[] {
  const found: unknown = of(moment as never);
  const list = Array.isArray(found) ? found : [found];
  if (list.length > 0 && list.every(isTensor)) return list;
  throw new TypeError(
    `Cannot measure ${name} as of must choose a tensor or a list of them: at step ${moment.step} ` +
      `it is ${shown(found)}`,
  );
}

/** Refuses a probe that could never measure as asked. */
function checkProbe(name: string, probe: AnyProbe, steps: number): void {
  const doing = `measure ${name}`;
  if (typeof probe !== "object" || probe === null) {
    const need = "a probe must be { of, measure, at }";
    throw new TypeError(cannot(doing, need, "the probe", probe));
  }
  checkFunction(doing, "of", probe.of);
  checkFunction(doing, "measure", probe.measure);
  if (probe.at !== undefined) checkSteps(doing, "at", probe.at, steps - 1);
}
