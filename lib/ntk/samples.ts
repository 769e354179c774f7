/**
 * Samples of inputs in batches, and blocks put together again.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import { isTensor, type Tensor, tf } from "../backend/tf.ts";
import { cannot } from "../check.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import type { InputKind, Inputs } from "../models/kinds.ts";

const DOING = "split samples";

/** Inputs in batches of at most `size` samples. */
export function batches<I extends InputKind, A extends ArrayKind>(
  x: Inputs<I, A>,
  size: number,
): readonly Inputs<I, A>[] {
  const steps = (Array.isArray(x) ? x : [x]) as readonly A[];
  if (steps.length === 0) {
    throw new TypeError(cannot(DOING, "inputs need at least one step", "inputs", x));
  }
  const n = rowsOf(steps[0]);
  if (size >= n) return [x];
  return Array.from({ length: Math.ceil(n / size) }, (_, b) => {
    const [from, to] = [b * size, Math.min(n, (b + 1) * size)];
    const parts = steps.map((a) => rowsFrom(a, from, to));
    return (Array.isArray(x) ? parts : parts[0]) as Inputs<I, A>;
  });
}

/** Number of samples of an array, which may be a tensor of any rank from 1. */
function rowsOf(a: ArrayKind): number {
  if (isTensor(a) && a.shape.length > 0) return a.shape[0];
  return checkMatrix(DOING, "inputs", a as Matrix).rows;
}

/** Some samples of an array. */
function rowsFrom<A extends ArrayKind>(a: A, from: number, to: number): A {
  if (isTensor(a)) return tf(DOING).slice(a as Tensor, [from], [to - from]) as unknown as A;
  const { cols, data } = checkMatrix(DOING, "inputs", a);
  return { rows: to - from, cols, data: data.slice(from * cols, to * cols) } as Matrix as A;
}

/** One array from blocks, row by row. */
export function fromBlocks<A>(ops: Ops<A>, blocks: readonly (readonly A[])[]): A {
  if (blocks.length === 1 && blocks[0].length === 1) return blocks[0][0];
  const rows = blocks.map((row) => ops.transpose(ops.concatColumns(row)));
  return ops.transpose(ops.concatColumns(rows));
}
