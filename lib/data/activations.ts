/**
 * Activation functions, by name or as a function.
 *
 * @module
 */
import { cannot, checkChoice, checkNumber } from "../check.ts";
import { checkMatrix, type Matrix, matrix } from "../matrix.ts";
import { tabulatedNormalCdf } from "./normal_cdf_table.ts";

/** Names of the activations that act on one number. */
export type ActivationName =
  | "identity"
  | "relu"
  | "leakyRelu"
  | "abs"
  | "relu2"
  | "gelu"
  | "silu"
  | "sigmoid"
  | "tanh"
  | "square";

/** Leaky ReLU with a slope of one's own on the negative side. */
export type LeakyRelu = {
  /** Its name. */
  readonly name: "leakyRelu";
  /** Slope on the negative side, any finite number. */
  readonly slope: number;
};

/** An activation: a name, a leaky ReLU with its slope, or any function of one number. */
export type Activation = ActivationName | LeakyRelu | ((x: number) => number);

/** Slope of "leakyRelu" on the negative side: the value of Maas, Hannun and Ng (2013). */
export const LEAKY_SLOPE = 0.01;

/** Every name that `Activation` knows. */
export const ACTIVATION_NAMES: readonly ActivationName[] = [
  "identity",
  "relu",
  "leakyRelu",
  "abs",
  "relu2",
  "gelu",
  "silu",
  "sigmoid",
  "tanh",
  "square",
];

/**
 * Turns an activation's name into its function.
 *
 * **Definition** identity `x`; relu `max(x, 0)`; leakyRelu `x` above 0, `slope x` below (0.01 unless
 * given); abs `|x|`; relu2 `max(x, 0)^2`; gelu `x Phi(x)` with the exact normal distribution function;
 * silu `x / (1 + exp(-x))`; sigmoid `1 / (1 + exp(-x))`; tanh; square `x^2`
 *
 * @param activation A name, `{ name: "leakyRelu", slope }`, or a function, which is given back
 * @returns The function of one number
 * @throws {RangeError} if the name is not known or the slope not finite
 *
 * @example By name and with a slope
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { activationFunction } from "resolvent";
 *
 * assertEquals([-2, 3].map(activationFunction("relu2")), [0, 9]);
 * assertEquals([-2, 3].map(activationFunction({ name: "leakyRelu", slope: 0.25 })), [-0.5, 3]);
 * ```
 *
 * Source: Hendrycks and Gimpel, arXiv:1606.08415 (GELU, SiLU); So and others, arXiv:2109.08668
 * (squared ReLU); Maas, Hannun and Ng (2013), ICML (leaky ReLU).
 */
export function activationFunction(activation: Activation): (x: number) => number {
  if (typeof activation === "function") return activation;
  const name = activationName("choose an activation", activation);
  const slope = leakySlope(activation);
  switch (name) {
    case "identity":
      return (x) => x;
    case "relu":
      return (x) => Math.max(x, 0);
    case "leakyRelu":
      return (x) => x > 0 ? x : slope * x;
    case "abs":
      return Math.abs;
    case "relu2":
      return (x) => {
        const y = Math.max(x, 0); // times x it would be -0 below 0
        return y * y;
      };
    case "gelu": {
      const cdf = tabulatedNormalCdf();
      return (x) => x * cdf(x);
    }
    case "silu":
      return (x) => x / (1 + Math.exp(-x));
    case "sigmoid":
      return (x) => 1 / (1 + Math.exp(-x));
    case "tanh":
      return Math.tanh;
    case "square":
      return (x) => x * x;
  }
}

/**
 * Writes the activation of every number of `x` to `out`, in a loop of its own for each formula: a
 * call for every entry takes two to three times as long. A test holds both forms to the same bits.
 */
function activateInto(
  { name, slope }: { readonly name: ActivationName; readonly slope: number },
  x: Float64Array,
  out: Float64Array,
): void {
  const n = x.length;
  switch (name) {
    case "identity":
      return out.set(x);
    case "relu":
      for (let i = 0; i < n; i++) out[i] = Math.max(x[i], 0);
      return;
    case "leakyRelu":
      for (let i = 0; i < n; i++) out[i] = x[i] > 0 ? x[i] : slope * x[i];
      return;
    case "abs":
      for (let i = 0; i < n; i++) out[i] = Math.abs(x[i]);
      return;
    case "relu2":
      for (let i = 0; i < n; i++) {
        const y = Math.max(x[i], 0);
        out[i] = y * y;
      }
      return;
    case "gelu": {
      const cdf = tabulatedNormalCdf();
      for (let i = 0; i < n; i++) out[i] = x[i] * cdf(x[i]);
      return;
    }
    case "silu":
      for (let i = 0; i < n; i++) out[i] = x[i] / (1 + Math.exp(-x[i]));
      return;
    case "sigmoid":
      for (let i = 0; i < n; i++) out[i] = 1 / (1 + Math.exp(-x[i]));
      return;
    case "tanh":
      for (let i = 0; i < n; i++) out[i] = Math.tanh(x[i]);
      return;
    case "square":
      for (let i = 0; i < n; i++) out[i] = x[i] * x[i];
      return;
  }
}

/** The checked name of an activation that is not a function. */
export function activationName(
  doing: string,
  activation: ActivationName | LeakyRelu,
): ActivationName {
  const name = typeof activation === "string" ? activation : activation?.name;
  const found = checkChoice(doing, "activation", name, ACTIVATION_NAMES);
  if (typeof activation !== "string") {
    if (found !== "leakyRelu") {
      throw new RangeError(cannot(doing, "only leakyRelu takes a slope", "activation", activation));
    }
    checkNumber(doing, "slope", activation.slope);
  }
  return found;
}

/** The slope of a leaky ReLU on the negative side. */
export function leakySlope(activation: ActivationName | LeakyRelu): number {
  return typeof activation === "string" ? LEAKY_SLOPE : activation.slope;
}

/**
 * Applies an activation to every entry of a matrix.
 *
 * **Definition** `B[i, j] = activation(A[i, j])`
 *
 * @param a shape `[rows, cols]`
 * @param activation A name, `{ name: "leakyRelu", slope }`, or a function
 * @returns shape `[rows, cols]`
 * @throws {RangeError} if an entry or a result is NaN or infinite, or the name is not known
 *
 * @example ReLU of a matrix
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { activate, matrix } from "resolvent";
 *
 * assertEquals(activate(matrix(1, 3, [-1, 0, 2]), "relu"), matrix(1, 3, [0, 0, 2]));
 * ```
 *
 * Source: definition.
 */
export function activate(a: Matrix, activation: Activation): Matrix {
  const doing = "apply an activation";
  checkMatrix(doing, "a", a);
  const out = new Float64Array(a.data.length);
  if (typeof activation === "function") {
    for (let at = 0; at < out.length; at++) out[at] = activation(a.data[at]);
  } else {
    const name = activationName("choose an activation", activation);
    activateInto({ name, slope: leakySlope(activation) }, a.data, out);
  }
  return checkMatrix(doing, "the result", matrix(a.rows, a.cols, out));
}
