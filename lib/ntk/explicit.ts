/**
 * The tangent kernel from an explicit Jacobian, and from its products with vectors.
 *
 * @module
 */
import type { Ops } from "../backend/ops.ts";
import { matrix } from "../matrix.ts";
import type { Derivatives } from "./derivatives.ts";

/** Derivatives at the samples of the rows and of the columns. */
export type Pair<T> = readonly [first: T, second: T];

/** The Jacobian, shape `[n o, parameters]`, one pass back for each row; samples come one by one. */
export function jacobianOf<A>(ops: Ops<A>, samples: readonly Derivatives<A>[]): A {
  const columns = samples.flatMap(({ n, o, pull }) =>
    Array.from({ length: n * o }, (_, at) => {
      const parts = Object.values(pull(basis(ops, n, o, at))).map((g) => {
        const size = ops.shape(g).reduce((product, side) => product * side, 1);
        return ops.reshape(g, 1, size);
      });
      return ops.transpose(ops.concatColumns(parts));
    })
  );
  return ops.transpose(ops.concatColumns(columns));
}

/** `J J'ᵀ`, or its mean over outputs. */
export function jacobianKernel<A>(
  ops: Ops<A>,
  [first, second]: Pair<A>,
  mean: number | null,
): A {
  if (mean === null) return ops.matmul(first, second, { transposeB: true });
  // The rows of a sample side by side: one product sums over its outputs.
  const [left, right] = [first, second].map((j) => {
    const [rows, cols] = ops.shape(j);
    return ops.reshape(j, rows / mean, cols * mean);
  });
  return ops.scale(ops.matmul(left, right, { transposeB: true }), 1 / mean);
}

/** `J (J'ᵀ e)` for every unit vector e: one column each. */
export function productsKernel<A>(
  ops: Ops<A>,
  [first, second]: Pair<Derivatives<A>>,
  outputs: "full" | "mean",
): A {
  const { n, o } = second;
  const columns = Array.from({ length: n * o }, (_, at) => {
    const column = first.push(second.pull(basis(ops, n, o, at)));
    return ops.reshape(column, first.n * o, 1);
  });
  const full = ops.concatColumns(columns);
  return outputs === "full" ? full : meanOfBlocks(ops, full, o);
}

/** The mean over u of the entries `[i o + u, j o + u]`. */
function meanOfBlocks<A>(ops: Ops<A>, full: A, o: number): A {
  const [rows, cols] = ops.shape(full);
  const diagonal = ops.constant(matrix(rows, cols, (i, j) => i % o === j % o ? 1 / o : 0));
  const left = ops.constant(matrix(rows / o, rows, (i, j) => Math.floor(j / o) === i ? 1 : 0));
  const right = ops.constant(matrix(cols, cols / o, (i, j) => Math.floor(i / o) === j ? 1 : 0));
  return ops.matmul(ops.matmul(left, ops.multiply(full, diagonal)), right);
}

/** A unit vector in the shape of outputs. */
function basis<A>(ops: Ops<A>, n: number, o: number, at: number): A {
  const data = new Float64Array(n * o);
  data[at] = 1;
  return ops.constant(matrix(n, o, data));
}
