/**
 * A network trained by automatic differentiation: the loss, and ranks of what enters each layer.
 *
 * Run: deno run -A examples/models.ts
 *
 * @module
 */
import {
  adamW,
  backend,
  matrix,
  mlp,
  rng,
  type Scalar,
  stableRank,
  toTensor,
  trainNetwork,
} from "resolvent";

/** Sizes and seed of the example. */
export type Options = {
  /** Number of samples. */
  readonly samples?: number;
  /** Units of each hidden layer. */
  readonly width?: number;
  /** Number of steps. */
  readonly steps?: number;
  /** Root seed. */
  readonly seed?: number;
};

/** Trains on a product of two inputs; returns the first and the last loss. */
export async function main(
  { samples = 64, width = 32, steps = 200, seed = 1 }: Options = {},
): Promise<readonly [first: number, last: number]> {
  const { name, reason } = await backend();
  console.log(`tensors on ${name}: ${reason}`);
  const key = rng(seed), model = mlp({ sizes: [4, width, width, 1] });
  const x = key.fork("x").normal([samples, 4]);
  const y = matrix(samples, 1, (i) => x.data[4 * i] * x.data[4 * i + 1]);
  const run = await trainNetwork(key.fork("training"), {
    params: model.init(key.fork("start")),
    loss: (params) => model.apply(params, toTensor(x)).sub(toTensor(y)).square().mean() as Scalar,
    optimizer: adamW({ learningRate: 0.01, weightDecay: 0 }),
    steps,
  });
  console.log(`loss ${run.losses[0].toFixed(4)} before, ${run.losses[steps].toFixed(4)} after`);
  for (const [weights, entering] of Object.entries(model.activations(run.params, x))) {
    console.log(`stable rank of what enters ${weights}: ${stableRank(entering).toFixed(2)}`);
  }
  return [run.losses[0], run.losses[steps]];
}

if (import.meta.main) await main();
