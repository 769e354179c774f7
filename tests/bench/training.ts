/**
 * The training that is measured, as a user writes it: SGD on the cross-entropy of a perceptron.
 *
 * @module
 */
import {
  backend,
  type Optimizer,
  rng,
  type Scalar,
  sgd,
  type SgdState,
  type Tensor2D,
  toTensor,
  trainNetwork,
} from "resolvent";
import { milliseconds } from "./beside.ts";
import type { BACKENDS } from "./on_tensors.ts";
import type { Perceptron } from "./perceptron.ts";

/** Learning rate: small, so that rounding does not grow over the steps. */
export const RATE = 0.05;

/** What happens around the parts of a step; a profile looks at the clock there. */
export type Hooks = {
  /** Around the loss. */
  readonly loss: (compute: () => Scalar) => Scalar;
  /** In place of the optimizer. */
  readonly optimizer: (rule: Optimizer<SgdState>) => Optimizer<SgdState>;
};

/** Takes steps on a backend: milliseconds of one, and the numbers of the parameters after all. */
export async function train(
  name: (typeof BACKENDS)[number],
  { model, params, x, y }: Perceptron,
  { steps, hooks }: { readonly steps: number; readonly hooks?: Hooks },
): Promise<{ readonly time: number; readonly params: readonly Float64Array[] }> {
  await backend({ prefer: name });
  const inputs: Tensor2D = toTensor(x), targets: Tensor2D = toTensor(y);
  const rule = sgd({ learningRate: RATE });
  const ended: Readonly<Record<string, { readonly data: Float64Array }>>[] = [];
  const time = await milliseconds(async () => {
    const run = await trainNetwork(rng(1), {
      params,
      loss: (weights) => {
        const compute = () =>
          model.apply(weights, inputs).logSoftmax().mul(targets).sum().mul(-1 / x.rows) as Scalar;
        return hooks === undefined ? compute() : hooks.loss(compute);
      },
      optimizer: hooks === undefined ? rule : hooks.optimizer(rule),
      steps,
    });
    ended.push(run.params);
  });
  inputs.dispose();
  targets.dispose();
  return { time: time / steps, params: Object.values(ended[0]).map(({ data }) => data) };
}
