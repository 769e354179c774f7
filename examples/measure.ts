/**
 * Ways to say how many directions a matrix has, on matrices whose spectra fall ever faster.
 *
 * Run: deno run -A examples/measure.ts
 *
 * @module
 */
import {
  effectiveRank,
  matrixWithSpectrum,
  nuclearRank,
  numericalRank,
  participationRatio,
  rng,
  singularValues,
  stableRank,
} from "resolvent";

/** Size and seed of the example. */
export type Options = {
  /** Rows and columns. */
  readonly size?: number;
  /** Exponents a of the spectra i^-a. */
  readonly exponents?: readonly number[];
  /** Root seed. */
  readonly seed?: number;
};

/** Every measure of one matrix. */
type Row = {
  readonly exponent: number;
  readonly stable: number;
  readonly participation: number;
  readonly nuclear: number;
  readonly effective: number;
  readonly numerical: number;
};

/** Measures one matrix for each exponent and prints one table; returns its rows. */
export function main(
  { size = 60, exponents = [0, 0.5, 1, 2, 4, 8], seed = 1 }: Options = {},
): readonly Row[] {
  const rows = exponents.map((exponent, i): Row => {
    const values = Array.from({ length: size }, (_, j) => (j + 1) ** -exponent);
    const a = matrixWithSpectrum(rng(seed).fork(i), [size, size], values);
    // One decomposition serves all measures.
    const spectrum = { singularValues: singularValues(a) };
    return {
      exponent,
      stable: stableRank(spectrum),
      participation: participationRatio(spectrum),
      nuclear: nuclearRank(spectrum),
      effective: effectiveRank(spectrum),
      numerical: numericalRank(spectrum),
    };
  });
  console.log(`ranks of ${size} x ${size} matrices with singular values i^-a`);
  console.table(rows);
  return rows;
}

if (import.meta.main) main();
