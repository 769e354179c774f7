import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { delayedMatch, type DelayedMatchOptions, rng } from "resolvent";
import {
  assertNormal,
  assertPrefix,
  assertShare,
  assertTargets,
  correlation,
  values,
} from "./cognitive_tasks.ts";

const TRIALS = 8000;
/** Many trials at the defaults: sample at step 0, test at step 6, decision at step 7. */
const MANY = delayedMatch(rng("many"), { trials: TRIALS });

Deno.test("delayedMatch() draws samples and choices evenly and independently", () => {
  for (const sample of [1, 2]) {
    for (const choice of [1, 2]) {
      const hits = MANY.choices.filter((c, i) => c === choice && MANY.samples[i] === sample);
      assertShare(hits.length, TRIALS, 0.25);
    }
  }
});

Deno.test("delayedMatch() shows one side of two, with noise, and the same one again if it matches", () => {
  for (const sample of [1, 2]) {
    for (const choice of [1, 2]) {
      const keeps = (i: number) => MANY.choices[i] === choice && MANY.samples[i] === sample;
      const test = choice === 1 ? sample : 3 - sample;
      assertNormal(values(MANY, 0, sample, keeps), 1, 0.1);
      assertNormal(values(MANY, 0, 3 - sample, keeps), 0, 0.1);
      assertNormal(values(MANY, 6, test, keeps), 1, 0.1);
      assertNormal(values(MANY, 6, 3 - test, keeps), 0, 0.1);
      const both = correlation(values(MANY, 0, 1, keeps), values(MANY, 6, 1, keeps));
      assertLess(Math.abs(both), 4 / Math.sqrt(TRIALS / 4));
    }
  }
});

Deno.test("delayedMatch() is silent in the delay and the decision, and waits until the decision", () => {
  assertEquals(MANY.inputs.length, 8);
  assertTargets(MANY, 1);
  for (let step = 0; step < 7; step++) assertEquals(new Set(values(MANY, step, 0)), new Set([1]));
  for (let step = 1; step < 6; step++) {
    assertEquals(new Set([...values(MANY, step, 1), ...values(MANY, step, 2)]), new Set([0]));
  }
  assertEquals(new Set(MANY.inputs[7].data), new Set([0]));
});

Deno.test("delayedMatch() has periods of the lengths given", () => {
  const steps = { fixation: 2, sample: 2, delay: 1, test: 3, decision: 2 };
  const drawn = delayedMatch(rng(2), { trials: 3, steps, noise: 0 });
  assertTargets(drawn, 2);
  assertEquals(drawn.inputs.map(({ data }) => data[0]), [1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  assertEquals(drawn.inputs.map(({ data }) => data[1] + data[2]), [0, 0, 1, 1, 0, 1, 1, 1, 0, 0]);
});

Deno.test("delayedMatch() begins with the same trials however many are drawn", () => {
  assertPrefix(delayedMatch(rng("many"), { trials: 7 }), MANY);
});

Deno.test("delayedMatch() refuses what it cannot draw", () => {
  const refuses = (options: unknown, kind: typeof RangeError, text: string) =>
    assertThrows(() => delayedMatch(rng(1), options as DelayedMatchOptions), kind, text);
  refuses(undefined, TypeError, "options must be a record of settings");
  refuses({}, RangeError, "trials is undefined");
  refuses({ trials: 1, steps: { sample: 0 } }, RangeError, "steps.sample is 0");
  refuses({ trials: 1, steps: { test: 0.5 } }, RangeError, "steps.test is 0.5");
  assertThrows(() => delayedMatch(3 as never, { trials: 1 }), TypeError, "it needs a random key");
});
