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
export { type Figure } from "./lib/plot/figure.ts";
export { type DensityCurve, histogram, type HistogramOptions } from "./lib/plot/histogram.ts";
export { type Layer, type Panel } from "./lib/plot/panel.ts";
export { lines } from "./lib/plot/lines.ts";
export { multiples, type MultiplesOptions } from "./lib/plot/multiples.ts";
export { type PngOptions } from "./lib/plot/png.ts";
export { points } from "./lib/plot/points.ts";
export {
  type Axis,
  type CurveSeries,
  type FigureOptions,
  type Rule,
  type RunsSeries,
  type Series,
  type SeriesName,
  type SeriesOptions,
} from "./lib/plot/series.ts";
export {
  spectrum,
  type Spectrum,
  type SpectrumOptions,
  type SpectrumRuns,
} from "./lib/plot/spectrum.ts";
export { type Theme } from "./lib/plot/theme.ts";
