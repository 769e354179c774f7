/**
 * Claims declared before they are measured: one that holds, one that does not, an inequality.
 *
 * Run: deno run -A examples/claims.ts
 *
 * @module
 */
import {
  atLeast,
  atMost,
  claim,
  forall,
  mean,
  multiplicityLine,
  type Rng,
  rng,
  singularValues,
  slope,
  slopeFit,
  type Verdict,
  verdictLine,
  within,
} from "resolvent";

/** Number of seeds and root seed of the example. */
export type Options = {
  /** Number of seeds of each random claim, at least 8. */
  readonly n?: number;
  /** Root seed. */
  readonly seed?: number;
};

const SIZES = [16, 48, 144];

/** Decides three claims on Gaussian matrices and prints a line for each; returns the verdicts. */
export async function main({ n = 16, seed = 1 }: Options = {}): Promise<readonly Verdict[]> {
  const key = rng(seed);
  const shared = {
    origin: "theorem",
    n,
    sizes: { quick: "k = 16, 48, 144", full: "", paper: "" },
  } as const;

  const grows = claim({
    ...shared,
    id: "gaussian/norm-grows",
    statement:
      "The largest singular value of a square Gaussian matrix grows as the root of its size",
    estimand: slope({ of: "per seed: log-log slope of the largest singular value against k" }),
    criterion: within(0.4, 0.6, "2 sqrt(k), with corrections of order k^(-2/3)"),
    control: { statement: "entries of variance 1/k", expected: "0: the norm is then about 2" },
  });

  const small = claim({
    ...shared,
    id: "gaussian/smallest-bounded-away",
    statement: "The smallest singular value of such a matrix stays above one half",
    estimand: mean({ of: "smallest singular value at k = 32" }),
    criterion: atLeast(0.5),
    covers: false, // the statement is about all sizes, one is run
    control: { statement: "one row twice", expected: "0: the matrix is then singular" },
  });

  const ordered = claim({
    ...shared,
    id: "gaussian/norms-ordered",
    statement: "The largest singular value is never above the Frobenius norm",
    estimand: forall({ of: "log of the largest singular value over the Frobenius norm" }),
    criterion: atMost(1e-12, "an inequality; rounding of 4 x 4 matrices"),
    n: 1000,
    control: { statement: "the spectral norm twice", expected: "violated for rank one and two" },
  });

  const verdicts = [
    await grows.decide(key.fork("grows"), (one) => exponent(one, () => 1), {
      control: (one) => exponent(one, (k) => 1 / Math.sqrt(k)),
    }),
    await small.decide(key.fork("small"), (one) => singularValues(one.normal([32, 32])).at(-1)!, {
      control: (one) => {
        const { rows, cols, data } = one.normal([32, 32]);
        return singularValues({ rows, cols, data: data.copyWithin(0, cols, 2 * cols) }).at(-1)!;
      },
    }),
    await ordered.decide(key.fork("ordered"), (one) => logRatio(one, 1), {
      control: (one) => logRatio(one, 2),
    }),
  ];
  for (const verdict of verdicts) console.log(verdictLine(verdict));
  console.log(multiplicityLine(verdicts));
  return verdicts;
}

/** Slope of the largest singular value against the size, on logarithms. */
function exponent(key: Rng, sd: (k: number) => number): number {
  const keys = key.split(SIZES.length);
  const largest = SIZES.map((k, i) => singularValues(keys[i].normal([k, k], { sd: sd(k) }))[0]);
  return slopeFit(SIZES, largest, { log: true }).slope;
}

/** Log of a multiple of the largest singular value over the Frobenius norm. */
function logRatio(key: Rng, multiple: number): number {
  const a = key.normal([4, 4]);
  return Math.log(multiple * singularValues(a)[0] / Math.hypot(...a.data));
}

if (import.meta.main) await main();
