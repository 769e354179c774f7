/**
 * Networks that are special cases of the multilayer perceptron.
 *
 * @module
 */
import { checkOptions } from "../check.ts";
import { type Mlp, mlp, type MlpOptions } from "./mlp.ts";

/** Sizes and parametrisation of {@linkcode linearNetwork} and {@linkcode quadraticNetwork}. */
export type PlainNetworkOptions = Omit<MlpOptions, "activation" | "biases" | "biasVariance">;

/** Settings of {@linkcode randomFeatureModel}. */
export type RandomFeatureModelOptions = Omit<MlpOptions, "biases" | "biasVariance">;

/**
 * Makes a deep linear network: a product of matrices, without biases.
 *
 * **Definition** `f(x) = x w1 w2 ... wL`, each product times the multiplier of its layer
 *
 * @param options Sizes, parametrisation, variance of the weights, as in `mlp`
 * @returns the model, with parameters `w1`, `w2`, ...
 * @throws {RangeError} if a size or a variance is out of range
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example Two factors
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linearNetwork, matrix } from "resolvent";
 *
 * const model = linearNetwork({ sizes: [1, 2, 1] });
 * const params = { w1: matrix(1, 2, [1, -1]), w2: matrix(2, 1, [3, 4]) };
 * assertEquals(model.apply(params, matrix(1, 1, [2])), matrix(1, 1, [-2]));
 * ```
 *
 * Source: Saxe, McClelland and Ganguli (2013), arXiv:1312.6120.
 */
export function linearNetwork(options: PlainNetworkOptions): Mlp {
  const settings = checkOptions("make a linear network", options);
  return mlp({ ...settings, activation: "identity", biases: false });
}

/**
 * Makes a quadratic network: hidden units square their inputs, and there are no biases.
 *
 * **Definition** `f(x) = ((x w1)∘(x w1)) w2`, each product times the multiplier of its layer
 *
 * @param options Sizes, parametrisation, variance of the weights, as in `mlp`
 * @returns the model, with parameters `w1` and `w2`
 * @throws {RangeError} if a size or a variance is out of range
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example One unit
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, quadraticNetwork } from "resolvent";
 *
 * const model = quadraticNetwork({ sizes: [2, 1, 1] });
 * const params = { w1: matrix(2, 1, [1, 2]), w2: matrix(1, 1, [2]) };
 * assertEquals(model.apply(params, matrix(1, 2, [1, 1])), matrix(1, 1, [18]));
 * ```
 *
 * Source: Soltanolkotabi, Javanmard and Lee (2017), arXiv:1707.04926.
 */
export function quadraticNetwork(options: PlainNetworkOptions): Mlp {
  const settings = checkOptions("make a quadratic network", options);
  return mlp({ ...settings, activation: "square", biases: false });
}

/**
 * Makes a random feature model: a network without biases whose last weights alone are trained.
 *
 * **Definition** `f(x) = m s(x w1) w2` with `w1` as it was drawn; kernels and gradients are about `w2`
 *
 * @param options Sizes, activation, parametrisation, variance of the weights, as in `mlp`
 * @returns the model; `trained` names the last weights alone
 * @throws {RangeError} if a size, a variance or a name is out of range
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example Its tangent kernel is that of the features
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { empiricalNtk, matrix, randomFeatureModel } from "resolvent";
 *
 * const model = randomFeatureModel({ sizes: [1, 2, 1] });
 * const params = { w1: matrix(1, 2, [1, 3]), w2: matrix(2, 1) };
 * assertEquals(empiricalNtk(model, params, matrix(1, 1, [2])), matrix(1, 1, [40]));
 * ```
 *
 * Source: Rahimi and Recht (2007), Random features for large-scale kernel machines.
 */
export function randomFeatureModel(options: RandomFeatureModelOptions): Mlp {
  const settings = checkOptions("make a random feature model", options);
  const model = mlp({ ...settings, biases: false });
  return { ...model, trained: model.trained.slice(-1) };
}
