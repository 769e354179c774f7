/**
 * A pass through fully connected layers, written once over the operations of both kinds of array.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import { activateArray, differentiateArray, type ModelActivation } from "./activations.ts";
import type { ParameterUse, Params, Trace } from "./kinds.ts";
import { scaledProduct } from "./scaled_product.ts";
import type { LayerScale } from "./scales.ts";

/** What is the same in every pass. */
export type Layers = {
  /** Scales of each layer. */
  readonly scales: readonly LayerScale[];
  /** Activation of all layers but the last. */
  readonly activation: ModelActivation;
  /** Whether there are biases. */
  readonly biases: boolean;
};

/** A pass: operations, what enters each layer, its sums. */
export type Forward<A> = {
  /** Operations of the kind of the arrays. */
  readonly ops: Ops<A>;
  /** What enters each layer, shape `[n, fan in]`. */
  readonly activations: readonly A[];
  /** What each layer gives before its activation, shape `[n, fan out]`. */
  readonly sums: readonly A[];
};

/** Passes through all layers. */
export function forward<A extends ArrayKind>(
  { scales, activation, biases }: Layers,
  ops: Ops<A>,
  params: Params<A>,
  x: A,
): Forward<A> {
  const activations = [x], sums: A[] = [];
  scales.forEach(({ weightMultiplier, biasMultiplier }, l) => {
    if (l > 0) activations.push(activateArray(sums[l - 1], activation));
    const linear = scaledProduct(ops, [activations[l], weightMultiplier, params[`w${l + 1}`]]);
    if (!biases) sums.push(linear);
    else sums.push(ops.addRow(linear, times(ops, params[`b${l + 1}`], biasMultiplier)));
  });
  return { ops, activations, sums };
}

/** Passes through all layers and keeps what derivatives need. */
export function traceLayers<A extends ArrayKind>(
  layers: Layers,
  ops: Ops<A>,
  params: Params<A>,
  x: A,
): Trace<A> {
  const { scales, activation, biases } = layers;
  const last = scales.length - 1;
  const { activations, sums } = forward(layers, ops, params, x);
  const slopes: A[] = [];
  /** Slopes of the activation after layer l, when first needed. */
  function slope(l: number): A {
    return slopes[l] ??= differentiateArray(sums[l], activation);
  }
  return {
    output: sums[last],
    uses: activations.flatMap((a, l) => usesOf(a, l, scales[l], biases)),
    pullback: (cotangents, only) => {
      const lowest = scales.findIndex((_, l) =>
        only === undefined || only.includes(`w${l + 1}`) || only.includes(`b${l + 1}`)
      );
      const deltas: (A | null)[] = scales.map(() => null);
      let delta = deltas[last] = cotangents;
      for (let l = last; l > Math.max(0, lowest); l--) {
        const through = [delta, scales[l].weightMultiplier, params[`w${l + 1}`]] as const;
        const back = scaledProduct(ops, through, { transposeB: true });
        delta = deltas[l - 1] = ops.multiplyBlocks(back, slope(l - 1));
      }
      return biases ? deltas.flatMap((one) => [one, one]) : deltas;
    },
    pushforward: (tangents) => {
      let moved: A | null = null; // nothing moves before the first tangent
      scales.forEach(({ weightMultiplier, biasMultiplier }, l) => {
        const w = tangents[`w${l + 1}`], b = tangents[`b${l + 1}`];
        if (moved !== null) {
          const entering = ops.multiply(moved, slope(l - 1));
          moved = scaledProduct(ops, [entering, weightMultiplier, params[`w${l + 1}`]]);
        }
        if (w) {
          const change = scaledProduct(ops, [activations[l], weightMultiplier, w]);
          moved = moved === null ? change : ops.add(moved, change);
        }
        if (biases && b) {
          moved = ops.addRow(moved ?? ops.zerosLike(sums[l]), times(ops, b, biasMultiplier));
        }
      });
      return moved ?? ops.zerosLike(sums[last]);
    },
  };
}

/** The uses of a layer's weights and biases. */
function usesOf<A>(
  activation: A,
  l: number,
  scale: LayerScale,
  biases: boolean,
): readonly ParameterUse<A>[] {
  const weights = { name: `w${l + 1}`, multiplier: scale.weightMultiplier, activation };
  if (!biases) return [weights];
  return [weights, { name: `b${l + 1}`, multiplier: scale.biasMultiplier, activation: null }];
}

/** `c a`, `a` itself where c is 1. */
function times<A>(ops: Ops<A>, a: A, c: number): A {
  return c === 1 ? a : ops.scale(a, c);
}
