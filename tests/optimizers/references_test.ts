/**
 * Runs of torch's own optimizers, made by tests/references/optimizers.py.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { adamW, applyUpdate, type Matrix, matrix, muon, sgd } from "resolvent";
import reference from "../references/optimizers.json" with { type: "json" };
import { assertClose } from "./contract.ts";
import type { Opaque } from "./members.ts";

/** Both sides compute the same formula in float64 in another order: rounding of a few products. */
const ROUNDING = 1e-12;
/** torch's Muon divides by max(‖D‖, 1e-7), ours and Jordan's by ‖D‖ + 1e-7: 1e-7 of the size apart. */
const NORMALISATION = 1e-7;

/** Our settings for each case of the script. */
const RULES: Readonly<Record<string, unknown>> = {
  "sgd with momentum": sgd({ learningRate: 0.1, momentum: 0.9 }),
  "sgd with Nesterov momentum": sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
  "adamW with defaults": adamW(),
  "adamW with settings": adamW({
    learningRate: 0.05,
    beta1: 0.8,
    beta2: 0.95,
    epsilon: 1e-3,
    weightDecay: 0.2,
  }),
  "muon with defaults": muon(),
  "muon without Nesterov, with decay": muon({
    learningRate: 0.1,
    momentum: 0.8,
    nesterov: false,
    weightDecay: 0.3,
  }),
  "muon at moonlight's scale": muon({
    learningRate: 0.05,
    momentum: 0.9,
    weightDecay: 0.1,
    scale: "moonlight",
  }),
};

Deno.test("every case of the reference has its settings", () => {
  assertEquals(Object.keys(reference.cases).sort(), Object.keys(RULES).sort());
});

for (const [name, runs] of Object.entries(reference.cases)) {
  for (const run of runs) {
    Deno.test(`${name} follows torch ${reference.torch} on ${run.rows} x ${run.cols}`, () => {
      const rule = RULES[name] as Opaque;
      const array = (data: readonly number[]): Matrix => matrix(run.rows, run.cols, data);
      let w = array(run.start);
      let state = rule.init(w);
      run.gradients.forEach((gradient, i) => {
        const [update, next] = rule.update(array(gradient), state, w);
        [w, state] = [applyUpdate(w, update), next];
        assertClose(w, array(run.path[i]), name.startsWith("muon") ? NORMALISATION : ROUNDING);
      });
    });
  }
}
