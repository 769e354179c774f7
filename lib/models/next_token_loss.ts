/**
 * The loss of a decoder on sequences of tokens.
 *
 * @module
 */
import { isTensor, type Scalar, type Tensor, tf } from "../backend/tf.ts";
import { cannot, checkFunction, checkOptions } from "../check.ts";
import type { Params } from "./kinds.ts";
import type { Transformer } from "./transformer.ts";

/**
 * Makes the mean cross-entropy of each next token, as a loss for `trainNetwork`.
 *
 * **Definition** `-(1/(n t)) sum_{i, s} log softmax(f(tokens[i, 0..s]))[tokens[i, s + 1]]`, s from 0 to
 * t - 1, in nats
 *
 * @param model A decoder, such as `transformer(options)`
 * @returns `(params, tokens)` to a scalar, tokens int32 of shape `[n, t + 1]`
 * @throws {TypeError} if the model is none; (from the loss) if tokens are not int32 of two columns or more
 *
 * @example Of five tokens of equal score, each costs log 5
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { backend, matrix, nextTokenLoss, rng, toTensor, transformer } from "resolvent";
 *
 * await backend({ prefer: "cpu" });
 * const model = transformer({ vocabulary: 5, context: 8, width: 4, heads: 2, layers: 1 });
 * const start = { ...model.init(rng(1)), readOut: matrix(4, 5) };
 * const entries = Object.entries(start).map(([name, a]) => [name, toTensor(a)]);
 * const tokens = toTensor(matrix(1, 4, [0, 4, 2, 1])).toInt();
 * const [loss] = nextTokenLoss(model)(Object.fromEntries(entries), tokens).dataSync();
 * assertAlmostEquals(loss, Math.log(5), 1e-6);
 * ```
 *
 * Source: Radford et al. (2019), Language models are unsupervised multitask learners, equation 1.
 */
export function nextTokenLoss(
  model: Pick<Transformer, "apply">,
): (params: Params<Tensor>, tokens: Tensor) => Scalar {
  const doing = "measure the loss of next tokens";
  checkFunction(doing, "model.apply", checkOptions(doing, model, "model").apply);
  return (params, tokens) => {
    if (!isTensor(tokens) || tokens.dtype !== "int32" || !(tokens.shape[1]! >= 2)) {
      const need = "tokens must be an int32 tensor of shape [n, t + 1], t at least 1";
      throw new TypeError(cannot(doing, need, "tokens", tokens?.shape ?? tokens));
    }
    const t = tf(doing);
    const [n, places] = tokens.shape as [number, number], length = places - 1;
    const scores = model.apply(params, t.slice(tokens, [0, 0], [n, length]));
    const classes = scores.shape[2];
    const next = t.reshape(t.slice(tokens, [0, 1], [n, length]), [n * length]);
    const hot = t.cast(t.oneHot(next as never, classes), "float32");
    const logs = t.logSoftmax(t.reshape(scores, [n * length, classes]));
    return t.neg(t.div(t.sum(t.mul(hot, logs)), n * length)) as Scalar;
  };
}
