/**
 * How large the parameters of a layer start, and what multiplies them inside the model.
 *
 * @module
 */
import { checkNumber } from "../check.ts";
import { parametrization, type ParametrizationKind } from "../initializers/parametrization.ts";

/** Start and multiplier of the parameters of one layer. */
export type LayerScale = {
  /** Standard deviation of the weights at the start. */
  readonly weightSd: number;
  /** Factor of the weights inside the model. */
  readonly weightMultiplier: number;
  /** Standard deviation of the biases at the start. */
  readonly biasSd: number;
  /** Factor of the biases inside the model. */
  readonly biasMultiplier: number;
};

/** Scales of each layer, from the sizes of all. */
export function layerScales(
  doing: string,
  sizes: readonly number[],
  { kind, weightVariance, biasVariance }: {
    readonly kind: ParametrizationKind;
    readonly weightVariance: number;
    readonly biasVariance: number;
  },
): readonly LayerScale[] {
  const deviation = Math.sqrt(checkNumber(doing, "weightVariance", weightVariance, { above: 0 }));
  const biasSd = Math.sqrt(checkNumber(doing, "biasVariance", biasVariance, { min: 0 }));
  // Where the multiplier carries the width it carries the variance too: the kernel depends on which does.
  const inside = kind === "ntk" || kind === "mean-field";
  return parametrization({ kind, sizes }).map(({ variance, multiplier }) => ({
    weightSd: Math.sqrt(variance) * (inside ? 1 : deviation),
    weightMultiplier: multiplier * (inside ? deviation : 1),
    biasSd: inside ? 1 : biasSd,
    biasMultiplier: inside ? biasSd : 1,
  }));
}
