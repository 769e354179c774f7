/**
 * Multilayer perceptrons.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import { cannot, checkOptions } from "../check.ts";
import type { ParametrizationKind } from "../initializers/parametrization.ts";
import { checkRng } from "../random/rng.ts";
import { checkModelActivation, type ModelActivation } from "./activations.ts";
import { checkInputs, checkParams, type Model, type Params } from "./kinds.ts";
import { forward, traceLayers } from "./layers.ts";
import { layerScales } from "./scales.ts";

/** Sizes, activation and parametrisation of {@linkcode mlp}. */
export type MlpOptions = {
  /** Units from the inputs to the outputs, at least three integers of at least 1. */
  readonly sizes: readonly number[];
  /** Activation of the hidden layers. Default: "relu". */
  readonly activation?: ModelActivation;
  /** What multiplies parameters and how they start. Default: "standard". */
  readonly parametrization?: ParametrizationKind;
  /** Variance of the weights times the fan-in, above 0. Default: 1. */
  readonly weightVariance?: number;
  /** Variance of the biases, at least 0. Default: 0. */
  readonly biasVariance?: number;
  /** Whether there are biases. Default: yes, except for "ntk" and "mean-field" of no `biasVariance`. */
  readonly biases?: boolean;
};

/** A multilayer perceptron, with the sizes of its layers. */
export type Mlp = Model & {
  /** Numbers of inputs, of units of each hidden layer, and of outputs. */
  readonly sizes: readonly number[];
};

const DOING = "make a multilayer perceptron";

/**
 * Makes a multilayer perceptron: fully connected layers with an activation between them.
 *
 * **Definition** `a_0 = x`, `h_l = m_l a_{l-1} w_l + c b_l`, `a_l = s(h_l)`, output `h_L`. With V the
 * variance of weights and B that of biases: "standard" has `m_l = c = 1` and entries N(0, V/fan in) and
 * N(0, B); "mup" is "standard" with entries N(0, V/fan in^2) in the last layer; "ntk" has
 * `m_l = sqrt(V/fan in)`, `c = sqrt(B)` and all entries N(0, 1); "mean-field" is "ntk" with
 * `m_L = sqrt(V)/fan in` in the last layer.
 *
 * Parameters are `w1`, `b1`, `w2`, ...: weights of shape `[fan in, fan out]`, biases `[1, fan out]`.
 *
 * @param options Sizes, activation, parametrisation, variances, biases
 * @returns the model: `init(rng)` draws float64 parameters; `apply(params, x)` maps `[n, inputs]` to
 * `[n, outputs]`, on matrices as on tensors; `activations(params, x)` gives what enters each weight
 * @throws {RangeError} if a size, a variance or a name is out of range
 * @throws {TypeError} if `sizes` is not a list, or biases without variance are asked for in "ntk"
 *
 * @example One hidden unit by hand
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, mlp } from "resolvent";
 *
 * const model = mlp({ sizes: [2, 1, 1], biases: false });
 * const params = { w1: matrix(2, 1, [1, -1]), w2: matrix(1, 1, [3]) };
 * const x = matrix(2, 2, [2, 1, 1, 2]);
 * assertEquals([...model.apply(params, x).data], [3, 0]);
 * assertEquals([...model.activations(params, x).w2.data], [1, 0]);
 * ```
 *
 * Source: Jacot, Gabriel and Hongler (2018), arXiv:1806.07572, equation 1 ("ntk", with V = 1 and
 * B = 0.01); Mei, Montanari and Nguyen (2018), arXiv:1804.06561 ("mean-field").
 */
export function mlp(options: MlpOptions): Mlp {
  const {
    sizes,
    activation = "relu",
    parametrization: kind = "standard",
    weightVariance = 1,
    biasVariance = 0,
    biases: given,
  } = checkOptions(DOING, options);
  checkModelActivation(DOING, activation);
  const scales = layerScales(DOING, sizes, { kind, weightVariance, biasVariance });
  const scaled = scales[0].biasMultiplier > 0, biases = given ?? scaled;
  if (biases && !scaled) {
    const need = `biases of "${kind}" need a variance above 0`;
    throw new TypeError(cannot(DOING, need, "biasVariance", biasVariance));
  }
  const shapes = shapesOf(sizes, biases);
  const layers = { scales, activation, biases };
  /** Operations for parameters and inputs that fit. */
  function operations<A extends ArrayKind>(params: Params<A>, x: A): Ops<A> {
    const doing = "apply a multilayer perceptron";
    const ops = checkParams(doing, params, shapes);
    checkInputs(doing, { ops, params, x, width: sizes[0] });
    return ops;
  }
  return {
    input: "rows",
    sizes: Array.from(sizes),
    trained: Object.keys(shapes),
    init: (rng) => {
      checkRng("draw parameters", rng);
      const draws = Object.entries(shapes).map(([name, shape]) => {
        const { weightSd, biasSd } = scales[Number(name.slice(1)) - 1];
        return [name, rng.fork(name).normal(shape, { sd: name[0] === "w" ? weightSd : biasSd })];
      });
      return Object.fromEntries(draws);
    },
    apply: (params, x) => forward(layers, operations(params, x), params, x).sums[sizes.length - 2],
    activations: (params, x) => {
      const { activations } = forward(layers, operations(params, x), params, x);
      return Object.fromEntries(activations.map((a, l) => [`w${l + 1}`, a]));
    },
    trace: (params, x) => traceLayers(layers, operations(params, x), params, x),
  };
}

/** Shapes of the parameters by name. */
function shapesOf(
  sizes: readonly number[],
  biases: boolean,
): Readonly<Record<string, readonly [number, number]>> {
  const shapes: Record<string, readonly [number, number]> = {};
  for (let l = 1; l < sizes.length; l++) {
    shapes[`w${l}`] = [sizes[l - 1], sizes[l]];
    if (biases) shapes[`b${l}`] = [1, sizes[l]];
  }
  return shapes;
}
