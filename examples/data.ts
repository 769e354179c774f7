/**
 * Data with known truth: features with a spike, a regression on random features, tokens of a text.
 *
 * Run: deno run -A examples/data.ts
 *
 * @module
 */
import {
  eigenvalues,
  largestSingularValue,
  loadMobyDick,
  matmul,
  type Matrix,
  oneHotOperator,
  rng,
  scale,
  spikedCovarianceEigenvalue,
  spikedFeatures,
  spikedRandomFeatures,
  tokenize,
} from "resolvent";

/** Sizes and seed of the example. */
export type Options = {
  /** Number of features. */
  readonly features?: number;
  /** Number of samples. */
  readonly samples?: number;
  /** Root seed. */
  readonly seed?: number;
};

/** What was measured beside what is known. */
type Row = {
  readonly quantity: string;
  readonly measured: number;
  readonly known: number;
};

/** Draws one set of each kind and prints one table; returns its rows. */
export async function main(
  { features = 100, samples = 400, seed = 1 }: Options = {},
): Promise<readonly Row[]> {
  const key = rng(seed);
  const rows: Row[] = [];

  const sizes = { samples, dimension: features, spikes: [{ strength: 5 }] };
  const gaussian = spikedFeatures(key.fork("spike"), sizes);
  rows.push({
    quantity: "top eigenvalue, spike of strength 5",
    measured: topEigenvalue(gaussian.features),
    known: spikedCovarianceEigenvalue(5, { aspectRatio: features / samples }),
  });

  const exact = spikedFeatures(key.fork("spike"), { ...sizes, exact: true });
  rows.push({
    quantity: "the same, drawn exactly",
    measured: topEigenvalue(exact.features),
    known: 6,
  });

  // The mean of ReLU features makes a spike of k / (2 pi) in their second moment.
  const problem = spikedRandomFeatures(key.fork("problem"), {
    model: "realizable",
    inputs: features,
    features,
    samples,
    outputs: 10,
  });
  rows.push({
    quantity: "top eigenvalue, ReLU features",
    measured: topEigenvalue(problem.features),
    known: eigenvalues(problem.secondMoment!)[features - 1],
  });

  const { tokens, types, counts } = tokenize(await loadMobyDick(), { unit: "words" });
  rows.push({
    quantity: "stable rank of Moby-Dick's one-hot words",
    measured: tokens.length / largestSingularValue(oneHotOperator(tokens, types.length)) ** 2,
    known: tokens.length / counts[0],
  });
  console.log(`${types.length} words, the most frequent is "${types[0]}"`);
  console.table(rows);
  return rows;
}

/** The largest eigenvalue of the sample second moment A^T A / n. */
function topEigenvalue(a: Matrix): number {
  const moment = scale(matmul(a, a, { transposeA: true }), 1 / a.rows);
  return eigenvalues(moment)[a.cols - 1];
}

if (import.meta.main) await main();
