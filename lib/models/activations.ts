/**
 * The activations of models, with their derivatives, on both kinds of array.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import { isTensor, type Tensor } from "../backend/tf.ts";
import { cannot, checkFunction } from "../check.ts";
import {
  activate,
  type Activation,
  activationFunction,
  activationName,
  leakySlope,
} from "../data/activations.ts";
import { tabulatedNormalCdf } from "../data/normal_cdf_table.ts";
import type { Matrix } from "../matrix.ts";
import { activateTensor, differentiateTensor } from "./tensor_activations.ts";

/** An activation of one's own with its derivative. */
export type ActivationWithDerivative = {
  /** The function of one number. */
  readonly f: (x: number) => number;
  /** Its derivative. */
  readonly derivative: (x: number) => number;
  /** The function on tensors, where it is used there. Default: none. */
  readonly onTensor?: (x: Tensor) => Tensor;
};

/** The activation of a model: a name, a leaky ReLU with its slope, "erf", or one's own. */
export type ModelActivation = Activation | "erf" | ActivationWithDerivative;

/** Returns an activation that is known, or throws. */
export function checkModelActivation(doing: string, activation: ModelActivation): ModelActivation {
  if (typeof activation === "function" || activation === "erf") return activation;
  if (isOwn(activation)) {
    checkFunction(doing, "f", activation.f);
    checkFunction(doing, "derivative", activation.derivative);
  } else activationName(doing, activation);
  return activation;
}

/** Whether it is a pair of functions. */
function isOwn(activation: ModelActivation): activation is ActivationWithDerivative {
  return typeof activation === "object" && activation !== null && "f" in activation;
}

/** The function of one number. */
export function modelActivationFunction(activation: ModelActivation): (x: number) => number {
  if (activation === "erf") {
    const cdf = tabulatedNormalCdf();
    return (x) => 2 * cdf(Math.SQRT2 * x) - 1;
  }
  return isOwn(activation) ? activation.f : activationFunction(activation);
}

/**
 * Gives the derivative of an activation, at a kink that of its left side or, for abs, 0.
 *
 * **Definition** `s'(x)`; relu, leakyRelu and relu2 have at 0 the slope of their negative side
 *
 * @param activation A name, `{ name: "leakyRelu", slope }`, "erf", or `{ f, derivative }`
 * @returns The derivative as a function of one number
 * @throws {RangeError} if the name is not known
 * @throws {TypeError} if the activation is a function without its derivative
 *
 * @example Of tanh at 0 and of a squared ReLU
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { activationDerivative } from "resolvent";
 *
 * assertEquals(activationDerivative("tanh")(0), 1);
 * assertEquals([-1, 3].map(activationDerivative("relu2")), [0, 6]);
 * ```
 *
 * Source: definition.
 */
export function activationDerivative(activation: ModelActivation): (x: number) => number {
  const doing = "differentiate an activation";
  if (typeof activation === "function") {
    const need = "a function needs its derivative: { f, derivative }";
    throw new TypeError(cannot(doing, need, "activation", activation));
  }
  if (activation === "erf") return (x) => 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
  if (isOwn(activation)) return checkFunction(doing, "derivative", activation.derivative);
  switch (activationName(doing, activation)) {
    case "identity":
      return () => 1;
    case "relu":
      return (x) => x > 0 ? 1 : 0;
    case "leakyRelu": {
      const slope = leakySlope(activation);
      return (x) => x > 0 ? 1 : slope;
    }
    case "abs":
      return Math.sign;
    case "relu2":
      return (x) => x > 0 ? 2 * x : 0;
    case "gelu": {
      const cdf = tabulatedNormalCdf();
      return (x) => cdf(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
    case "silu":
      return (x) => {
        const gate = 1 / (1 + Math.exp(-x));
        return gate * (1 + x * (1 - gate));
      };
    case "sigmoid":
      return (x) => {
        const value = 1 / (1 + Math.exp(-x));
        return value * (1 - value);
      };
    case "tanh":
      return (x) => 1 - Math.tanh(x) ** 2;
    case "square":
      return (x) => 2 * x;
  }
}

/** Applies an activation to every entry. */
export function activateArray<A extends ArrayKind>(a: A, activation: ModelActivation): A {
  if (isTensor(a)) return activateTensor(a, activation) as unknown as A;
  const own = activation === "erf" || isOwn(activation);
  return activate(a, own ? modelActivationFunction(activation) : activation) as A;
}

/** The derivative at every entry. */
export function differentiateArray<A extends ArrayKind>(a: A, activation: ModelActivation): A {
  if (isTensor(a)) return differentiateTensor(a, activation) as unknown as A;
  const derivative = activationDerivative(activation);
  const data = new Float64Array(a.data.length);
  for (let at = 0; at < data.length; at++) data[at] = derivative(a.data[at]);
  return { rows: a.rows, cols: a.cols, data } as Matrix as A;
}
