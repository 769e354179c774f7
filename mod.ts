/**
 * Resolvent: experiment primitives for the theory of deep learning, and claims that decide by
 * statistics whether a paper's statement holds.
 *
 * @module
 */

// ground
export { isMatrix, type Matrix, matrix } from "./lib/matrix.ts";

// random
export { isRng, restoreRng, rng } from "./lib/random/rng.ts";
export type {
  ChoiceOptions,
  Choose,
  Draw,
  IntegerOptions,
  NormalOptions,
  Rng,
  RngState,
  Shape,
  UniformOptions,
} from "./lib/random/types.ts";
export type { RngStream } from "./lib/random/stream.ts";

// linalg

// stats

// data

// optimizers

// measure

// theory

// run

// claims

// plot
