/**
 * The types of a random key and its draws.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import type { RngStream } from "./stream.ts";

/** Name of the generator, kept in every state. */
export const ALGORITHM = "threefry4x32-20";

/** What is drawn: a number for a vector of that length, `[rows, cols]` for a matrix. */
export type Shape = number | readonly [rows: number, cols: number];

/** A draw: a vector for a number, a matrix for `[rows, cols]`; a longer draw begins with the shorter. */
export type Draw<Options extends readonly unknown[]> = {
  (length: number, ...options: Options): Float64Array;
  (shape: readonly [rows: number, cols: number], ...options: Options): Matrix;
  (shape: Shape, ...options: Options): Float64Array | Matrix;
};

/** Edges of uniform numbers: `[min, max)`. */
export type UniformOptions = {
  /** Smallest value, included; default 0. */
  readonly min?: number;
  /** Upper edge, never drawn; default 1. */
  readonly max?: number;
};

/** Mean and spread of normal numbers. */
export type NormalOptions = {
  /** Mean; default 0. */
  readonly mean?: number;
  /** Standard deviation, at least 0; default 1. */
  readonly sd?: number;
};

/** Edges of integers: `[min, max)`. */
export type IntegerOptions = {
  /** Smallest value, included; default 0. */
  readonly min?: number;
  /** Upper edge, an integer that is never drawn itself. */
  readonly max: number;
};

/** How many are chosen, and whether one may be chosen twice. */
export type ChoiceOptions = {
  /** Number of choices, an integer of at least 0; default 1. */
  readonly size?: number;
  /** Whether a value may be chosen again; default `false`. */
  readonly replace?: boolean;
};

/** A choice: indices `0, ..., n - 1` for a number `n`, entries for an array. */
export type Choose = {
  (from: number, options?: ChoiceOptions): Int32Array;
  <T>(from: readonly T[], options?: ChoiceOptions): T[];
};

/** The state of a key: a plain record that can be cloned, sent to a worker, or written as JSON. */
export type RngState = {
  /** Name of the generator. */
  readonly algorithm: "threefry4x32-20";
  /** The 128 bits of the key, as four unsigned 32-bit words. */
  readonly key: readonly [number, number, number, number];
};

/** An immutable random key: every method gives the same value each time it is called. */
export type Rng = {
  /** The key as a plain record; `restoreRng` makes the key again. */
  readonly state: RngState;
  /** Uniform numbers in `[min, max)`, with 53 random bits. */
  readonly uniform: Draw<[options?: UniformOptions]>;
  /** Normal numbers of mean `mean` and standard deviation `sd`. */
  readonly normal: Draw<[options?: NormalOptions]>;
  /** Integers in `[min, max)`, each exactly as likely; `max` is never drawn. */
  readonly integers: Draw<[options: IntegerOptions]>;
  /** A random order of `0, ..., n - 1`, every order as likely. */
  readonly permutation: (n: number) => Int32Array;
  /** Random entries of an array, or indices below a number. */
  readonly choice: Choose;
  /** `n` independent keys; the i-th depends on `i` alone, so more can be taken later. */
  readonly split: (n: number) => readonly Rng[];
  /** An independent key for a purpose; 1 and "1" are different labels. */
  readonly fork: (label: string | number) => Rng;
  /** The mutable form, for loops that draw one number at a time; each call starts anew. */
  readonly stream: () => RngStream;
};
