import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { contextDecision, type ContextDecisionOptions, rng } from "resolvent";
import { normalCdf } from "../../lib/stats/special.ts";
import {
  assertNormal,
  assertPrefix,
  assertShare,
  assertTargets,
  correlation,
  values,
} from "./cognitive_tasks.ts";

const COHERENCES = [5, 15, 50];
const TRIALS = 24_000;
/** Many trials at the defaults: stimulus at steps 0 and 1, decision at step 7. */
const MANY = contextDecision(rng("many"), { trials: TRIALS });
const { choices, others, contexts, coherences } = MANY;

Deno.test("contextDecision() draws choice, distractor, context and coherences evenly", () => {
  for (const list of [choices, others, contexts]) {
    assertShare(list.filter((side) => side === 1).length, TRIALS, 1 / 2);
  }
  assertShare(choices.filter((side, i) => side === others[i]).length, TRIALS, 1 / 2);
  assertShare(choices.filter((side, i) => side === contexts[i]).length, TRIALS, 1 / 2);
  for (const first of COHERENCES) {
    for (const second of COHERENCES) {
      const hits = coherences[0].filter((c, i) => c === first && coherences[1][i] === second);
      assertShare(hits.length, TRIALS, 1 / 9);
    }
  }
});

Deno.test("contextDecision() has the mean and noise of each channel", () => {
  for (const context of [1, 2]) {
    for (const coherence of COHERENCES) {
      for (const side of [1, 2]) {
        for (const [pair, sides] of [[context, choices], [3 - context, others]] as const) {
          const keeps = (i: number) =>
            contexts[i] === context && sides[i] === side && coherences[pair - 1][i] === coherence;
          const at = 2 * pair - 2;
          assertNormal(values(MANY, 1, at + side, keeps), 0.5 + coherence / 200, 0.1);
          assertNormal(values(MANY, 1, at + 3 - side, keeps), 0.5 - coherence / 200, 0.1);
        }
      }
    }
    const keeps = (i: number) => contexts[i] === context;
    assertNormal(values(MANY, 0, 0, keeps), 1, 0.1);
    assertNormal(values(MANY, 0, 4 + context, keeps), 1, 0.1);
    assertNormal(values(MANY, 0, 7 - context, keeps), 0, 0.1);
  }
});

Deno.test("contextDecision() has noise that is independent over channels and steps", () => {
  const [a, b, c] = [[0, 0], [0, 5], [1, 0]].map(([step, k]) =>
    values(MANY, step, k, (i) => contexts[i] === 1)
  );
  for (const [u, v] of [[a, b], [a, c], [b, c]]) {
    assertLess(Math.abs(correlation(u, v)), 4 / Math.sqrt(u.length));
  }
});

Deno.test("contextDecision() keeps the context on, and all else silent after the stimulus", () => {
  assertEquals(MANY.inputs.length, 8);
  assertTargets(MANY, 1);
  for (let step = 2; step < 8; step++) {
    const { data } = MANY.inputs[step];
    const wait = step < 7 ? 1 : 0;
    for (let i = 0; i < 100; i++) {
      const expected = [wait, 0, 0, 0, 0, contexts[i] === 1 ? 1 : 0, contexts[i] === 2 ? 1 : 0];
      assertEquals([...data.slice(7 * i, 7 * i + 7)], expected);
    }
  }
});

Deno.test("contextDecision() without noise on the context, and with a short wait", () => {
  const drawn = contextDecision(rng(2), {
    trials: 50,
    steps: { fixation: 1, delay: 0 },
    noisyInputs: "pairs",
    fixationInput: "fixation period",
  });
  assertTargets(drawn, 1);
  assertEquals(drawn.inputs.map(({ data }) => data[0]), [1, 0, 0, 0]);
  for (const step of [0, 1, 2, 3]) {
    assertEquals(values(drawn, step, 5), [...drawn.contexts].map((pair) => pair === 1 ? 1 : 0));
    assertEquals(values(drawn, step, 6), [...drawn.contexts].map((pair) => pair === 2 ? 1 : 0));
  }
});

Deno.test("contextDecision() is decided by the ideal observer as often as theory says", () => {
  // The difference summed over 2 steps is N(2 c / 100, 4 noise^2): right with Phi(c / (100 noise));
  // who looks at the other pair is right half of the time.
  for (const coherence of COHERENCES) {
    let [right, wrongPair, n] = [0, 0, 0];
    for (let i = 0; i < TRIALS; i++) {
      if (coherences[contexts[i] - 1][i] !== coherence) continue;
      const called = (pair: number) => {
        const at = 7 * i + 2 * pair - 1;
        const evidence = [0, 1].reduce((sum, step) => {
          const { data } = MANY.inputs[step];
          return sum + data[at] - data[at + 1];
        }, 0);
        return evidence > 0 ? 1 : 2;
      };
      right += called(contexts[i]) === choices[i] ? 1 : 0;
      wrongPair += called(3 - contexts[i]) === choices[i] ? 1 : 0;
      n++;
    }
    assertShare(right, n, normalCdf(coherence / 10));
    assertShare(wrongPair, n, 1 / 2);
  }
});

Deno.test("contextDecision() begins with the same trials however many are drawn", () => {
  assertPrefix(contextDecision(rng("many"), { trials: 7 }), MANY);
});

Deno.test("contextDecision() refuses what it cannot draw", () => {
  const refuses = (options: unknown, kind: typeof RangeError, text: string) =>
    assertThrows(() => contextDecision(rng(1), options as ContextDecisionOptions), kind, text);
  refuses(undefined, TypeError, "options must be a record of settings");
  refuses({ trials: 1.5 }, RangeError, "trials is 1.5");
  refuses({ trials: 1, coherences: [5, -1] }, RangeError, "coherences[1] is -1");
  refuses({ trials: 1, noisyInputs: "none" }, RangeError, 'noisyInputs is "none"');
  refuses({ trials: 1, steps: { decision: 0 } }, RangeError, "steps.decision is 0");
});
