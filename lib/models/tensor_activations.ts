/**
 * Activations and their derivatives on tensors.
 *
 * @module
 */
import { type Tensor, tf } from "../backend/tf.ts";
import { cannot } from "../check.ts";
import { type ActivationName, leakySlope } from "../data/activations.ts";
import type { ActivationWithDerivative, ModelActivation } from "./activations.ts";

const DOING = "apply an activation to a tensor";

/** The activation of every entry; automatic differentiation can follow it. */
export function activateTensor(a: Tensor, activation: ModelActivation): Tensor {
  const t = tf(DOING);
  switch (nameOf(activation)) {
    case "identity":
      return t.clone(a);
    case "relu":
      return t.relu(a);
    case "leakyRelu":
      return t.leakyRelu(a, leakySlope(activation as ActivationName));
    case "abs":
      return t.abs(a);
    case "relu2":
      return t.square(t.relu(a));
    case "gelu":
      return t.mul(a, normalCdf(a));
    case "silu":
      return t.mul(a, t.sigmoid(a));
    case "sigmoid":
      return t.sigmoid(a);
    case "tanh":
      return t.tanh(a);
    case "square":
      return t.square(a);
    case "erf":
      return t.erf(a);
    default: {
      const { onTensor } = activation as ActivationWithDerivative;
      if (onTensor) return onTensor(a);
      const need = "a function of one's own needs its form on tensors: { f, derivative, onTensor }";
      throw new TypeError(cannot(DOING, need, "activation", activation));
    }
  }
}

/** The derivative at every entry. */
export function differentiateTensor(a: Tensor, activation: ModelActivation): Tensor {
  const t = tf(DOING);
  switch (nameOf(activation)) {
    case "identity":
      return t.onesLike(a);
    case "relu":
      return t.step(a);
    case "leakyRelu": {
      const slope = leakySlope(activation as ActivationName);
      return t.add(t.mul(t.step(a), 1 - slope), slope);
    }
    case "abs":
      return t.sign(a);
    case "relu2":
      return t.mul(t.relu(a), 2);
    case "gelu": {
      const density = t.mul(t.exp(t.mul(t.square(a), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return t.add(normalCdf(a), t.mul(a, density));
    }
    case "silu": {
      const gate = t.sigmoid(a);
      return t.mul(gate, t.add(t.mul(a, t.sub(1, gate)), 1));
    }
    case "sigmoid": {
      const value = t.sigmoid(a);
      return t.mul(value, t.sub(1, value));
    }
    case "tanh":
      return t.sub(1, t.square(t.tanh(a)));
    case "square":
      return t.mul(a, 2);
    case "erf":
      return t.mul(t.exp(t.neg(t.square(a))), 2 / Math.sqrt(Math.PI));
    default: // automatic differentiation of the form on tensors
      return t.grad((x: Tensor) => activateTensor(x, activation))(a);
  }
}

/** The name of an activation; undefined for one of one's own. */
function nameOf(activation: ModelActivation): ActivationName | "erf" | undefined {
  if (typeof activation === "string") return activation;
  return typeof activation === "object" && "name" in activation ? activation.name : undefined;
}

/** The normal distribution function. */
function normalCdf(a: Tensor): Tensor {
  const t = tf(DOING);
  return t.mul(t.add(t.erf(t.mul(a, Math.SQRT1_2)), 1), 0.5);
}
