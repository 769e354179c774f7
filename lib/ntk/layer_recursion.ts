/**
 * The recursion of infinite width, layer by layer, by the dual of any activation.
 *
 * @module
 */
import type { DualKind } from "./kernel_activation.ts";
import { correlationOf, isParallel } from "./correlation.ts";
import { type PairDual, seriesDual, seriesSquares } from "./series_dual.ts";

/** Depth and variances of a network. */
export type LayerConstants = {
  /** Number of hidden layers. */
  readonly layers: number;
  /** Variance of the weights. */
  readonly weight: number;
  /** Variance of the biases. */
  readonly bias: number;
};

/** The pairs of inputs, their kernels, and the variances of each input. */
export type LayerPairs = {
  /** Variances of the first inputs at each layer, each of length n. */
  readonly first: readonly Float64Array[];
  /** The same of the second inputs, each of length m. */
  readonly second: readonly Float64Array[];
  /** Covariances of the first layer, `[n, m]`; those after the last when done. */
  readonly nngp: Float64Array;
  /** Overwritten with the tangent kernel, `[n, m]`. */
  readonly ntk: Float64Array;
  /** Whether only the pairs above the diagonal are wanted. */
  readonly above: boolean;
};

/** Mean squares of the activation and of its derivative for each variance. */
export function squaresOf(
  dual: DualKind,
  variances: Float64Array,
): { readonly value: Float64Array; readonly derivative: Float64Array } {
  switch (dual.kind) {
    case "leaky": {
      const square = (1 + dual.slope * dual.slope) / 2;
      return {
        value: variances.map((p) => square * p),
        derivative: variances.map(() => square),
      };
    }
    case "closed": {
      const { value, derivative } = dual.dual;
      return {
        value: variances.map((p) => value(p, p, p)),
        derivative: variances.map((p) => derivative(p, p, p)),
      };
    }
    case "series":
      return seriesSquares(dual.smooth, variances);
  }
}

/** Turns the kernels of the first layer into those after the last, in place. */
export function layerRecursion(
  dual: DualKind,
  { layers, weight, bias }: LayerConstants,
  { first, second, nngp, ntk, above }: LayerPairs,
): void {
  const n = first[0].length, m = second[0].length;
  ntk.set(nngp);
  for (let layer = 0; layer < layers; layer++) {
    const { value, derivative } = pairDual(dual, first[layer], second[layer], { nngp, above });
    for (let i = 0; i < n; i++) {
      for (let j = above ? i + 1 : 0; j < m; j++) {
        const at = i * m + j, covariance = nngp[at];
        const next = weight * value(i, j, covariance) + bias;
        ntk[at] = next + weight * derivative(i, j, covariance) * ntk[at];
        nngp[at] = next;
      }
    }
  }
}

/** The dual of one layer for its inputs. */
function pairDual(
  dual: DualKind,
  first: Float64Array,
  second: Float64Array,
  { nngp, above }: Pick<LayerPairs, "nngp" | "above">,
): PairDual {
  if (dual.kind !== "series") {
    const { value, derivative } = dual.dual;
    return {
      value: (i, j, covariance) => value(first[i], second[j], covariance),
      derivative: (i, j, covariance) => derivative(first[i], second[j], covariance),
    };
  }
  let most = 0;
  for (let i = 0; i < first.length; i++) {
    for (let j = above ? i + 1 : 0; j < second.length; j++) {
      const t = Math.abs(correlationOf(first[i], second[j], nngp[i * second.length + j]));
      if (t > most && !isParallel(t)) most = t;
    }
  }
  return seriesDual(dual.smooth, [first, second], most);
}
