/**
 * A key as a record of functions over its four words.
 *
 * @module
 */
import { cannot, checkInteger, checkNumber } from "../check.ts";
import { type Matrix, matrix } from "../matrix.ts";
import { integerBelow, integerRange, shuffled } from "./integers.ts";
import { absorb, DOMAIN, messageWords, splitKey } from "./key.ts";
import { drawNormal, drawUniform } from "./samplers.ts";
import { openStream } from "./stream.ts";
import type { Words4 } from "./threefry.ts";
import {
  ALGORITHM,
  type ChoiceOptions,
  type Choose,
  type Draw,
  type IntegerOptions,
  type NormalOptions,
  type Rng,
  type Shape,
  type UniformOptions,
} from "./types.ts";
import { wordSource } from "./words.ts";

/** Makes the immutable record of draws that belongs to a key. */
export function fromKey(key: Words4): Rng {
  return Object.freeze({
    state: Object.freeze({ algorithm: ALGORITHM, key: Object.freeze(key) }),
    uniform: shaped((length, options?: UniformOptions) => uniformBetween(key, length, options)),
    normal: shaped((length, options?: NormalOptions) => normalAround(key, length, options)),
    integers: shaped((length, options: IntegerOptions) => integersBetween(key, length, options)),
    permutation(n: number): Int32Array {
      checkInteger("draw a permutation", "n", n, { min: 0, max: 2 ** 31 - 1 });
      return shuffled(wordSource(key, DOMAIN.permutation), n, n);
    },
    choice: chooser(key),
    split(n: number): readonly Rng[] {
      checkInteger("split a random key", "n", n, { min: 0 });
      return Array.from({ length: n }, (_, i) => fromKey(splitKey(key, i)));
    },
    fork(label: string | number): Rng {
      if (typeof label !== "string") checkNumber("fork a random key", "label", label);
      return fromKey(absorb(key, DOMAIN.fork, messageWords(label)));
    },
    stream: () => openStream(key),
  });
}

/** Turns a sampler of vectors into one of vectors and matrices. */
function shaped<Options extends readonly unknown[]>(
  draw: (length: number, ...options: Options) => Float64Array,
): Draw<Options> {
  function sample(shape: Shape, ...options: Options): Float64Array | Matrix {
    if (typeof shape === "number") {
      return draw(checkInteger("draw random numbers", "shape", shape, { min: 0 }), ...options);
    }
    if (!Array.isArray(shape) || shape.length !== 2) {
      throw new TypeError(
        cannot("draw random numbers", "shape must be a number or [rows, cols]", "shape", shape),
      );
    }
    const [rows, cols] = shape as readonly [number, number];
    checkInteger("draw random numbers", "rows", rows, { min: 0 });
    checkInteger("draw random numbers", "cols", cols, { min: 0 });
    return matrix(rows, cols, draw(rows * cols, ...options));
  }
  return sample as Draw<Options>;
}

/** Uniform numbers in `[min, max)`. */
function uniformBetween(
  key: Words4,
  length: number,
  { min = 0, max = 1 }: UniformOptions = {},
): Float64Array {
  checkNumber("draw uniform numbers", "min", min);
  checkNumber("draw uniform numbers", "max", max, { above: min });
  checkNumber("draw uniform numbers", "max - min", max - min);
  const out = drawUniform(key, length);
  if (min === 0 && max === 1) return out;
  for (let i = 0; i < length; i++) {
    // Rounding can reach the upper edge; such a value (one in 2^53) becomes the lower edge.
    const value = min + (max - min) * out[i];
    out[i] = value < max ? value : min;
  }
  return out;
}

/** Normal numbers of given mean and standard deviation. */
function normalAround(
  key: Words4,
  length: number,
  { mean = 0, sd = 1 }: NormalOptions = {},
): Float64Array {
  checkNumber("draw normal numbers", "mean", mean);
  checkNumber("draw normal numbers", "sd", sd, { min: 0 });
  const out = drawNormal(key, length);
  if (mean === 0 && sd === 1) return out;
  for (let i = 0; i < length; i++) out[i] = mean + sd * out[i];
  return out;
}

/** Integers in `[min, max)`. */
function integersBetween(key: Words4, length: number, options: IntegerOptions): Float64Array {
  const { min = 0, max } = options ?? {};
  const range = integerRange("draw integers", min, max);
  const source = wordSource(key, DOMAIN.integers);
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) out[i] = min + integerBelow(source, range);
  return out;
}

/** Choices from an array, or of indices below a number, with or without replacement. */
function chooser(key: Words4): Choose {
  function choose<T>(
    from: number | readonly T[],
    { size = 1, replace = false }: ChoiceOptions = {},
  ): Int32Array | T[] {
    const doing = "choose at random";
    const n = typeof from === "number" ? from : from?.length;
    checkInteger(doing, "the number of choices", n, { min: 0, max: 2 ** 31 - 1 });
    checkInteger(doing, "size", size, { min: 0 });
    if (size > 0 && (replace ? n === 0 : size > n)) {
      const need = replace ? "there must be something to choose from" : `size must be at most ${n}`;
      throw new RangeError(cannot(doing, need, "size", size));
    }
    const source = wordSource(key, DOMAIN.choice);
    const picked = replace
      ? Int32Array.from({ length: size }, () => integerBelow(source, n))
      : shuffled(source, n, size);
    return typeof from === "number" ? picked : Array.from(picked, (i) => from[i]);
  }
  return choose as Choose;
}
