/**
 * The operations on rows, columns and blocks of tensors that models and kernels need.
 *
 * @module
 */
import { cannot, shown } from "../check.ts";
import { type Tensor, type Tensor2D, tf } from "./tf.ts";

/** The same entries in another shape, without a copy. */
export function reshape(a: Tensor, rows: number, cols: number): Tensor {
  const doing = "reshape a tensor";
  if (rows * cols === a.size) return tf(doing).reshape(a, [rows, cols]);
  const need = `${rows} x ${cols} needs ${rows * cols} entries`;
  throw new TypeError(cannot(doing, need, "its shape", a.shape));
}

/** `a` plus a row in each of its rows. */
export function addRow(a: Tensor, row: Tensor): Tensor {
  const doing = "add a row";
  const [[, cols], [rows, length]] = [sides(doing, a), sides(doing, row)];
  checkTensorShapes(doing, "it needs as many columns", rows === 1 && length === cols, a, row);
  return tf(doing).add(a, row);
}

/** Sums of columns as a row. */
export function columnSums(a: Tensor): Tensor {
  const doing = "sum columns";
  sides(doing, a);
  return tf(doing).sum(a, 0, true);
}

/** Each block of `a` times the entry of `b` at its place; the sizes tell how large a block is. */
export function multiplyBlocks(a: Tensor, b: Tensor): Tensor {
  const doing = "multiply blocks";
  const library = tf(doing);
  const [[rows, cols], [n, m]] = [sides(doing, a), sides(doing, b)];
  const high = rows / n, wide = cols / m;
  const whole = n > 0 && m > 0 && Number.isInteger(high) && Number.isInteger(wide);
  checkTensorShapes(doing, "the first must be whole blocks of the second", whole, a, b);
  return library.tidy(() => {
    const blocks = library.reshape(a, [n, high, m, wide]);
    return library.reshape(library.mul(blocks, library.reshape(b, [n, 1, m, 1])), [rows, cols]);
  });
}

/** Tensors side by side. */
export function concatColumns(list: readonly Tensor[]): Tensor {
  const doing = "join columns";
  const [rows] = sides(doing, list[0]);
  for (const a of list) {
    checkTensorShapes(doing, "each needs as many rows", sides(doing, a)[0] === rows, list[0], a);
  }
  return tf(doing).concat2d([...list] as Tensor2D[], 1);
}

/** Columns `from` to `to`, the last excluded. */
export function sliceColumns(a: Tensor, from: number, to: number): Tensor {
  const doing = "take columns";
  const [rows] = sides(doing, a);
  return tf(doing).slice2d(a as Tensor2D, [0, from], [rows, to - from]);
}

/** Numbers of rows and columns, or an error where there are not both. */
export function sides(doing: string, a: Tensor): readonly [rows: number, cols: number] {
  if (a.shape.length === 2) return a.shape as [number, number];
  throw new TypeError(cannot(doing, "the tensor must have rows and columns", "its shape", a.shape));
}

/** Throws a `TypeError` unless `holds`, naming the shapes of both tensors. */
export function checkTensorShapes(
  doing: string,
  need: string,
  holds: boolean,
  a: Tensor,
  b: Tensor,
): void {
  if (holds) return;
  throw new TypeError(
    `Cannot ${doing} as ${need}: the shapes are ${shown(a.shape)} and ${shown(b.shape)}`,
  );
}
