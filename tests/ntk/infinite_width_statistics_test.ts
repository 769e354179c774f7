/**
 * Finite networks, written out in loops, beside the kernels of infinite width.
 *
 * @module
 */
import { assertAlmostEquals } from "@std/assert";
import {
  activationFunction,
  infiniteWidthKernels,
  type KernelActivation,
  matrix,
  type Rng,
  rng,
} from "resolvent";

/** Standard errors within which a mean over networks must lie: one in 16,000 does not. */
const STANDARD_ERRORS = 4;

const WEIGHT = 1.3, BIAS = 0.2;
const INPUTS = [[0.4, -1.1, 0.3], [1.2, 0.5, -0.2]] as const;

type Smooth = { readonly f: (h: number) => number; readonly derivative: (h: number) => number };

/** Derivatives by central differences, which is not how the kernels have them. */
function differenced(f: (h: number) => number): Smooth {
  return { f, derivative: (h) => (f(h + 1e-5) - f(h - 1e-5)) / 2e-5 };
}

/** The error function by the midpoint rule on its definition. */
function erf(h: number): number {
  let sum = 0;
  for (let k = 0; k < 40; k++) sum += Math.exp(-(((k + 0.5) / 40 * h) ** 2));
  return 2 / Math.sqrt(Math.PI) * sum * h / 40;
}

/** Output product and tangent kernel of one network of the given width at the two inputs. */
function finiteNetwork(
  key: Rng,
  { f, derivative }: Smooth,
  { width, hiddenLayers }: { readonly width: number; readonly hiddenLayers: number },
): { readonly nngp: number; readonly ntk: number } {
  let activations: readonly (readonly number[])[] = INPUTS;
  const slopes: (readonly number[])[][] = [], weights: Float64Array[] = [];
  const entering = [activations];
  for (let layer = 0; layer < hiddenLayers; layer++) {
    const fanIn = activations[0].length;
    const w = key.fork(`w${layer}`).normal(width * fanIn), b = key.fork(`b${layer}`).normal(width);
    const preactivations = activations.map((a) =>
      Array.from({ length: width }, (_, i) => {
        let sum = 0;
        for (let k = 0; k < fanIn; k++) sum += w[i * fanIn + k] * a[k];
        return Math.sqrt(WEIGHT / fanIn) * sum + Math.sqrt(BIAS) * b[i];
      })
    );
    activations = preactivations.map((h) => h.map(f));
    slopes.push(preactivations.map((h) => h.map(derivative)));
    weights.push(w);
    entering.push(activations);
  }
  const readout = key.fork("readout").normal(width);
  // Backwards: the derivative of the output in each pre-activation, and what each layer adds.
  let deltas: readonly (readonly number[])[] = [[1], [1]];
  let ntk = 0;
  for (let layer = hiddenLayers; layer >= 0; layer--) {
    const [a1, a2] = entering[layer], [d1, d2] = deltas, fanIn = a1.length;
    const inner = (u: readonly number[], v: readonly number[]): number =>
      u.reduce((sum, value, i) => sum + value * v[i], 0);
    ntk += inner(d1, d2) * (WEIGHT / fanIn * inner(a1, a2) + BIAS);
    if (layer === 0) break;
    const w = layer === hiddenLayers ? readout : weights[layer];
    deltas = deltas.map((d, which) =>
      Array.from({ length: fanIn }, (_, k) => {
        let sum = 0;
        for (let i = 0; i < d.length; i++) sum += w[i * fanIn + k] * d[i];
        return Math.sqrt(WEIGHT / fanIn) * sum * slopes[layer - 1][which][k];
      })
    );
  }
  // The covariance of the output over the read-out alone has the same mean and less spread.
  const last = entering[hiddenLayers];
  const product = last[0].reduce((sum, value, i) => sum + value * last[1][i], 0);
  return { nngp: WEIGHT / width * product + BIAS, ntk };
}

/** Mean over networks and its standard error. */
function average(values: readonly number[]): readonly [mean: number, error: number] {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
  return [mean, Math.sqrt(square / values.length)];
}

const CASES: readonly (readonly [KernelActivation, Smooth])[] = [
  ["relu", { f: (h) => Math.max(h, 0), derivative: (h) => h > 0 ? 1 : 0 }],
  [{ name: "leakyRelu", slope: 0.3 }, {
    f: (h) => h > 0 ? h : 0.3 * h,
    derivative: (h) => h > 0 ? 1 : 0.3,
  }],
  ["abs", { f: Math.abs, derivative: Math.sign }],
  ["relu2", { f: (h) => Math.max(h, 0) ** 2, derivative: (h) => 2 * Math.max(h, 0) }],
  ["gelu", differenced(activationFunction("gelu"))],
  ["silu", differenced(activationFunction("silu"))],
  ["tanh", differenced(Math.tanh)],
  ["erf", differenced(erf)],
  [{ polynomial: [0.2, 1, -0.5] }, { f: (h) => 0.2 + h - h * h / 2, derivative: (h) => 1 - h }],
];

for (const [activation, smooth] of CASES) {
  const name = typeof activation === "string" ? activation : JSON.stringify(activation);
  Deno.test(`infiniteWidthKernels() of ${name} are means over networks of one hidden layer`, () => {
    const options = { activation, weightVariance: WEIGHT, biasVariance: BIAS, hiddenLayers: 1 };
    const { nngp, ntk } = infiniteWidthKernels(options).kernels(matrix(2, 3, INPUTS));
    // With one hidden layer both means are exact at any width.
    const found = rng(`one layer of ${name}`).split(1000)
      .map((key) => finiteNetwork(key, smooth, { width: 60, hiddenLayers: 1 }));
    for (
      const [values, limit] of [
        [found.map((kernel) => kernel.nngp), nngp.data[1]],
        [found.map((kernel) => kernel.ntk), ntk.data[1]],
      ] as const
    ) {
      const [mean, error] = average(values);
      assertAlmostEquals(mean, limit, STANDARD_ERRORS * error);
    }
  });
}

for (const [activation, smooth] of CASES.filter(([name]) => name === "relu" || name === "tanh")) {
  Deno.test(`infiniteWidthKernels() of deep ${activation} are limits of wide networks`, () => {
    const options = { activation, weightVariance: WEIGHT, biasVariance: BIAS, hiddenLayers: 3 };
    const { nngp, ntk } = infiniteWidthKernels(options).kernels(matrix(2, 3, INPUTS));
    const width = 160;
    const found = rng(`deep ${activation}`).split(60)
      .map((key) => finiteNetwork(key, smooth, { width, hiddenLayers: 3 }));
    for (
      const [values, limit] of [
        [found.map((kernel) => kernel.nngp), nngp.data[1]],
        [found.map((kernel) => kernel.ntk), ntk.data[1]],
      ] as const
    ) {
      const [mean, error] = average(values);
      // beyond the standard error: depth over width, the order of the first correction
      assertAlmostEquals(mean, limit, STANDARD_ERRORS * error + 3 / width * Math.abs(limit));
    }
  });
}
