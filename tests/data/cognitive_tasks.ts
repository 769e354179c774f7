/**
 * What is measured of the trials of cognitive tasks.
 *
 * @module
 */
import { assertEquals, assertLess } from "@std/assert";
import type { CognitiveTrials } from "resolvent";

/** Values of one channel at one step, over trials that are kept. */
export function values(
  { inputs }: CognitiveTrials,
  step: number,
  channel: number,
  keeps: (trial: number) => boolean = () => true,
): readonly number[] {
  const { rows, cols, data } = inputs[step];
  return Array.from({ length: rows }, (_, i) => i).filter(keeps)
    .map((i) => data[i * cols + channel]);
}

/** Asserts a normal channel's mean and deviation, to four deviations of what is estimated. */
export function assertNormal(found: readonly number[], mean: number, sd: number): void {
  const n = found.length;
  const average = found.reduce((sum, x) => sum + x, 0) / n;
  const square = found.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
  assertLess(Math.abs(average - mean), 4 * sd / Math.sqrt(n), `mean ${mean} of ${n}`);
  assertLess(Math.abs(square / sd ** 2 - 1), 4 * Math.sqrt(2 / n), `deviation ${sd} of ${n}`);
}

/** Asserts that a share of trials is what theory says, to four deviations of a proportion. */
export function assertShare(hits: number, n: number, share: number): void {
  assertLess(Math.abs(hits / n - share), 4 * Math.sqrt(share * (1 - share) / n) + 1e-12);
}

/** Asserts that targets are 0 before the last steps, and the choice in them. */
export function assertTargets({ targets, choices }: CognitiveTrials, decision: number): void {
  targets.forEach((target, step) => {
    const expected = step < targets.length - decision ? new Int32Array(choices.length) : choices;
    // not the lists themselves: the difference of two long ones takes minutes to write
    assertEquals(target.findIndex((value, i) => value !== expected[i]), -1, `step ${step}`);
  });
}

/** Asserts that the first trials of many are the trials of few. */
export function assertPrefix(few: CognitiveTrials, many: CognitiveTrials): void {
  few.inputs.forEach(({ data }, step) =>
    assertEquals(data, many.inputs[step].data.slice(0, data.length))
  );
  few.targets.forEach((target, step) =>
    assertEquals(target, many.targets[step].slice(0, target.length))
  );
}

/** Correlation of two channels or steps. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const centred = (x: readonly number[]) => {
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    return x.map((value) => value - mean);
  };
  const [u, v] = [centred(a), centred(b)];
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
}
