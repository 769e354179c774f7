/**
 * Products and decompositions: LAPACK beside portable code and, where Python has it, numpy.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
import { eigh, matmul, type Matrix, polarFactor, rng, singularValues, svd } from "resolvent";
import { portableKernels } from "../../lib/linalg/portable.ts";
import { lapackIfFound, withKernels } from "../../lib/linalg/provider.ts";
import { openNumpy } from "./numpy_peer.ts";

/** Sides of the square matrices: a weight of Figure 3's problem, and a large feature matrix. */
const SIDES: readonly number[] = [100, 512];

/** One operation in each of the three, on a matrix `a` that all share by its seed. */
const OPERATIONS: readonly {
  readonly name: string;
  readonly run: (a: Matrix) => unknown;
  readonly numpy: string;
}[] = [
  { name: "matmul", run: (a) => matmul(a, a), numpy: "a @ a" },
  { name: "singularValues", run: singularValues, numpy: "linalg.svd(a, compute_uv=False)" },
  { name: "svd", run: svd, numpy: "linalg.svd(a, full_matrices=False)" },
  {
    name: "eigh",
    run: (a) => eigh(matmul(a, a, { transposeA: true })),
    numpy: "linalg.eigh(a.T @ a)",
  },
  {
    name: "polarFactor",
    run: (a) => polarFactor(a),
    numpy: "(lambda f: f[0] @ f[2])(linalg.svd(a, full_matrices=False))",
  },
];

const lapack = lapackIfFound();

for (const side of SIDES) {
  const a = rng(1).normal([side, side]);
  const numpy = await openNumpy(side);
  for (const { name, run, numpy: expression } of OPERATIONS) {
    const rounds = side > 200 ? { n: 10, warmup: 2 } : {};
    // The summary of a group is the ratio of each to the baseline, which is ours.
    const group = `${name}, ${side} x ${side}`;
    Deno.bench(`${name} ${side}, portable`, { group, ...rounds, baseline: lapack === null }, () => {
      withKernels(portableKernels, () => run(a));
    });
    if (lapack !== null) {
      Deno.bench(`${name} ${side}, LAPACK`, { group, ...rounds, baseline: true }, () => {
        withKernels(lapack, () => run(a));
      });
    }
    if (numpy !== null) {
      // Only a function declared async is awaited.
      Deno.bench(`${name} ${side}, numpy`, { group, ...rounds }, async () => {
        await numpy.run(expression);
      });
    }
  }
}
