/**
 * Products with a constant factor, which goes to the smallest of the arrays.
 *
 * @module
 */
import type { Ops } from "../backend/ops.ts";
import type { ProductOptions } from "../linalg/kernels.ts";

/** `c op(a) op(b)`; of a factor, or of the product, the one with the fewest entries is multiplied. */
export function scaledProduct<A>(
  ops: Ops<A>,
  [a, c, b]: readonly [A, number, A],
  options: ProductOptions = {},
): A {
  if (c === 1) return ops.matmul(a, b, options);
  const [rows, inner] = ops.shape(a), [first, second] = ops.shape(b);
  const before = rows * inner, after = first * second;
  const product = (options.transposeA ? inner : rows) * (options.transposeB ? first : second);
  if (before <= Math.min(after, product)) return ops.matmul(ops.scale(a, c), b, options);
  if (after <= product) return ops.matmul(a, ops.scale(b, c), options);
  return ops.scale(ops.matmul(a, b, options), c);
}
