/**
 * The population second moment of random features, from their weights.
 *
 * @module
 */
import { matmul } from "../linalg/matmul.ts";
import { checkMatrix, type Matrix, matrix } from "../matrix.ts";
import { closedSecondMoment } from "./second_moment.ts";
import type { FeatureActivation } from "./random_features.ts";

/**
 * Computes the second moment of random features of standard normal inputs in closed form.
 *
 * **Definition** `M[i, j] = E s(v_i . x) s(v_j . x)`, `x ~ N(0, I)`, `v_i` the columns of the weights; for
 * ReLU `|v_i| |v_j| / (2 pi) (sqrt(1 - t^2) + (pi - arccos t) t)` with `t` their cosine
 *
 * @param weights V, shape `[d, k]`
 * @param activation A name, `{ name: "leakyRelu", slope }`, or a function
 * @returns shape `[k, k]`, symmetric; `null` for silu, sigmoid, tanh, swiglu and functions, which have
 * no closed form here
 * @throws {RangeError} if an entry is not finite or the activation not known
 *
 * @example Two orthogonal unit weights
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { featureSecondMoment, identity } from "resolvent";
 *
 * const moment = featureSecondMoment(identity(2), "relu")!;
 * assertAlmostEquals(moment.data[0], 0.5);
 * assertAlmostEquals(moment.data[1], 1 / (2 * Math.PI));
 * ```
 *
 * Source: Cho and Saul (2009), Kernel methods for deep learning, eqs. 3 to 6; Davis and
 * Drusvyatskiy, arXiv:2512.04299, section 3.1.1.
 */
export function featureSecondMoment(weights: Matrix, activation: FeatureActivation): Matrix | null {
  checkMatrix("compute a second moment of features", "weights", weights);
  const moment = activation === "swiglu" ? null : closedSecondMoment(activation);
  if (moment === null) return null;
  const k = weights.cols;
  const gram = matmul(weights, weights, { transposeA: true }).data;
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      const value = moment(gram[i * k + i], gram[j * k + j], gram[i * k + j]);
      out[i * k + j] = value;
      out[j * k + i] = value;
    }
  }
  return matrix(k, k, out);
}
