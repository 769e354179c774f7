/**
 * One-hot matrices of token sequences: as an operator for whole texts, in full for small ones.
 *
 * @module
 */
import { cannot, checkInteger, checkList } from "../check.ts";
import type { Operator } from "../linalg/operator.ts";
import { checkMatrix, type Matrix, matrix } from "../matrix.ts";

/**
 * Gives products with the one-hot matrix of a token sequence, without making it.
 *
 * **Definition** `A[i, j] = 1` if `tokens[i] = j`, else 0; `apply(x)[i] = x[tokens[i]]`,
 * `applyTransposed(y)[j] = sum of y[i] over tokens[i] = j`
 *
 * `A^T A` is the diagonal matrix of the counts, so the stable rank is `1 / p_max`, `p_max` the share of the
 * most frequent token. Sums are compensated: their error does not grow with the length of the text.
 *
 * @param tokens Indices of types, length n, from 0 to types - 1
 * @param types Number of types, an integer of at least 1
 * @returns Operator of shape `[n, types]`
 * @throws {RangeError} if a token is not an index of a type
 * @throws {TypeError} if the tokens are not a list
 *
 * @example Products in both directions
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { oneHotOperator } from "resolvent";
 *
 * const { apply, applyTransposed } = oneHotOperator(Int32Array.of(0, 1, 0), 2);
 * assertEquals([...apply(Float64Array.of(5, 7))], [5, 7, 5]);
 * assertEquals([...applyTransposed(Float64Array.of(1, 2, 3))], [4, 2]);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, section 2, eq. 2.15 (samples are columns there).
 */
export function oneHotOperator(tokens: ArrayLike<number>, types: number): Operator {
  const doing = "make a one-hot operator";
  checkTokens(doing, tokens, types);
  const kept = Int32Array.from(tokens);
  function apply(x: Float64Array): Float64Array {
    checkLength(doing, "x", x, types);
    const out = new Float64Array(kept.length);
    for (let i = 0; i < kept.length; i++) out[i] = x[kept[i]];
    return out;
  }
  function applyTransposed(y: Float64Array): Float64Array {
    checkLength(doing, "y", y, kept.length);
    const out = new Float64Array(types);
    const lost = new Float64Array(types);
    for (let i = 0; i < kept.length; i++) {
      // Kahan's summation: a type's terms may be equal, so that their rounding would add up.
      const at = kept[i];
      const term = y[i] - lost[at];
      const sum = out[at] + term;
      lost[at] = sum - out[at] - term;
      out[at] = sum;
    }
    return out;
  }
  return { rows: tokens.length, cols: types, apply, applyTransposed };
}

/**
 * Makes the one-hot matrix of a short token sequence.
 *
 * **Definition** `A[i, j] = 1` if `tokens[i] = j`, else 0
 *
 * @param tokens Indices of types, length n, from 0 to types - 1
 * @param types Number of types, an integer of at least 1
 * @returns shape `[n, types]`
 * @throws {RangeError} if a token is not an index of a type
 * @throws {TypeError} if the tokens are not a list
 *
 * @example Three tokens of two types
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, oneHotMatrix } from "resolvent";
 *
 * assertEquals(oneHotMatrix(Int32Array.of(0, 1, 0), 2), matrix(3, 2, [1, 0, 0, 1, 1, 0]));
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, section 2, eq. 2.15 (samples are columns there).
 */
export function oneHotMatrix(tokens: ArrayLike<number>, types: number): Matrix {
  checkTokens("make a one-hot matrix", tokens, types);
  const out = new Float64Array(tokens.length * types);
  for (let i = 0; i < tokens.length; i++) out[i * types + tokens[i]] = 1;
  return matrix(tokens.length, types, out);
}

/**
 * Shrinks a long matrix of embedded tokens to one row per type with the same singular values.
 *
 * **Definition** `diag(sqrt(counts)) E`: with `A` the one-hot matrix, `(A E)^T A E = E^T diag(counts) E`
 *
 * @param embedding One row per type, shape `[types, d]`
 * @param counts How often each type occurs, length types, at least 0
 * @returns shape `[types, d]`
 * @throws {TypeError} if the counts are not a list with one for each row
 * @throws {RangeError} if an entry is not finite or a count negative
 *
 * @example A type that occurs four times weighs twice
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { embeddedTokens, matrix } from "resolvent";
 *
 * assertEquals(embeddedTokens(matrix(2, 1, [3, 5]), [4, 1]), matrix(2, 1, [6, 5]));
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, Theorem 2.9 (X = E A there).
 */
export function embeddedTokens(embedding: Matrix, counts: ArrayLike<number>): Matrix {
  const doing = "embed tokens";
  checkMatrix(doing, "embedding", embedding);
  checkList(doing, "counts", counts);
  if (counts.length !== embedding.rows) {
    const need = `each of the ${embedding.rows} rows needs a count`;
    throw new TypeError(cannot(doing, need, "the number of counts", counts.length));
  }
  const roots = Float64Array.from(
    counts,
    (count, i) => Math.sqrt(checkInteger(doing, `counts[${i}]`, count, { min: 0 })),
  );
  const { rows, cols, data } = embedding;
  const out = new Float64Array(data.length);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) out[at] = roots[i] * data[at];
  }
  return matrix(rows, cols, out);
}

/** Throws unless every token is an index below `types`. */
function checkTokens(doing: string, tokens: ArrayLike<number>, types: number): void {
  checkInteger(doing, "types", types, { min: 1 });
  if (typeof tokens !== "object" || tokens === null || !Number.isInteger(tokens.length)) {
    throw new TypeError(cannot(doing, "tokens must be a list of indices", "tokens", tokens));
  }
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    // Without the quick look the name of each token would be written for nothing.
    if (Number.isInteger(token) && token >= 0 && token < types) continue;
    checkInteger(doing, `tokens[${i}]`, token, { min: 0, max: types - 1 });
  }
}

/** Throws unless a vector has the length that a product needs. */
function checkLength(doing: string, name: string, vector: Float64Array, length: number): void {
  if (vector.length === length) return;
  throw new TypeError(
    cannot(doing, `${name} must have ${length} entries`, "its length", vector.length),
  );
}
