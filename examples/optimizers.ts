/**
 * One least-squares problem, five optimizers: the loss after a few steps.
 *
 * Run: deno run -A examples/optimizers.ts
 *
 * @module
 */
import {
  adamW,
  linearDecay,
  matmul,
  type Matrix,
  matrix,
  muon,
  type Optimizer,
  rng,
  scale,
  sgd,
  signDescent,
  singularValues,
  spectralDescent,
  subtract,
  train,
} from "resolvent";

/** Sizes and seed of the example. */
export type Options = {
  /** Number of samples. */
  readonly samples?: number;
  /** Number of features. */
  readonly features?: number;
  /** Number of steps. */
  readonly steps?: number;
  /** Root seed. */
  readonly seed?: number;
};

/** Trains with each optimizer and prints one table; returns the last loss of each. */
export async function main(
  { samples = 100, features = 20, steps = 30, seed = 1 }: Options = {},
): Promise<Readonly<Record<string, number>>> {
  const key = rng(seed);
  // features with one strong common direction, as ReLU features have it
  const noise = key.fork("features").normal([samples, features]);
  const a: Matrix = { ...noise, data: noise.data.map((x) => Math.max(x, 0)) };
  const teacher = key.fork("teacher").normal([features, features]);
  const y = matmul(a, teacher);
  const residual = (w: Matrix) => subtract(matmul(a, w), y);
  const loss = (w: Matrix) => residual(w).data.reduce((sum, r) => sum + r * r, 0) / (2 * samples);
  const gradient = (w: Matrix) => scale(matmul(a, residual(w), { transposeA: true }), 1 / samples);

  // the two curvature constants of the problem; their ratio is the stable rank of the features
  const squares = singularValues(a).map((s) => s * s / samples);
  const spectral = squares.reduce((sum, s) => sum + s, 0);
  const learningRate = linearDecay({ start: 0.5, steps });
  async function lossAfter<S>(optimizer: Optimizer<S>): Promise<number> {
    const params = matrix(features, features);
    return (await train({ params, loss, gradient, optimizer, steps })).losses[steps];
  }
  const losses = {
    "sgd, rate 1/L_F": await lossAfter(sgd({ learningRate: 1 / squares[0] })),
    "spectralDescent, curvature L_op": await lossAfter(spectralDescent({ curvature: spectral })),
    muon: await lossAfter(muon({ learningRate })),
    adamW: await lossAfter(adamW({ learningRate, weightDecay: 0 })),
    signDescent: await lossAfter(signDescent({ learningRate })),
  };
  console.log(`loss after ${steps} steps; stable rank of the features ${spectral / squares[0]}`);
  console.table(losses);
  return losses;
}

if (import.meta.main) await main();
