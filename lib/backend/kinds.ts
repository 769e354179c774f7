/**
 * The kinds of array, and the operations of each.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { isMatrix, type Matrix } from "../matrix.ts";
import { matrixOps } from "./matrix_ops.ts";
import type { Ops } from "./ops.ts";
import { tensorOps } from "./tensor_ops.ts";
import { isTensor, type Tensor } from "./tf.ts";

/** The kinds of array that optimizers and models work on. */
export type ArrayKind = Matrix | Tensor;

/** Operations of the kind of an array. */
export function operationsOf<A extends ArrayKind>(doing: string, array: A): Ops<A> {
  if (isMatrix(array)) return matrixOps as unknown as Ops<A>;
  if (isTensor(array)) return tensorOps as unknown as Ops<A>;
  throw new TypeError(cannot(doing, "params must be a matrix or a tensor", "params", array));
}
