/**
 * Stable ranks of random features: measured, in the limit, and the paper's bound.
 *
 * Run: deno run -A examples/theory.ts
 *
 * @module
 */
import {
  deepReluStableRanks,
  type FeatureActivation,
  gaussianInputs,
  limitingStableRank,
  randomFeatures,
  rng,
  stableRank,
  stableRankBound,
} from "resolvent";

/** Sizes and seed of the example. */
export type Options = {
  /** Input dimension d; there are 2d features and 4d samples. */
  readonly inputs?: number;
  /** Activations to compare. */
  readonly activations?: readonly FeatureActivation[];
  /** Root seed. */
  readonly seed?: number;
};

/** One activation: measured beside theory. */
type Row = {
  readonly activation: string;
  readonly measured: number;
  readonly limit: number;
  readonly bound: number;
};

/** Non-centred activations first, centred ones after them. */
const ACTIVATIONS: readonly FeatureActivation[] = [
  "sigmoid",
  "abs",
  "square",
  "relu",
  { name: "leakyRelu", slope: 0.1 },
  "gelu",
  "relu2",
  "silu",
  "tanh",
  "swiglu",
];

/** Measures every activation once and prints one table; returns its rows. */
export function main(
  { inputs = 128, activations = ACTIVATIONS, seed = 1 }: Options = {},
): readonly Row[] {
  const key = rng(seed);
  const x = gaussianInputs(key.fork("inputs"), { samples: 4 * inputs, features: inputs });
  const rows = activations.map((activation): Row => {
    const options = { features: 2 * inputs, activation };
    const { features } = randomFeatures(x, key.fork("weights"), options);
    return {
      activation: typeof activation === "object" ? activation.name : String(activation),
      measured: stableRank(features),
      limit: limitingStableRank(activation),
      bound: stableRankBound(activation),
    };
  });
  console.log(`stable rank of ${2 * inputs} features, ${inputs} inputs, ${4 * inputs} samples`);
  console.log(`limits of ReLU layers 1 to 4: ${[...deepReluStableRanks(4)].join(" ")}`);
  console.table(rows);
  return rows;
}

if (import.meta.main) main();
