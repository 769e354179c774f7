/**
 * Seeds on all cores: how far gradient descent gets on random problems, with provenance.
 *
 * Run: deno run -A examples/run.ts
 *
 * @module
 */
import {
  matmul,
  matrix,
  onWorkers,
  progress,
  provenance,
  type Rng,
  rng,
  scale,
  sgd,
  subtract,
  train,
} from "resolvent";

/** Sizes and seed of the example. */
export type Options = {
  /** Number of random problems. */
  readonly seeds?: number;
  /** Number of steps on each. */
  readonly steps?: number;
  /** Root seed. */
  readonly seed?: number;
};

/** Loss of one random problem after some steps, as a share of the loss before: a task for a worker. */
async function remainingLoss(key: Rng, steps: number): Promise<number> {
  const [a, y] = [key.fork("features").normal([40, 10]), key.fork("targets").normal([40, 3])];
  const run = await train({
    params: matrix(10, 3),
    lossAndGradient: (w) => {
      const residual = subtract(matmul(a, w), y);
      return {
        loss: residual.data.reduce((sum, r) => sum + r * r, 0) / 80,
        gradient: scale(matmul(a, residual, { transposeA: true }), 1 / 40),
      };
    },
    optimizer: sgd({ learningRate: 0.2 }),
    steps,
  });
  return run.losses[steps] / run.losses[0];
}

/** Runs all seeds and prints their mean and where it came from; returns the shares. */
export async function main(
  { seeds = 16, steps = 50, seed = 7 }: Options = {},
): Promise<readonly number[]> {
  const bar = progress({ total: seeds, label: "seeds" });
  const task = onWorkers(remainingLoss, { onDone: () => bar.tick() });
  const shares = await Promise.all(rng(seed).split(seeds).map((key) => task(key, steps)));
  await bar.finish();
  const mean = shares.reduce((sum, share) => sum + share, 0) / seeds;
  const { resolvent, deno, linalg, source } = provenance({ seed, seeds, steps });
  console.table({
    "mean share of the loss left": mean.toFixed(4),
    seeds,
    steps,
    resolvent,
    deno,
    "linear algebra": linalg.name,
    source: source.slice(0, 12),
  });
  return shares;
}

if (import.meta.main) await main();
