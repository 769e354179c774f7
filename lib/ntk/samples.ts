/**
 * Samples of inputs in batches, and blocks put together again.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import type { InputKind, Inputs } from "../models/kinds.ts";

/** Inputs in batches of at most `size` samples. */
export function batches<I extends InputKind, A extends ArrayKind>(
  ops: Ops<A>,
  x: Inputs<I, A>,
  size: number,
): readonly Inputs<I, A>[] {
  const steps = (Array.isArray(x) ? x : [x]) as readonly A[];
  const n = ops.shape(steps[0])[0];
  if (size >= n) return [x];
  return Array.from({ length: Math.ceil(n / size) }, (_, b) => {
    const [from, to] = [b * size, Math.min(n, (b + 1) * size)];
    const parts = steps.map((a) => ops.transpose(ops.sliceColumns(ops.transpose(a), from, to)));
    return (Array.isArray(x) ? parts : parts[0]) as Inputs<I, A>;
  });
}

/** One array from blocks, row by row. */
export function fromBlocks<A>(ops: Ops<A>, blocks: readonly (readonly A[])[]): A {
  if (blocks.length === 1 && blocks[0].length === 1) return blocks[0][0];
  const rows = blocks.map((row) => ops.transpose(ops.concatColumns(row)));
  return ops.transpose(ops.concatColumns(rows));
}
