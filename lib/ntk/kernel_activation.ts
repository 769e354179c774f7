/**
 * Activations of networks of infinite width, and how their kernels are computed.
 *
 * @module
 */
import { cannot, checkFunction, checkNumber, checkOptions } from "../check.ts";
import {
  activationFunction,
  type ActivationName,
  activationName,
  type LeakyRelu,
  leakySlope,
} from "../data/activations.ts";
import type { ActivationWithDerivative } from "../models/activations.ts";
import {
  type ClosedDual,
  erfDual,
  geluDual,
  leakyDual,
  polynomialDual,
  relu2Dual,
} from "./closed_duals.ts";
import { SERIES_TOLERANCE, type SmoothFunction } from "./series_dual.ts";

/** A polynomial `c[0] + c[1] h + c[2] h^2 + ...`. */
export type PolynomialActivation = {
  /** Its coefficients from the constant on, from 1 to 21 of them. */
  readonly polynomial: readonly number[];
};

/**
 * An activation of a network of infinite width. The kernels of a function of one's own, continuous and
 * smooth below and above 0, are computed by quadrature, with an error of at most `tolerance` (default
 * 1e-10) relative to the root of the two variances.
 */
export type KernelActivation =
  | ActivationName
  | "erf"
  | LeakyRelu
  | PolynomialActivation
  | ActivationWithDerivative & {
    /** Largest error of a kernel, above 0; default 1e-10. */
    readonly tolerance?: number;
  };

/** How the kernels of an activation are computed: by the angle, in closed form, or by a series. */
export type DualKind =
  | { readonly kind: "leaky"; readonly slope: number; readonly dual: ClosedDual }
  | { readonly kind: "closed"; readonly dual: ClosedDual }
  | { readonly kind: "series"; readonly smooth: SmoothFunction };

/** Chooses how, or throws for what is no activation. */
export function dualKind(doing: string, activation: KernelActivation): DualKind {
  if (activation === "erf") return { kind: "closed", dual: erfDual() };
  if (typeof activation === "string") return namedKind(doing, activation);
  checkOptions(doing, activation, "activation");
  if ("polynomial" in activation) {
    return { kind: "closed", dual: polynomialDual(doing, activation.polynomial) };
  }
  if ("f" in activation) {
    const f = checkFunction(doing, "f", activation.f);
    const derivative = checkFunction(doing, "derivative", activation.derivative);
    const tolerance = activation.tolerance ?? SERIES_TOLERANCE;
    checkNumber(doing, "tolerance", tolerance, { above: 0 });
    return { kind: "series", smooth: { f, derivative, tolerance } };
  }
  if ("name" in activation) return namedKind(doing, activation);
  const need = "activation must be a name, a leakyRelu, { polynomial } or { f, derivative }";
  throw new TypeError(cannot(doing, need, "activation", activation));
}

/** The kind of an activation of lib/data. */
function namedKind(doing: string, activation: ActivationName | LeakyRelu): DualKind {
  switch (activationName(doing, activation)) {
    case "relu":
      return leaky(0);
    case "abs":
      return leaky(-1);
    case "leakyRelu":
      return leaky(leakySlope(activation));
    case "identity":
      return { kind: "closed", dual: polynomialDual(doing, [0, 1]) };
    case "square":
      return { kind: "closed", dual: polynomialDual(doing, [0, 0, 1]) };
    case "relu2":
      return { kind: "closed", dual: relu2Dual() };
    case "gelu":
      return { kind: "closed", dual: geluDual() };
    case "tanh":
      return series(Math.tanh, (h) => 1 - Math.tanh(h) ** 2);
    case "sigmoid": {
      const f = activationFunction("sigmoid");
      return series(f, (h) => f(h) * f(-h));
    }
    case "silu": {
      const sigmoid = activationFunction("sigmoid");
      const derivative = (h: number): number => sigmoid(h) * (1 + h * sigmoid(-h));
      return series(activationFunction("silu"), derivative);
    }
  }
}

function leaky(slope: number): DualKind {
  return { kind: "leaky", slope, dual: leakyDual(slope) };
}

function series(f: (h: number) => number, derivative: (h: number) => number): DualKind {
  return { kind: "series", smooth: { f, derivative, tolerance: SERIES_TOLERANCE } };
}
