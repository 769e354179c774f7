/**
 * The tangent kernel from what enters and what leaves each parameter: never a Jacobian.
 *
 * @module
 */
import type { Ops } from "../backend/ops.ts";
import { matrix } from "../matrix.ts";
import type { Trace } from "../models/kinds.ts";

/** Numbers that the derivatives of several outputs by one layer's sums may fill: they stay in cache. */
const ROOM = 2 ** 21;

/** Traces of the samples of both sides, one trace where they are the same, and what is asked for. */
export type LayerwiseOptions<A> = {
  /** The samples of the rows. */
  readonly first: Trace<A>;
  /** The samples of the columns. */
  readonly second: Trace<A>;
  /** All pairs of outputs, or the mean of equal ones. */
  readonly outputs: "full" | "mean";
  /** Names of the parameters. */
  readonly only: readonly string[];
};

/**
 * The kernel, shape `[n1 o, n2 o]`, or its mean over outputs, `[n1, n2]`.
 *
 * As the derivative of output u of sample i by a parameter is the sum over its uses of
 * `m A[i, :]ᵀ D[i u, :]`, the kernel is `sum m m' (A A'ᵀ ⊗ 1) ∘ (D D'ᵀ)` over pairs of uses of one
 * parameter. For the mean the rows of D of one sample lie side by side: one product then sums over
 * outputs and units.
 */
export function layerwiseKernel<A>(ops: Ops<A>, options: LayerwiseOptions<A>): A {
  const { first, outputs } = options;
  const [n, o] = ops.shape(first.output);
  if (outputs === "full") return kernelOf(ops, options, [0, o]);
  const widest = first.uses.reduce(
    (most, { activation }) => activation === null ? most : Math.max(most, ops.shape(activation)[1]),
    1,
  );
  const step = Math.max(1, Math.floor(ROOM / (n * widest)));
  let sum: A | null = null;
  for (let from = 0; from < o; from += step) {
    const part = kernelOf(ops, options, [from, Math.min(o, from + step)]);
    sum = sum === null ? part : ops.add(sum, part);
  }
  return ops.scale(sum!, 1 / o);
}

/** The kernel of some outputs, or its sum over them. */
function kernelOf<A>(
  ops: Ops<A>,
  { first, second, outputs, only }: LayerwiseOptions<A>,
  range: readonly [from: number, to: number],
): A {
  const same = first === second;
  const left = deltasOf(ops, first, range, only);
  const right = same ? left : deltasOf(ops, second, range, only);
  const count = range[1] - range[0];
  /** The rows that the products are of. */
  function rows(deltas: A): A {
    const [all, units] = ops.shape(deltas);
    return outputs === "full" ? deltas : ops.reshape(deltas, all / count, count * units);
  }
  // Weights and biases of a layer have the same derivatives: their product is taken once.
  const grams = new Map<A, Map<A, A>>();
  /** Inner products of derivatives. */
  function gramOf(mine: A, other: A): A {
    const known = grams.get(mine)?.get(other);
    if (known !== undefined) return known;
    const row = rows(mine);
    const gram = outer(ops, row, mine === other ? row : rows(other));
    if (!grams.has(mine)) grams.set(mine, new Map());
    grams.get(mine)!.set(other, gram);
    return gram;
  }
  let kernel: A | null = null; // of pairs once, and of all where the sides differ
  let halves: A | null = null; // of pairs whose mirror image counts too
  first.uses.forEach((use, s) => {
    if (!only.includes(use.name)) return;
    second.uses.forEach((other, t) => {
      if (other.name !== use.name || (same && t < s)) return;
      const gram = gramOf(left[s]!, right[t]!);
      const sized = use.activation === null || other.activation === null
        ? gram
        : ops.multiplyBlocks(gram, outer(ops, use.activation, other.activation));
      const factor = use.multiplier * other.multiplier;
      const one = factor === 1 ? sized : ops.scale(sized, factor);
      if (same && t > s) halves = halves === null ? one : ops.add(halves, one);
      else kernel = kernel === null ? one : ops.add(kernel, one);
    });
  });
  if (kernel !== null) {
    return halves === null ? kernel : ops.add(kernel, ops.add(halves, ops.transpose(halves)));
  }
  const sides = [first, second].map(({ output }) => ops.shape(output)[0]);
  const [n1, n2] = outputs === "full" ? sides.map((n) => n * count) : sides;
  return ops.constant(matrix(n1, n2)); // nothing depends on these parameters
}

/** Derivatives of some outputs by what each use adds to: row `i count + u` for sample i. */
function deltasOf<A>(
  ops: Ops<A>,
  trace: Trace<A>,
  [from, to]: readonly [number, number],
  only: readonly string[],
): readonly (A | null)[] {
  const [n, o] = ops.shape(trace.output);
  const count = to - from;
  const data = new Float64Array(n * count * o);
  for (let i = 0; i < n; i++) {
    for (let u = 0; u < count; u++) data[(i * count + u) * o + from + u] = 1;
  }
  return trace.pullback(ops.constant(matrix(n * count, o, data)), only);
}

/** `a bᵀ`; of half the operations where both are one array. */
function outer<A>(ops: Ops<A>, a: A, b: A): A {
  return ops.matmul(a, b, { transposeB: true });
}
