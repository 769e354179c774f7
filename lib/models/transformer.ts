/**
 * Small decoders on tensors.
 *
 * @module
 */
import { type Tensor, type Tensor3D, tf } from "../backend/tf.ts";
import { cannot, checkChoice, checkInteger, checkOptions } from "../check.ts";
import { scaled } from "../initializers/scaled.ts";
import type { Matrix } from "../matrix.ts";
import { matrix } from "../matrix.ts";
import { checkRng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import type { Params } from "./kinds.ts";
import { activateTensor } from "./tensor_activations.ts";

/** Sizes and kinds of parts of {@linkcode transformer}. */
export type TransformerOptions = {
  /** Number of tokens that there are, an integer of at least 1. */
  readonly vocabulary: number;
  /** Longest sequence, an integer of at least 1. */
  readonly context: number;
  /** Numbers per place of the residual stream, a multiple of `heads`. */
  readonly width: number;
  /** Heads of attention, an integer of at least 1. */
  readonly heads: number;
  /** Number of layers, an integer of at least 1. */
  readonly layers: number;
  /** Units of the block after attention, an integer of at least 1. Default: four times the width. */
  readonly hidden?: number;
  /** What comes before attention, block and read-out. Default: "rms". */
  readonly norm?: "rms" | "layer";
  /** Activation of the block. Default: "relu". */
  readonly block?: "relu" | "relu2" | "gelu" | "swiglu";
};

/** A decoder as pure functions on tensors. */
export type Transformer = {
  /** Names of the parameters. */
  readonly trained: readonly string[];
  /** Draws parameters as float64 matrices. */
  readonly init: (rng: Rng) => Params;
  /** Computes scores of the next token, shape `[n, t, vocabulary]`, from tokens, int32 of `[n, t]`. */
  readonly apply: (params: Params<Tensor>, tokens: Tensor) => Tensor3D;
  /** Gives what enters each weight, by the weight's name: shape `[n t, fan in]`. */
  readonly activations: (
    params: Params<Tensor>,
    tokens: Tensor,
  ) => Readonly<Record<string, Tensor>>;
};

/** Added to a variance before its root is divided by: PyTorch's default of LayerNorm. */
const EPSILON = 1e-5;
/** Added to scores of later places: its exponential is 0. */
const MASKED = -1e9;

const DOING = "apply a transformer";

/**
 * Makes a small decoder: causal attention and a block of two or three products, on a residual stream.
 *
 * **Definition** `h = embedding[token] + positions[place]`; in each layer `h += attention(norm(h)) merge`
 * and `h += block(norm(h))`; scores `norm(h) readOut`. Attention of a head is
 * `softmax(q kᵀ / sqrt(width/heads)) v` over places up to one's own; the block is `s(z up) down`, or
 * `(silu(z gate) ∘ (z up)) down` for "swiglu". "rms" divides by the root of the mean square plus 1e-5
 * and multiplies by a gain; "layer" first subtracts the mean, and last adds a bias.
 *
 * Parameters of layer 1 are `query1`, `key1`, `value1`, `merge1`, `up1`, `gate1`, `down1`,
 * `attentionGain1`, `blockGain1`. Weights start as N(0, 1/fan in), embeddings and positions as N(0, 1),
 * gains as 1 and biases as 0; there are no other biases.
 *
 * @param options Sizes, norm, activation
 * @returns the model: `apply(params, tokens)` on tensors alone; `activations(params, tokens)` gives what
 * enters each weight, such as the post-activations of the block that enter `down1`
 * @throws {RangeError} if a size or a name is out of range, or the width not a multiple of the heads
 * @throws {TypeError} if `options` is not a record of settings; from the model if shapes do not fit
 *
 * @example Scores of the next token
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { backend, matrix, rng, toTensor, transformer } from "resolvent";
 *
 * await backend({ prefer: "cpu" });
 * const model = transformer({ vocabulary: 5, context: 8, width: 4, heads: 2, layers: 1 });
 * const entries = Object.entries(model.init(rng(1))).map(([name, a]) => [name, toTensor(a)]);
 * const tokens = toTensor(matrix(1, 3, [0, 4, 2])).toInt();
 * assertEquals(model.apply(Object.fromEntries(entries), tokens).shape, [1, 3, 5]);
 * ```
 *
 * Source: Radford et al. (2019), Language models are unsupervised multitask learners (norm before each
 * part); Zhang and Sennrich (2019), arXiv:1910.07467 ("rms"); Shazeer, arXiv:2002.05202 ("swiglu"); So et
 * al., arXiv:2109.08668 ("relu2").
 */
export function transformer(options: TransformerOptions): Transformer {
  const settings = checkedSettings(options);
  const shapes = shapesOf(settings);
  /** Scores, and what entered each weight. */
  function pass(params: Params<Tensor>, tokens: Tensor): Pass {
    checkArguments(settings, shapes, params, tokens);
    return run(settings, params, tokens);
  }
  return {
    trained: Object.keys(shapes),
    init: (rng) => {
      checkRng("draw parameters", rng);
      const draws = Object.entries(shapes).map(([name, shape]) =>
        [name, start(name, shape, rng.fork(name))] as const
      );
      return Object.fromEntries(draws);
    },
    apply: (params, tokens) => pass(params, tokens).scores,
    activations: (params, tokens) => pass(params, tokens).entering,
  };
}

type Settings = Required<TransformerOptions>;
type Shapes = Readonly<Record<string, readonly [number, number]>>;
type Pass = { readonly scores: Tensor3D; readonly entering: Readonly<Record<string, Tensor>> };

/** Settings with their defaults, checked. */
function checkedSettings(options: TransformerOptions): Settings {
  const doing = "make a transformer";
  const given = checkOptions(doing, options);
  const { hidden = 4 * given.width, norm = "rms", block = "relu" } = given;
  const settings = { ...given, hidden, norm, block };
  for (const name of ["vocabulary", "context", "width", "heads", "layers", "hidden"] as const) {
    checkInteger(doing, name, settings[name], { min: 1 });
  }
  checkChoice(doing, "norm", norm, ["rms", "layer"]);
  checkChoice(doing, "block", block, ["relu", "relu2", "gelu", "swiglu"]);
  if (given.width % given.heads === 0) return settings;
  const need = `width must be a multiple of the ${given.heads} heads`;
  throw new RangeError(cannot(doing, need, "width", given.width));
}

/** Shapes of all parameters by name. */
function shapesOf({ vocabulary, context, width, layers, hidden, norm, block }: Settings): Shapes {
  const shapes: Record<string, readonly [number, number]> = {
    embedding: [vocabulary, width],
    positions: [context, width],
  };
  /** Parameters of a norm. */
  function addNorm(gain: string, bias: string): void {
    shapes[gain] = [1, width];
    if (norm === "layer") shapes[bias] = [1, width];
  }
  for (let l = 1; l <= layers; l++) {
    addNorm(`attentionGain${l}`, `attentionBias${l}`);
    for (const name of ["query", "key", "value", "merge"]) shapes[name + l] = [width, width];
    addNorm(`blockGain${l}`, `blockBias${l}`);
    if (block === "swiglu") shapes[`gate${l}`] = [width, hidden];
    shapes[`up${l}`] = [width, hidden];
    shapes[`down${l}`] = [hidden, width];
  }
  addNorm("finalGain", "finalBias");
  shapes.readOut = [width, vocabulary];
  return shapes;
}

/** A parameter at the start. */
function start(name: string, shape: readonly [number, number], rng: Rng): Matrix {
  if (/Gain\d*$/.test(name)) return matrix(...shape, () => 1);
  if (/Bias\d*$/.test(name)) return matrix(...shape);
  if (name === "embedding" || name === "positions") return rng.normal(shape);
  return scaled(rng, shape);
}

/** Refuses parameters and tokens of other shapes or kinds. */
function checkArguments(
  { context }: Settings,
  shapes: Shapes,
  params: Params<Tensor>,
  tokens: Tensor,
): void {
  checkOptions(DOING, params, "params");
  for (const [name, wanted] of Object.entries(shapes)) {
    const shape = params[name]?.shape;
    if (String(shape) === String(wanted)) continue;
    const need = `${name} must be a tensor of shape [${wanted.join(", ")}]`;
    throw new TypeError(cannot(DOING, need, `the shape of ${name}`, shape));
  }
  const { shape, dtype } = (tokens ?? {}) as Partial<Tensor>;
  if (dtype === "int32" && shape?.length === 2 && shape[1] >= 1 && shape[1] <= context) return;
  const need = `tokens must be an int32 tensor of shape [n, t], t from 1 to ${context}`;
  throw new TypeError(cannot(DOING, need, "its kind and shape", [dtype, shape]));
}

/** All layers. */
function run(settings: Settings, params: Params<Tensor>, tokens: Tensor): Pass {
  const t = tf(DOING);
  const { vocabulary, width, layers, block } = settings;
  const [n, places] = tokens.shape as [number, number];
  const entering: Record<string, Tensor> = {};
  /** The product with a weight, after noting what enters it. */
  function through(name: string, x: Tensor): Tensor {
    entering[name] = x;
    return t.matMul(x, params[name]);
  }
  /** The norm of each place. */
  function normed(name: string, x: Tensor): Tensor {
    const centred = settings.norm === "layer" ? t.sub(x, t.mean(x, 1, true)) : x;
    const size = t.sqrt(t.add(t.mean(t.square(centred), 1, true), EPSILON));
    const scaledUp = t.mul(t.div(centred, size), params[name.replace("*", "Gain")]);
    const bias = params[name.replace("*", "Bias")];
    return settings.norm === "layer" ? t.add(scaledUp, bias) : scaledUp;
  }
  // One-hot rows times the embedding, as looking up has no derivative on every backend.
  const hot = t.cast(t.oneHot(t.reshape(tokens, [n * places]), vocabulary), "float32");
  const order = t.tile(t.slice(params.positions, [0, 0], [places, width]), [n, 1]);
  let h: Tensor = t.add(through("embedding", hot), order);
  for (let l = 1; l <= layers; l++) {
    const z = normed(`attention*${l}`, h);
    const [q, k, v] = ["query", "key", "value"].map((name) => through(name + l, z));
    h = t.add(h, through(`merge${l}`, attention(settings, [q, k, v], [n, places])));
    const y = normed(`block*${l}`, h);
    const up = through(`up${l}`, y);
    const units = block === "swiglu"
      ? t.mul(activateTensor(through(`gate${l}`, y), "silu"), up)
      : activateTensor(up, block);
    h = t.add(h, through(`down${l}`, units));
  }
  const scores = through("readOut", normed("final*", h));
  return { scores: t.reshape(scores, [n, places, vocabulary]) as Tensor3D, entering };
}

/** Causal attention of all heads, rows as they came: shape `[n t, width]`. */
function attention(
  { width, heads }: Settings,
  parts: readonly Tensor[],
  [n, places]: readonly [number, number],
): Tensor {
  const t = tf(DOING);
  const side = width / heads;
  const [q, k, v] = parts.map((a) =>
    t.transpose(t.reshape(a, [n, places, heads, side]), [0, 2, 1, 3])
  );
  const later = matrix(places, places, (i, j) => j > i ? MASKED : 0);
  const mask = t.tensor2d(Float32Array.from(later.data), [places, places]);
  const weights = t.softmax(t.add(t.div(t.matMul(q, k, false, true), Math.sqrt(side)), mask));
  return t.reshape(t.transpose(t.matMul(weights, v), [0, 2, 1, 3]), [n * places, width]);
}
