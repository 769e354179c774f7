/**
 * The one list of initialisers, each with the variance that it states.
 *
 * @module
 */
import {
  lowRank,
  lowRankFactors,
  matmul,
  type Matrix,
  mlp,
  orthogonal,
  parametrization,
  type Rng,
  scaled,
  spiked,
} from "resolvent";

/** An initialiser of weights of one shape. */
export type Member = {
  readonly name: string;
  readonly draw: (rng: Rng) => Matrix;
  /** Mean over entries of the expected square. */
  readonly variance: number;
  /** Whether each draw has exactly this mean square, not only the expectation. */
  readonly exact: boolean;
};

const SHAPE = [24, 40] as const;
const [ROWS, COLS] = SHAPE;

/** Weights of a parametrisation's hidden layer. */
function hidden(kind: "standard" | "ntk" | "mean-field" | "mup"): Member {
  const { variance, shape } = parametrization({ kind, sizes: [3, ROWS, COLS, 2] })[1];
  return {
    name: `parametrization in ${kind}`,
    draw: (rng) => rng.normal(shape, { sd: Math.sqrt(variance) }),
    variance,
    exact: false,
  };
}

/** Every initialiser; adding one to the library means adding it here. */
export const MEMBERS: readonly Member[] = [
  { name: "scaled", draw: (rng) => scaled(rng, SHAPE), variance: 1 / ROWS, exact: false },
  {
    name: "scaled, uniform by the fan-out",
    draw: (rng) => scaled(rng, SHAPE, { fan: "out", gain: 2, distribution: "uniform" }),
    variance: 4 / COLS,
    exact: false,
  },
  {
    name: "scaled, truncated, by both fans",
    draw: (rng) => scaled(rng, SHAPE, { fan: "average", distribution: "truncated normal" }),
    variance: 2 / (ROWS + COLS),
    exact: false,
  },
  {
    name: "orthogonal",
    draw: (rng) => orthogonal(rng, SHAPE, { gain: 1.5 }),
    variance: 1.5 ** 2 / COLS,
    exact: true,
  },
  {
    name: "spiked",
    draw: (rng) => spiked(rng, SHAPE, { strengths: [4, 3], gain: 0.5 }),
    variance: 0.25 * (1 + 25 / COLS) / ROWS,
    exact: false,
  },
  {
    name: "lowRank",
    draw: (rng) => lowRank(rng, SHAPE, { rank: 3, gain: 1.25 }),
    variance: 1.25 ** 2 / ROWS,
    exact: false,
  },
  {
    name: "the product of lowRankFactors",
    draw: (rng) => {
      const { left, right } = lowRankFactors(rng, SHAPE, { rank: 3 });
      return matmul(left, right);
    },
    variance: 1 / ROWS,
    exact: false,
  },
  hidden("standard"),
  hidden("ntk"),
  hidden("mean-field"),
  hidden("mup"),
  {
    name: "the start of mlp",
    draw: (rng) => mlp({ sizes: [3, ROWS, COLS, 2], weightVariance: 2 }).init(rng).w2,
    variance: 2 / ROWS,
    exact: false,
  },
];
