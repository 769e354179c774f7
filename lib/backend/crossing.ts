/**
 * The only crossing between float64 matrices and float32 tensors.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { isTensor, type Tensor, type Tensor2D, tf } from "./tf.ts";

/**
 * Makes a tensor of a matrix, on the backend in use.
 *
 * **Definition** Each entry rounded to the nearest float32, so that a relative error of up to
 * `2^-24` arises (absolute below `2^-126`).
 *
 * @param matrix shape `[rows, cols]`; entries finite and, rounded, below `2^128`
 * @returns shape `[rows, cols]`, float32; whoever asked for it disposes it
 * @throws {TypeError} if `matrix` is not a matrix
 * @throws {RangeError} if an entry is not finite, or becomes infinite as a float32
 * @throws {Error} if no backend has been chosen
 *
 * @example There and back
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { backend, matrix, toMatrix, toTensor } from "resolvent";
 *
 * await backend({ prefer: "cpu" });
 * const tensor = toTensor(matrix(2, 2, [1, 2, 3, 4.5]));
 * assertEquals(await toMatrix(tensor), matrix(2, 2, [1, 2, 3, 4.5]));
 * tensor.dispose();
 * ```
 *
 * Source: IEEE 754-2019, binary32, rounding to nearest with ties to even.
 */
export function toTensor(matrix: Matrix): Tensor2D {
  const doing = "make a tensor";
  const { rows, cols, data } = checkMatrix(doing, "matrix", matrix);
  const values = Float32Array.from(data);
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    const place = `matrix[${Math.floor(at / cols)}, ${at % cols}]`;
    throw new RangeError(cannot(doing, "entries must fit in a float32", place, data[at]));
  }
  return tf(doing).tensor2d(values, [rows, cols], "float32");
}

/**
 * Reads a tensor back, without blocking.
 *
 * **Definition** Each entry as a float64, which holds every float32 and int32 exactly; entries that
 * are not finite stay so and are refused where the matrix is used.
 *
 * @param tensor rank 0 to 2, numbers; stays as it is
 * @returns shape `[rows, cols]`; `[1, n]` for a tensor of rank 1 and `[1, 1]` for a number
 * @throws {TypeError} if `tensor` is not a tensor of numbers of rank 0 to 2, or has been disposed
 * @throws {Error} if the device failed since it was chosen
 *
 * @example A tensor of rank 1 is a row
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { backend, matrix, toMatrix, toTensor } from "resolvent";
 *
 * await backend({ prefer: "cpu" });
 * const tensor = toTensor(matrix(2, 2, [1, 2, 3, 4]));
 * assertEquals(await toMatrix(tensor.sum(0)), matrix(1, 2, [4, 6]));
 * ```
 *
 * Source: IEEE 754-2019, binary32 and binary64.
 */
export async function toMatrix(tensor: Tensor): Promise<Matrix> {
  const doing = "make a matrix of a tensor";
  if (!isTensor(tensor)) {
    throw new TypeError(cannot(doing, "tensor must be a tensor", "tensor", tensor));
  }
  if (tensor.isDisposed) {
    throw new TypeError(cannot(doing, "tensor must be in use", "tensor.isDisposed", true));
  }
  const { shape, dtype } = tensor;
  if (shape.length > 2) {
    throw new TypeError(cannot(doing, "its rank must be at most 2", "its shape", shape));
  }
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
    throw new TypeError(cannot(doing, "it must hold numbers", "its dtype", dtype));
  }
  const [rows, cols] = shape.length === 2 ? shape : [1, shape[0] ?? 1];
  return { rows, cols, data: Float64Array.from(await tensor.data()) };
}
