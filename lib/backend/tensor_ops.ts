/**
 * The operations on float32 tensors.
 *
 * @module
 */
import { cannot } from "../check.ts";
import type { ProductOptions } from "../linalg/kernels.ts";
import { checkMatrix } from "../matrix.ts";
import type { Ops } from "./ops.ts";
import {
  addRow,
  checkTensorShapes,
  columnSums,
  concatColumns,
  multiplyBlocks,
  reshape,
  sides,
  sliceColumns,
} from "./tensor_blocks.ts";
import { clipNorm, newtonSchulz, nuclearPolar, polar, polarExpress } from "./tensor_orthogonal.ts";
import { isTensor, type Tensor, type Tf, tf } from "./tf.ts";

/**
 * The operations on float32 tensors, on the backend that is in use. Each leaves one new tensor, for
 * the caller to dispose or to tidy.
 */
export const tensorOps: Ops<Tensor> = {
  check,
  shape: (a) => a.shape,
  zerosLike: (a) => tf("make zeros").zerosLike(a),
  add: (a, b) => entryByEntry("add tensors", a, b).add(a, b),
  subtract: (a, b) => entryByEntry("subtract tensors", a, b).sub(a, b),
  multiply: (a, b) => entryByEntry("multiply entries", a, b).mul(a, b),
  divide: (a, b) => entryByEntry("divide entries", a, b).div(a, b),
  scale: (a, c) => tf("scale a tensor").mul(a, c),
  addScalar: (a, c) => tf("add a number").add(a, c),
  sqrt: (a) => tf("take roots").sqrt(a),
  sign: (a) => tf("take signs").sign(a),
  clipNorm,
  matmul,
  transpose: (a) => {
    const doing = "transpose a tensor";
    sides(doing, a);
    return tf(doing).transpose(a);
  },
  reshape,
  constant: (a) => {
    const { rows, cols, data } = checkMatrix("make a tensor", "a", a);
    return tf("make a tensor").tensor2d(Float32Array.from(data), [rows, cols]);
  },
  addRow,
  columnSums,
  multiplyBlocks,
  concatColumns,
  sliceColumns,
  polar,
  nuclearPolar,
  newtonSchulz,
  polarExpress,
};

/** Refuses what is no float32 tensor, or a disposed one; entries cannot be seen without a read. */
function check(doing: string, name: string, a: Tensor): Tensor {
  if (!isTensor(a)) throw new TypeError(cannot(doing, `${name} must be a tensor`, name, a));
  if (a.isDisposed) {
    throw new TypeError(`Cannot ${doing} as ${name} must be a live tensor: it has been disposed`);
  }
  if (a.dtype === "float32") return a;
  throw new TypeError(cannot(doing, `${name} must be of type float32`, "its type", a.dtype));
}

/** The library, for two tensors of one shape: others would be repeated in silence. */
function entryByEntry(doing: string, a: Tensor, b: Tensor): Tf {
  const same = String(a.shape) === String(b.shape);
  checkTensorShapes(doing, "shapes must be equal", same, a, b);
  return tf(doing);
}

/** The product of two tensors, either transposed if asked. */
function matmul(a: Tensor, b: Tensor, options: ProductOptions = {}): Tensor {
  const doing = "multiply tensors";
  const { transposeA = false, transposeB = false } = options;
  const [left, right] = [sides(doing, a), sides(doing, b)];
  const fit = left[transposeA ? 0 : 1] === right[transposeB ? 1 : 0];
  checkTensorShapes(doing, "the inner lengths must be equal", fit, a, b);
  return tf(doing).matMul(a, b, transposeA, transposeB);
}
