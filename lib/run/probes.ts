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

/** Some steps: every so many from 0, the listed ones, or those for which a function says so. */
export type StepChoice = number | readonly number[] | ((step: number) => boolean);

/** Something to measure, and when. */
export type Probe<P> = {
  /** Measures one number. */
  readonly measure: (moment: ProbeMoment<P>) => number | Promise<number>;
  /** Every so many steps from 0, at the listed steps, or where a function says so. Default: every step. */
  readonly at?: StepChoice;
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
    if (at !== undefined) checkSteps(doing, "at", at, steps - 1);
  }
}

/** Refuses a choice of steps that is none, or of steps beyond the last one. */
export function checkSteps(doing: string, name: string, at: StepChoice, last: number): void {
  if (typeof at === "number") checkInteger(doing, name, at, { min: 1 });
  else if (Array.isArray(at)) {
    for (const step of at) checkInteger(doing, name, step, { min: 0, max: last });
  } else if (typeof at !== "function") {
    const need = `${name} must be a number, a list of steps or a function of the step`;
    throw new TypeError(cannot(doing, need, name, at));
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
    records.add(name, moment.step, checkMeasured(name, moment.step, await probe.measure(moment)));
  }
}

/** Returns what a probe measured, a finite number. */
export function checkMeasured(name: string, step: number, value: number): number {
  if (Number.isFinite(value)) return value;
  const doing = `measure ${name} at step ${step}`;
  throw new RangeError(cannot(doing, "a probe must give a finite number", "its value", value));
}

/** Whether a step is among the chosen ones; all are where there is no choice. */
export function isDue(at: StepChoice | undefined, step: number): boolean {
  if (at === undefined) return true;
  if (typeof at === "number") return step % at === 0;
  return typeof at === "function" ? at(step) : at.includes(step);
}
