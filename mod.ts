/**
 * Resolvent: experiment primitives for the theory of deep learning, and claims that decide by
 * statistics whether a paper's statement holds.
 *
 * @module
 */

// ground
export { isMatrix, type Matrix, matrix } from "./lib/matrix.ts";

// random

// linalg

// stats

// data

// optimizers

// measure

// theory

// run

// claims

// plot
