/**
 * The one list of models, each with parameters and inputs, in float64 and on tensors.
 *
 * @module
 */
import {
  linearNetwork,
  type Matrix,
  matrix,
  matrixOps,
  mlp,
  type Model,
  type Params,
  quadraticNetwork,
  randomFeatureModel,
  rng,
  rnn,
  type Tensor,
  tensorOps,
  toTensor,
  transformer,
  type TransformerOptions,
} from "resolvent";
import { like, moved } from "./derivatives.ts";
import { reference } from "./transformer_reference.ts";

/** A member of the family. */
export type Member = {
  readonly name: string;
  readonly params: Params;
  /** Names of the parameters that losses and kernels are about. */
  readonly trained: readonly string[];
  /** Numbers of a sample's outputs that belong to one softmax. */
  readonly classes: number;
  /** Outputs in float64, shape `[samples, outputs]`; those of several steps side by side. */
  readonly outputs: (params: Params) => Matrix;
  /** The same by tensors. */
  readonly onTensors: (params: Params<Tensor>) => Tensor;
  /**
   * The model with some inputs and others, where it has a form on matrices. Those of a recurrent one are
   * lists; as suites only hand them on, they are typed as of the plain kind.
   */
  readonly traced: { readonly model: Model; readonly x: Matrix; readonly other: Matrix } | null;
};

/** Inputs as tensors. */
export function deviceInputs(x: Matrix): Tensor {
  return Array.isArray(x) ? x.map(tensorOps.constant) as never : tensorOps.constant(x);
}

/** Inputs, or outputs, as a list of those of each step. */
export function stepsOf<A>(x: A): readonly A[] {
  return Array.isArray(x) ? x : [x];
}

/** A model with a trace, of inputs of width 2 or 3. */
function traced(name: string, model: Model | Model<"steps">, classes: number): Member {
  const steps = model.input === "steps";
  /** Inputs from a key. */
  function inputs(label: string, n: number): Matrix {
    const key = rng("inputs of models").fork(label);
    return (steps ? key.split(3).map((k) => k.normal([n, 2])) : key.normal([n, 3])) as never;
  }
  const x = inputs("x", 3), either = model as Model;
  return {
    name,
    params: model.init(rng("models").fork(name)),
    trained: model.trained,
    classes,
    outputs: (params) => matrixOps.concatColumns(stepsOf(either.apply(params, x))),
    onTensors: (params) => tensorOps.concatColumns(stepsOf(either.apply(params, deviceInputs(x)))),
    traced: { model: either, x, other: inputs("other", 2) },
  };
}

/** Two sequences of three tokens. */
const TOKENS = [[0, 3, 3], [1, 4, 2]];

/** A decoder, whose reference is one of loops. */
function decoder(name: string, options: Partial<TransformerOptions>): Member {
  const settings = { vocabulary: 5, context: 6, width: 4, heads: 2, layers: 2, hidden: 7 };
  const whole = { ...settings, ...options };
  const model = transformer(whole), start = model.init(rng("models").fork(name));
  return {
    name,
    params: moved(start, like(start, name), 0.3), // gains and biases that are not 1 and 0
    trained: model.trained,
    classes: 5,
    outputs: (params) => {
      const rows = TOKENS.map((tokens) => [...reference(whole, params, tokens).data]);
      return matrix(2, 15, rows);
    },
    onTensors: (params) => {
      const tokens = toTensor(matrix(2, 3, TOKENS)).toInt();
      return model.apply(params, tokens).reshape([2, 15]);
    },
    traced: null,
  };
}

/** Every model; adding one to the library means adding it here. */
export const MEMBERS: readonly Member[] = [
  traced("mlp", mlp({ sizes: [3, 5, 2], activation: "tanh" }), 2),
  traced("mlp in ntk", mlp({ sizes: [3, 6, 5, 2], parametrization: "ntk", biasVariance: 0.1 }), 2),
  traced(
    "mlp in mean-field",
    mlp({ sizes: [3, 5, 2], activation: "erf", parametrization: "mean-field" }),
    2,
  ),
  traced("mlp in mup", mlp({ sizes: [3, 5, 2], activation: "gelu", parametrization: "mup" }), 2),
  traced("linearNetwork", linearNetwork({ sizes: [3, 4, 4, 2] }), 2),
  traced("quadraticNetwork", quadraticNetwork({ sizes: [3, 5, 2] }), 2),
  traced("randomFeatureModel", randomFeatureModel({ sizes: [3, 6, 2] }), 2),
  traced("rnn", rnn({ inputs: 2, hidden: 5, outputs: 2, activation: "tanh" }), 2),
  decoder("transformer", {}),
  decoder("transformer of relu2", { norm: "layer", block: "relu2" }),
  decoder("transformer of swiglu", { norm: "rms", block: "swiglu" }),
  decoder("transformer of gelu", { norm: "layer", block: "gelu", heads: 1 }),
];
