/**
 * Initial weights of every rank at one norm, and what the rank does to their spectrum.
 *
 * Run: deno run -A examples/initializers.ts
 *
 * @module
 */
import {
  frobeniusNorm,
  lowRank,
  orthogonal,
  participationRatio,
  rng,
  scaled,
  spectralNorm,
} from "resolvent";

/** Sizes and seed of the example. */
export type Options = {
  /** Units before and after. */
  readonly units?: number;
  /** Ranks of the low-rank starts. */
  readonly ranks?: readonly number[];
  /** Root seed. */
  readonly seed?: number;
};

/** Prints norms and participation ratios; returns the ratios by name. */
export function main(
  { units = 50, ranks = [1, 5, 20, 50], seed = 1 }: Options = {},
): Readonly<Record<string, number>> {
  const key = rng(seed), shape = [units, units] as const;
  const starts = {
    scaled: scaled(key, shape),
    orthogonal: orthogonal(key, shape),
    ...Object.fromEntries(ranks.map((rank) => [`rank ${rank}`, lowRank(key, shape, { rank })])),
  };
  const ratios: Record<string, number> = {};
  for (const [name, weights] of Object.entries(starts)) {
    ratios[name] = participationRatio(weights);
    const sizes = [frobeniusNorm(weights), spectralNorm(weights), ratios[name]];
    console.log(`${name}: norms and participation ratio`, ...sizes.map((one) => one.toFixed(2)));
  }
  return ratios;
}

if (import.meta.main) main();
