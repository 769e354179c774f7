/**
 * Probes: what a training run measures on its way.
 *
 * @module
 */
import { cannot, checkInteger } from "../check.ts";

/** What a probe sees at a step. */
export type ProbeMoment<P> = {
  /** Number of the step, from 0. */
  readonly step: number;
  /** Parameters before the step. */
  readonly params: P;
  /** Gradient of the loss there. */
  readonly gradient: P;
  /** The loss there. */
  readonly loss: number;
  /** What the step adds to the parameters. */
  readonly update: P;
};

/** Something to measure, and when. */
export type Probe<P> = {
  /** Measures one number. */
  readonly measure: (moment: ProbeMoment<P>) => number | Promise<number>;
  /** Every so many steps from 0, at the listed steps, or where a function says so. Default: every step. */
  readonly at?: number | readonly number[] | ((step: number) => boolean);
};

/** What one probe measured. */
export type ProbeRecord = {
  /** Steps at which it measured, ascending. */
  readonly steps: Int32Array;
  /** What it measured there. */
  readonly values: Float64Array;
};

/** Records as they grow. */
export type ProbeRecords<N extends string> = {
  /** Adds a value. */
  readonly add: (name: N, step: number, value: number) => void;
  /** The records so far. */
  readonly result: () => { readonly [K in N]: ProbeRecord };
};

/** Refuses probes that could never measure as asked. */
export function checkProbes<P>(probes: Readonly<Record<string, Probe<P>>>, steps: number): void {
  for (const [name, probe] of Object.entries(probes)) {
    const doing = `measure ${name}`;
    const { measure, at } = probe ?? {};
    if (typeof measure !== "function") {
      throw new TypeError(
        cannot(doing, "a probe must be { measure, at }", "the probe", probe),
      );
    }
    if (typeof at === "number") checkInteger(doing, "at", at, { min: 1 });
    else if (Array.isArray(at)) {
      for (const step of at) checkInteger(doing, "at", step, { min: 0, max: steps - 1 });
    } else if (at !== undefined && typeof at !== "function") {
      const need = "at must be a number, a list of steps or a function of the step";
      throw new TypeError(cannot(doing, need, "at", at));
    }
  }
}

/** Empty records. */
export function startProbes<N extends string>(
  probes: Readonly<Record<N, unknown>>,
): ProbeRecords<N> {
  const names = Object.keys(probes) as N[];
  const found = new Map<N, { steps: number[]; values: number[] }>(
    names.map((name) => [name, { steps: [], values: [] }]),
  );
  return {
    add: (name, step, value) => {
      found.get(name)!.steps.push(step);
      found.get(name)!.values.push(value);
    },
    result: () =>
      Object.fromEntries(
        [...found].map(([name, { steps, values }]) => [
          name,
          { steps: Int32Array.from(steps), values: Float64Array.from(values) },
        ]),
      ) as unknown as { readonly [K in N]: ProbeRecord },
  };
}

/** Takes the measurements that are due at a step; each must be a finite number. */
export async function measureProbes<P, N extends string>(
  probes: { readonly [K in N]: Probe<P> },
  records: ProbeRecords<N>,
  moment: ProbeMoment<P>,
): Promise<void> {
  for (const name of Object.keys(probes) as N[]) {
    const probe = probes[name];
    if (!isDue(probe.at, moment.step)) continue;
    const value = await probe.measure(moment);
    if (!Number.isFinite(value)) {
      const doing = `measure ${name} at step ${moment.step}`;
      throw new RangeError(cannot(doing, "a probe must give a finite number", "its value", value));
    }
    records.add(name, moment.step, value);
  }
}

/** Whether a probe measures at a step. */
function isDue(at: Probe<unknown>["at"], step: number): boolean {
  if (at === undefined) return true;
  if (typeof at === "number") return step % at === 0;
  return typeof at === "function" ? at(step) : at.includes(step);
}
