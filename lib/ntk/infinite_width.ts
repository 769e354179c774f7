/**
 * Kernels of fully connected networks of infinite width.
 *
 * @module
 */
import { cannot, checkChoice, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { mirrorUpper } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { checkMatrix, checkShapes, type Matrix } from "../matrix.ts";
import { type DualKind, dualKind, type KernelActivation } from "./kernel_activation.ts";
import { layerRecursion, squaresOf } from "./layer_recursion.ts";
import { leakyRecursion } from "./leaky_recursion.ts";

/** A network of infinite width. */
export type InfiniteWidthOptions = {
  /** Number of hidden layers, an integer of at least 0; 0 is a linear function. */
  readonly hiddenLayers: number;
  /** Activation of the hidden layers. */
  readonly activation: KernelActivation;
  /** Factor of every weight's variance 1 / fan_in, above 0; default 1. */
  readonly weightVariance?: number;
  /** Variance of every bias, at least 0; default 0. */
  readonly biasVariance?: number;
  /** Whether products of inputs are divided by their dimension d; default "1/d". */
  readonly inputScaling?: "1/d" | "none";
};

/** The two kernels between two sets of inputs. */
export type NetworkKernels = {
  /** Covariance of the outputs at initialisation, shape `[n, m]`. */
  readonly nngp: Matrix;
  /** Neural tangent kernel, shape `[n, m]`. */
  readonly ntk: Matrix;
};

/** The kernels of a network of infinite width as functions of its inputs. */
export type InfiniteWidthKernels = {
  /** The kernels between `x1` [n, d] and `x2` [m, d], or of `x1` with itself. */
  readonly kernels: (x1: Matrix, x2?: Matrix) => NetworkKernels;
  /** The same of the networks with 0, 1, ..., `hiddenLayers` hidden layers. */
  readonly layers: (x1: Matrix, x2?: Matrix) => readonly NetworkKernels[];
};

/** Variances are 0 or in this range, so that products of two of them neither vanish nor overflow. */
const SMALLEST = 1e-140, LARGEST = 1e140;

const DOING = "compute kernels of infinite width";

/**
 * Gives the NNGP kernel and the neural tangent kernel of a fully connected network of infinite width.
 *
 * **Definition** For layers `h = sqrt(weightVariance / fan_in) W a + sqrt(biasVariance) b` with parameters N(0, 1):
 * `S_1 = weightVariance x.x' / d + biasVariance`, `T_1 = S_1`, then `S = weightVariance E s(u) s(v) + biasVariance`
 * and `T = S + weightVariance E s'(u) s'(v) T_prev` over `(u, v) ~ N(0, S_prev)`
 *
 * Closed forms and series as in `dualActivation`. Leaky ReLU, ReLU and abs go by the angle, which is
 * carried without cancellation: equal, nearly parallel and antipodal inputs are as exact as others.
 * Symmetric to the last bit, with an exact diagonal, where `x2` is left out.
 *
 * @param options Depth, activation, variances and scaling of the inputs
 * @returns `kernels(x1, x2)` and `layers(x1, x2)` for inputs of shapes `[n, d]` and `[m, d]`, which give
 * `nngp` and `ntk` of shape `[n, m]`
 * @throws {RangeError} if a setting is out of range, and from the functions if an entry is not finite, a
 * variance neither 0 nor from 1e-140 to 1e140, or a series does not reach its tolerance
 * @throws {TypeError} if the options are no record, and from the functions if the shapes do not fit
 *
 * @example One hidden layer of ReLU on the unit circle
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { infiniteWidthKernels, matrix } from "resolvent";
 *
 * const options = { hiddenLayers: 1, activation: "relu", weightVariance: 2 } as const;
 * const { kernels } = infiniteWidthKernels({ ...options, inputScaling: "none" });
 * const { nngp, ntk } = kernels(matrix(2, 2, [1, 0, 0, 1]));
 * assertAlmostEquals(nngp.data[0], 2); // at angle 0: every unit twice its half
 * assertAlmostEquals(ntk.data[0], 4);
 * assertAlmostEquals(nngp.data[1], 2 / Math.PI); // at a right angle
 * ```
 *
 * Source: Jacot, Gabriel and Hongler, arXiv:1806.07572, theorem 1; Lee and others, arXiv:1711.00165,
 * eqs. 4 and 5. Differs from the former in that weight and bias variances are settings.
 */
export function infiniteWidthKernels(options: InfiniteWidthOptions): InfiniteWidthKernels {
  checkOptions(DOING, options);
  const depth = checkInteger(DOING, "hiddenLayers", options.hiddenLayers, { min: 0 });
  const dual = dualKind(DOING, options.activation);
  const { weightVariance: weight = 1, biasVariance: bias = 0 } = options;
  checkNumber(DOING, "weightVariance", weight, { above: 0 });
  checkNumber(DOING, "biasVariance", bias, { min: 0 });
  const scaling = options.inputScaling ?? "1/d";
  checkChoice(DOING, "inputScaling", scaling, ["1/d", "none"]);

  function at(layers: number, x1: Matrix, x2: Matrix): NetworkKernels {
    const factor = scaling === "1/d" ? weight / x1.cols : weight;
    return propagated({ dual, layers, weight, bias }, inputs(x1, x2, factor, bias));
  }
  return {
    kernels: (x1, x2 = x1) => {
      checkInputs(x1, x2);
      return at(depth, x1, x2);
    },
    layers: (x1, x2 = x1) => {
      checkInputs(x1, x2);
      return Array.from({ length: depth + 1 }, (_, layers) => at(layers, x1, x2));
    },
  };
}

/** Refuses inputs that are no matrices of one width of at least 1. */
function checkInputs(x1: Matrix, x2: Matrix): void {
  checkMatrix(DOING, "x1", x1);
  if (x2 !== x1) checkMatrix(DOING, "x2", x2);
  const need = "x1 and x2 must have one number of columns, of at least 1";
  checkShapes(DOING, need, x1.cols === x2.cols && x1.cols > 0, x1, x2);
}

/** Covariances of the first layer, variances, and `k11 k22 - k12^2` by the difference of the inputs. */
type FirstLayer = {
  readonly covariances: Matrix;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly areaOf: (i: number, j: number) => number;
};

/** The first layer. */
function inputs(x1: Matrix, x2: Matrix, factor: number, bias: number): FirstLayer {
  const covariances = matmul(x1, x2, { transposeB: true });
  const { data } = covariances, d = x1.cols;
  for (let at = 0; at < data.length; at++) data[at] = factor * data[at] + bias;
  function variances(x: Matrix): Float64Array {
    return Float64Array.from({ length: x.rows }, (_, i) => {
      let sum = 0;
      for (let at = i * d; at < (i + 1) * d; at++) sum += x.data[at] * x.data[at];
      return factor * sum + bias;
    });
  }
  function areaOf(i: number, j: number): number {
    let square = 0, product = 0, apart = 0, rest = 0;
    for (let k = 0; k < d; k++) {
      const a = x1.data[i * d + k], b = x2.data[j * d + k];
      square += a * a;
      product += a * b;
      apart += (a - b) ** 2;
    }
    const along = square > 0 ? product / square : 0;
    for (let k = 0; k < d; k++) rest += (x2.data[j * d + k] - along * x1.data[i * d + k]) ** 2;
    return factor * factor * square * rest + factor * bias * apart;
  }
  const first = variances(x1);
  return { covariances, first, second: x1 === x2 ? first : variances(x2), areaOf };
}

/** What turns the first layer into the last. */
type Propagation = {
  readonly dual: DualKind;
  readonly layers: number;
  readonly weight: number;
  readonly bias: number;
};

/** The kernels after the last layer; those of the first are overwritten. */
function propagated(propagation: Propagation, first: FirstLayer): NetworkKernels {
  const { dual, layers, weight, bias } = propagation;
  const { covariances: nngp, areaOf } = first;
  const symmetric = first.first === first.second;
  const one = sideOf(propagation, first.first);
  const other = symmetric ? one : sideOf(propagation, first.second);
  const ntk = { ...nngp, data: new Float64Array(nngp.data.length) };
  if (nngp.data.length === 0) return { nngp, ntk };
  const pairs = { nngp: nngp.data, ntk: ntk.data, above: symmetric };
  if (dual.kind === "leaky") {
    const roots = one.variances.map((layer) => layer.map(Math.sqrt));
    const others = symmetric ? roots : other.variances.map((layer) => layer.map(Math.sqrt));
    const constants = { layers, slope: dual.slope, weight, bias };
    leakyRecursion(constants, { ...pairs, first: roots, second: others, areaOf });
  } else {
    const sides = { first: one.variances, second: other.variances };
    layerRecursion(dual, { layers, weight, bias }, { ...pairs, ...sides });
  }
  if (symmetric) mirror(propagation, one, { nngp, ntk });
  checkMatrix(DOING, "ntk", ntk);
  return { nngp, ntk };
}

/** What is known of each input by itself, layer by layer. */
type Side = {
  /** Variances of the pre-activations, those of the outputs last. */
  readonly variances: readonly Float64Array[];
  /** Mean squares of the activation's derivative in each hidden layer. */
  readonly slopes: readonly Float64Array[];
};

/** The variances of all layers. */
function sideOf({ dual, layers, weight, bias }: Propagation, start: Float64Array): Side {
  const variances = [checkVariances(start)], slopes: Float64Array[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const { value, derivative } = squaresOf(dual, variances[layer]);
    variances.push(checkVariances(value.map((square) => weight * square + bias)));
    slopes.push(derivative);
  }
  return { variances, slopes };
}

/** Writes the diagonal, which is known from each input, and the triangle below it. */
function mirror(
  { layers, weight }: Propagation,
  { variances, slopes }: Side,
  { nngp, ntk }: NetworkKernels,
): void {
  const n = nngp.rows, tangent = variances[0].slice();
  for (let layer = 0; layer < layers; layer++) {
    for (let i = 0; i < n; i++) {
      tangent[i] = variances[layer + 1][i] + weight * slopes[layer][i] * tangent[i];
    }
  }
  for (let i = 0; i < n; i++) {
    nngp.data[i * n + i] = variances[layers][i];
    ntk.data[i * n + i] = tangent[i];
  }
  mirrorUpper(nngp.data, n);
  mirrorUpper(ntk.data, n);
}

/** Refuses variances whose squares would vanish or overflow. */
function checkVariances(variances: Float64Array): Float64Array {
  for (const variance of variances) {
    if (variance === 0 || variance >= SMALLEST && variance <= LARGEST) continue;
    const need = `every variance must be 0 or from ${SMALLEST} to ${LARGEST}`;
    throw new RangeError(cannot(DOING, need, "one of them", variance));
  }
  return variances;
}
