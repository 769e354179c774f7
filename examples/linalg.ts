/**
 * What five steps of Newton-Schulz and of Polar Express do to singular values, beside the exact
 * polar factor, which makes all of them 1: `deno run -A examples/linalg.ts`.
 *
 * @module
 */
import {
  diagonal,
  linalgProvider,
  matmul,
  newtonSchulz,
  polarExpress,
  polarFactor,
  qr,
  rng,
} from "resolvent";

/** What the example can be told. */
export type Options = {
  /** Singular values of the matrix, over its Frobenius norm up to a common factor. */
  readonly values?: readonly number[];
  /** Steps of the two iterations. */
  readonly steps?: number;
  /** Seed of the singular vectors. */
  readonly seed?: number;
};

/** Prints one line per singular value. */
export function main(
  { values = [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002], steps = 5, seed = 7 }: Options =
    {},
): void {
  const n = values.length;
  const [left, right] = rng(seed).split(2);
  // a = u diag(values) v^T with random orthogonal u and v
  const u = qr(left.normal([2 * n, n])).q;
  const v = qr(right.normal([n, n])).q;
  const a = matmul(matmul(u, diagonal(values)), v, { transposeB: true });

  // All four keep the singular vectors, so u^T x v is diagonal and shows where each value went.
  const columns = [
    a,
    newtonSchulz(a, { steps }),
    polarExpress(a, { steps }),
    polarFactor(a),
  ].map((x) =>
    matmul(matmul(u, x, { transposeA: true }), v).data.filter((_, at) => at % (n + 1) === 0)
  );
  const { name, hint } = linalgProvider();
  console.log(`singular values after ${steps} steps, computed by ${name}`);
  if (hint !== null) console.log(`(for a faster provider: ${hint})`);
  console.log("  matrix  Newton-Schulz  Polar Express  polar factor");
  for (let i = 0; i < n; i++) {
    const [s, jordan, express, exact] = columns.map((column) => column[i].toFixed(4));
    console.log(
      `${s.padStart(8)}${jordan.padStart(15)}${express.padStart(15)}${exact.padStart(14)}`,
    );
  }
}

if (import.meta.main) main();
