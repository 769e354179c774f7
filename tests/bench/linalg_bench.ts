/**
 * Products and decompositions in float64: LAPACK and portable code beside numpy, torch and JAX.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
import {
  add,
  eigh,
  matmul,
  type Matrix,
  polarFactor,
  rng,
  singularValues,
  svd,
  transpose,
} from "resolvent";
import { portableKernels } from "../../lib/linalg/portable.ts";
import { lapackIfFound, withKernels } from "../../lib/linalg/provider.ts";
import { beside, type Contender, milliseconds, peerContender, provider } from "./beside.ts";
import { openPeers } from "./python_peer.ts";

/** Sides of the square matrices: a weight of Figure 3's problem, two of large feature matrices. */
const SIDES: readonly number[] = [100, 512, 1000];

/** The largest side on which portable code decomposes in a second or two. */
const PORTABLE = 512;

/** Rounding of float64 over the thousands of operations behind a number, with room to spare. */
const TOLERANCE = 1e-11;

/** One operation on a matrix `a`, or on the symmetric `s`; of vectors, which have no sign, sizes count. */
type Operation = {
  readonly name: string;
  readonly run: (a: Matrix, s: Matrix) => unknown;
  readonly numbers: (a: Matrix, s: Matrix) => ArrayLike<number>;
  readonly theirs: string;
  readonly theirNumbers?: string;
};

const OPERATIONS: readonly Operation[] = [
  {
    name: "matmul",
    run: (a, s) => matmul(a, s),
    numbers: (a, s) => matmul(a, s).data,
    theirs: "a @ s",
  },
  {
    name: "singularValues",
    run: singularValues,
    numbers: singularValues,
    theirs: "singular_values(a)",
  },
  {
    name: "svd",
    run: svd,
    numbers: (a) => {
      const { u, s, v } = svd(a);
      return [...s, ...u.data.map(Math.abs), ...transpose(v).data.map(Math.abs)];
    },
    theirs: "svd(a)",
    theirNumbers: "[(f := svd(a))[1], abs(f[0]), abs(f[2])]",
  },
  {
    name: "eigh",
    run: (_, s) => eigh(s),
    numbers: (_, s) => {
      const { values, vectors } = eigh(s);
      return [...values, ...vectors.data.map(Math.abs)];
    },
    theirs: "linalg.eigh(s)",
    theirNumbers: "[(f := linalg.eigh(s))[0], abs(f[1])]",
  },
  {
    name: "polarFactor",
    run: (a) => polarFactor(a),
    numbers: (a) => polarFactor(a).data,
    theirs: "polar(a)",
  },
];

const peers = await openPeers("numpy", "torch", "jax");
const lapack = lapackIfFound();
const providers = [
  ...(lapack === null ? [] : [{ name: provider(), kernels: lapack, largest: Infinity }]),
  { name: "portable", kernels: portableKernels, largest: PORTABLE },
];

for (const side of SIDES) {
  const a = rng(1).normal([side, side]);
  const s = add(a, transpose(a));
  for (const peer of peers) {
    await peer.give("a", a, "float64");
    await peer.give("s", s, "float64");
  }
  for (const { name, run, numbers, theirs, theirNumbers } of OPERATIONS) {
    // a time of some milliseconds, which a clock and a process can tell
    const times = side === SIDES[0] ? 10 : 1;
    const ours = providers.filter(({ largest }) => side <= largest)
      .map(({ name, kernels }): Contender => ({
        name: `ours, ${name}`,
        run: () => milliseconds(() => withKernels(kernels, () => run(a, s)), times),
        numbers: () => withKernels(kernels, () => numbers(a, s)),
      }));
    await beside(`${name}, ${side} x ${side}, float64`, {
      ours,
      peers: peers.map((peer) =>
        peerContender(peer, { expression: theirs, numbers: theirNumbers, times })
      ),
      tolerance: TOLERANCE,
      seconds: 4,
    });
  }
}
for (const peer of peers) await peer.close();
