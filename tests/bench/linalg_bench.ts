/**
 * Products and decompositions: LAPACK beside portable code and, where Python has it, numpy.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
import { matmul, type Matrix, polarFactor, rng, singularValues, svd } from "resolvent";
import { portableKernels } from "../../lib/linalg/portable.ts";
import { lapackIfFound, withKernels } from "../../lib/linalg/provider.ts";
import { openNumpy } from "./numpy_peer.ts";

/** Side of the square matrices: what a feature matrix of the quick profile has. */
const SIDE = 256;

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
    name: "polarFactor",
    run: (a) => polarFactor(a),
    numpy: "(lambda f: f[0] @ f[2])(linalg.svd(a, full_matrices=False))",
  },
];

const a = rng(1).normal([SIDE, SIDE]);
const lapack = lapackIfFound();
const numpy = await openNumpy(SIDE);

for (const { name, run, numpy: expression } of OPERATIONS) {
  const group = `${name}, ${SIDE} x ${SIDE}`;
  Deno.bench(`${name}, portable`, { group, baseline: true }, () => {
    withKernels(portableKernels, () => run(a));
  });
  Deno.bench(`${name}, LAPACK`, { group, ignore: lapack === null }, () => {
    withKernels(lapack ?? portableKernels, () => run(a));
  });
  Deno.bench(`${name}, numpy`, { group, ignore: numpy === null }, async () => {
    await numpy?.run(expression);
  });
}
