import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { perceptualDecision, type PerceptualDecisionOptions, rng } from "resolvent";
import { normalCdf } from "../../lib/stats/special.ts";
import {
  assertNormal,
  assertPrefix,
  assertShare,
  assertTargets,
  correlation,
  values,
} from "./cognitive_tasks.ts";

const COHERENCES = [0, 6.4, 12.8, 25.6, 51.2];
const TRIALS = 20_000;
/** Many trials at the defaults. */
const MANY = perceptualDecision(rng("many"), { trials: TRIALS });

Deno.test("perceptualDecision() draws choices and coherences evenly and independently", () => {
  for (const coherence of COHERENCES) {
    for (const choice of [1, 2]) {
      const hits = MANY.choices.filter((c, i) => c === choice && MANY.coherences[i] === coherence);
      assertShare(hits.length, TRIALS, 0.1);
    }
  }
});

Deno.test("perceptualDecision() has the mean and noise of each channel for each coherence", () => {
  for (const coherence of COHERENCES) {
    for (const choice of [1, 2]) {
      const keeps = (i: number) => MANY.choices[i] === choice && MANY.coherences[i] === coherence;
      for (const step of [0, 6]) {
        assertNormal(values(MANY, step, choice, keeps), 0.5 + coherence / 200, 0.1);
        assertNormal(values(MANY, step, 3 - choice, keeps), 0.5 - coherence / 200, 0.1);
      }
    }
  }
});

Deno.test("perceptualDecision() has noise that is independent over channels and steps", () => {
  const still = (i: number) => MANY.coherences[i] === 0;
  const [a, b, c] = [[0, 1], [0, 2], [1, 1]].map(([step, k]) => values(MANY, step, k, still));
  for (const [u, v] of [[a, b], [a, c], [b, c]]) {
    assertLess(Math.abs(correlation(u, v)), 4 / Math.sqrt(u.length));
  }
});

Deno.test("perceptualDecision() waits until the decision, where all inputs are silent", () => {
  assertEquals(MANY.inputs.length, 8);
  assertTargets(MANY, 1);
  for (let step = 0; step < 7; step++) assertEquals(new Set(values(MANY, step, 0)), new Set([1]));
  assertEquals(new Set(MANY.inputs[7].data), new Set([0]));
  const later = perceptualDecision(rng(1), { trials: 4, fixationInput: "fixation period" });
  for (const step of [0, 6, 7]) assertEquals(new Set(values(later, step, 0)), new Set([0]));
  const early = perceptualDecision(rng(1), { trials: 4 });
  assertEquals(values(later, 3, 1), values(early, 3, 1));
});

Deno.test("perceptualDecision() has periods of the lengths given", () => {
  const steps = { fixation: 2, stimulus: 3, delay: 1, decision: 2 };
  for (const [fixationInput, held] of [["until decision", 1], ["fixation period", 0]] as const) {
    const drawn = perceptualDecision(rng(2), { trials: 3, steps, fixationInput, noise: 0 });
    assertTargets(drawn, 2);
    assertEquals(drawn.inputs.map(({ data }) => data[0]), [1, 1, held, held, held, held, 0, 0]);
    const sums = drawn.inputs.map(({ data }) => data[1] + data[2]);
    assertEquals(sums, [0, 0, 1, 1, 1, 0, 0, 0]);
  }
});

Deno.test("perceptualDecision() is decided by the ideal observer as often as theory says", () => {
  // The summed difference is N(7 c / 100, 14 noise^2): right with Phi(sqrt(7/2) c / (100 noise)).
  for (const coherence of COHERENCES) {
    let [right, n] = [0, 0];
    for (let i = 0; i < TRIALS; i++) {
      if (MANY.coherences[i] !== coherence) continue;
      const evidence = MANY.inputs.reduce(
        (e, { data }) => e + data[3 * i + 1] - data[3 * i + 2],
        0,
      );
      right += (evidence > 0 ? 1 : 2) === MANY.choices[i] ? 1 : 0;
      n++;
    }
    assertShare(right, n, normalCdf(Math.sqrt(3.5) * coherence / 10));
  }
});

Deno.test("perceptualDecision() begins with the same trials however many are drawn", () => {
  assertPrefix(perceptualDecision(rng("many"), { trials: 7 }), MANY);
});

Deno.test("perceptualDecision() refuses what it cannot draw", () => {
  const refuses = (options: unknown, kind: typeof RangeError, text: string) =>
    assertThrows(
      () => perceptualDecision(rng(1), options as PerceptualDecisionOptions),
      kind,
      text,
    );
  refuses(undefined, TypeError, "options must be a record of settings");
  refuses({ trials: 0 }, RangeError, "trials must be an integer of at least 1: trials is 0");
  refuses({ trials: 1, noise: -1 }, RangeError, "noise is -1");
  refuses({ trials: 1, coherences: [] }, RangeError, "the number of coherences is 0");
  refuses({ trials: 1, coherences: [101] }, RangeError, "coherences[0] is 101");
  refuses({ trials: 1, coherences: 5 }, TypeError, "coherences must be a list");
  refuses({ trials: 1, steps: { stimulus: 0 } }, RangeError, "steps.stimulus is 0");
  refuses({ trials: 1, steps: { delay: -1 } }, RangeError, "steps.delay is -1");
  refuses({ trials: 1, steps: 8 }, TypeError, "steps must be a record of settings");
  refuses({ trials: 1, fixationInput: "on" }, RangeError, 'fixationInput is "on"');
});
