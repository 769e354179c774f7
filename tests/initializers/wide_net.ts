/**
 * Two hidden layers in float64, whose scalings are what is tested: written out, without the library's
 * models.
 *
 * @module
 */
import { type LayerScaling, rng, slopeFit } from "resolvent";

/** What a net of one width does at the start and in its first step. */
export type FirstStep = Readonly<Record<"h1" | "h2" | "f" | "dh1" | "dh2" | "df", number>>;

/** Numbers of inputs and outputs, and the common rate: small, so that changes are proportional to it. */
export const INPUTS = 4;
export const OUTPUTS = 8;
const RATE = 1e-3;

/** `y[j] = m sum_i x[i] w[i, j]`. */
function times(x: Float64Array, w: Float64Array, multiplier: number): Float64Array {
  const cols = w.length / x.length, out = new Float64Array(cols);
  for (let i = 0, at = 0; i < x.length; i++) {
    for (let j = 0; j < cols; j++, at++) out[j] += multiplier * x[i] * w[at];
  }
  return out;
}

/** `x[i] = m sum_j y[j] w[i, j]`. */
function timesTransposed(y: Float64Array, w: Float64Array, multiplier: number): Float64Array {
  const out = new Float64Array(w.length / y.length);
  for (let i = 0, at = 0; i < out.length; i++) {
    for (let j = 0; j < y.length; j++, at++) out[i] += multiplier * y[j] * w[at];
  }
  return out;
}

/** Root of the mean square. */
function size(x: Float64Array): number {
  return Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length);
}

/** Pre-activations of every layer. */
function forward(
  x: Float64Array,
  weights: readonly Float64Array[],
  layers: readonly LayerScaling[],
): readonly Float64Array[] {
  const out: Float64Array[] = [];
  weights.forEach((w, at) => {
    const entering = at === 0 ? x : out[at - 1].map(Math.tanh);
    out.push(times(entering, w, layers[at].multiplier));
  });
  return out;
}

/** Sizes at the start and of the change by one step at one input, whose targets are one above its outputs. */
export function firstStep(
  seed: number,
  layers: readonly LayerScaling[],
  optimizer: "sgd" | "adam",
): FirstStep {
  const key = rng(seed);
  const x = key.fork("x").normal(INPUTS);
  const weights = layers.map(({ shape, variance }, at) =>
    key.fork(at).normal(shape[0] * shape[1], { sd: Math.sqrt(variance) })
  );
  const before = forward(x, weights, layers);
  let delta = new Float64Array(OUTPUTS).fill(-1);
  const stepped: Float64Array[] = [];
  for (let at = 2; at >= 0; at--) {
    const { multiplier, learningRate } = layers[at];
    const entering = at === 0 ? x : before[at - 1].map(Math.tanh);
    stepped[at] = weights[at].map((w, entry) => {
      const cols = delta.length;
      const gradient = multiplier * entering[Math.floor(entry / cols)] * delta[entry % cols];
      // the first step of Adam, whose moments are the gradient and its square
      return w - RATE * learningRate * (optimizer === "adam" ? Math.sign(gradient) : gradient);
    });
    const back = timesTransposed(delta, weights[at], multiplier);
    if (at > 0) delta = back.map((value, i) => value * (1 - Math.tanh(before[at - 1][i]) ** 2));
  }
  const after = forward(x, stepped, layers);
  const [dh1, dh2, df] = after.map((h, at) => size(h.map((value, i) => value - before[at][i])));
  const [h1, h2, f] = before.map(size);
  return { h1, h2, f, dh1, dh2, df };
}

/** Exponents of the width in each quantity, by least squares over widths of means over seeds. */
export function exponents(
  widths: readonly number[],
  seeds: number,
  layersOf: (width: number) => readonly LayerScaling[],
  optimizer: "sgd" | "adam",
): FirstStep {
  const means = widths.map((width) => {
    const layers = layersOf(width);
    const runs = Array.from({ length: seeds }, (_, seed) => firstStep(seed, layers, optimizer));
    // roots of mean squares: an output of few seeds may lie near zero
    return (name: keyof FirstStep) =>
      Math.sqrt(runs.reduce((sum, run) => sum + run[name] ** 2, 0) / seeds);
  });
  const exponent = (name: keyof FirstStep) =>
    slopeFit(widths.map(Math.log), means.map((mean) => Math.log(mean(name)))).slope;
  return {
    h1: exponent("h1"),
    h2: exponent("h2"),
    f: exponent("f"),
    dh1: exponent("dh1"),
    dh2: exponent("dh2"),
    df: exponent("df"),
  };
}
