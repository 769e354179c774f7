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
export { type MatrixRegression, matrixRegression } from "./lib/data/matrix_regression.ts";

// optimizers

// measure

// theory
export {
  compareAlongPath,
  compareSteps,
  type ComparisonPath,
  type ComparisonPathOptions,
  type StepComparison,
} from "./lib/theory/compare_steps.ts";
export {
  type GradientAlongDescent,
  gradientAlongDescent,
} from "./lib/theory/gradient_along_descent.ts";

// run
export { type Progress, progress, type ProgressOptions } from "./lib/run/progress.ts";
export { type Provenance, provenance, runKey, type RunSettings } from "./lib/run/provenance.ts";
export { closeWorkers, onWorkers, type OnWorkersOptions } from "./lib/run/workers.ts";

// claims
export { hillClimb, type HillClimbOptions, type HillClimbResult } from "./lib/claims/hill_climb.ts";

// plot
