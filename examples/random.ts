/**
 * Randomness as a value: keys, forks, splits and streams, and how even their draws are.
 *
 * Run: deno run -A examples/random.ts
 *
 * @module
 */
import { restoreRng, rng } from "resolvent";

/** Sizes and seed of the example. */
export type Options = {
  /** Numbers drawn of each kind. */
  readonly count?: number;
  /** Root seed. */
  readonly seed?: number;
};

/** Moments of a sample beside those of its law. */
type Row = {
  readonly draw: string;
  readonly mean: number;
  readonly expected: number;
  readonly deviations: number;
};

/** Draws from one key in every way and prints one table; returns its rows. */
export function main({ count = 10_000, seed = 1 }: Options = {}): readonly Row[] {
  const key = rng(seed);
  const stream = key.stream();
  const [first, second] = key.split(2).map((part) => part.normal(count));
  const noise = key.fork("noise").normal(count);

  // A key is a value: drawn again, sent to a worker or read from a file, it gives the same numbers.
  const again = restoreRng(JSON.parse(JSON.stringify(key.state))).fork("noise").normal(count);
  const same = noise.every((value, i) => value === again[i]);

  const rows = [
    row("uniform", key.uniform(count), 1 / 2, 1 / 12),
    row("normal", key.normal(count), 0, 1),
    row("normal, squared", key.normal(count).map((z) => z * z), 1, 2),
    row("integers below 6", key.integers(count, { max: 6 }), 2.5, 35 / 12),
    row("stream", Float64Array.from({ length: count }, () => stream.normal()), 0, 1),
    row("key x fork", noise.map((z, i) => z * first[i]), 0, 1),
    row("split x split", first.map((z, i) => z * second[i]), 0, 1),
  ];
  console.log(
    `${count} draws of each kind from rng(${seed}); restored key draws the same: ${same}`,
  );
  console.log(`a permutation of 8: ${key.permutation(8).join(" ")}`);
  console.table(rows);
  return rows;
}

/** The sample's mean beside its expectation, and their distance in standard deviations. */
function row(draw: string, values: Float64Array, expected: number, variance: number): Row {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviations = (mean - expected) / Math.sqrt(variance / values.length);
  return { draw, mean, expected, deviations };
}

if (import.meta.main) main();
