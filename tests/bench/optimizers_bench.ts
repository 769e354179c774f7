/**
 * One step of each optimizer on a 256 x 256 matrix, and what a call on the pool costs.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
import { closeWorkers, matrix, onWorkers, rng } from "resolvent";
import { MEMBERS } from "../optimizers/members.ts";

/** Side of the square matrices: what a feature matrix of the quick profile has. */
const SIDE = 256;

const gradient = rng(1).normal([SIDE, SIDE]);
const weights = matrix(SIDE, SIDE);

for (const { name, make } of MEMBERS) {
  const rule = make(0.1);
  const state = rule.init(weights);
  Deno.bench(`a step of ${name}`, { group: "steps", baseline: name === "sgd" }, () => {
    rule.update(gradient, state, weights);
  });
}

let call = 0;
const task = onWorkers((x: number) => x + 1);

Deno.bench("a call on a warm pool", { group: "workers" }, async () => {
  await task(call++);
});

Deno.bench("a remembered call", { group: "workers" }, async () => {
  await task(-1);
});

Deno.bench("the first call on a pool", { group: "workers", n: 5 }, async () => {
  await closeWorkers();
  await task(call++);
});
