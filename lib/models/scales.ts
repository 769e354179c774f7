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
  checkNumber(doing, "weightVariance", weightVariance, { above: 0 });
  const biasSd = Math.sqrt(checkNumber(doing, "biasVariance", biasVariance, { min: 0 }));
  // Where the multiplier of the weights carries the width, that of the biases carries their variance.
  const inside = kind === "ntk" || kind === "mean-field";
  return parametrization({ kind, sizes, weightVariance }).map(({ variance, multiplier }) => ({
    weightSd: Math.sqrt(variance),
    weightMultiplier: multiplier,
    biasSd: inside ? 1 : biasSd,
    biasMultiplier: inside ? biasSd : 1,
  }));
}
