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
export { add, diagonal, identity, scale, subtract, transpose } from "./lib/linalg/elementwise.ts";
export { eigenvalues, eigh } from "./lib/linalg/eigh.ts";
export { innerProduct } from "./lib/linalg/inner_product.ts";
export { type Eigh, type ProductOptions, type Qr, type Svd } from "./lib/linalg/kernels.ts";
export { type LanczosOptions, largestSingularValue } from "./lib/linalg/lanczos.ts";
export { matmul } from "./lib/linalg/matmul.ts";
export { newtonSchulz, type NewtonSchulzOptions } from "./lib/linalg/newton_schulz.ts";
export { matrixOperator, type Operator } from "./lib/linalg/operator.ts";
export { type Polar, polar, polarFactor, type PolarOptions } from "./lib/linalg/polar.ts";
export { polarExpress, type PolarExpressOptions } from "./lib/linalg/polar_express.ts";
export { type LinalgProvider, linalgProvider, setLinalgThreads } from "./lib/linalg/provider.ts";
export { qr } from "./lib/linalg/qr.ts";
export type { Quintic } from "./lib/linalg/quintic_iteration.ts";
export { cholesky, leastSquares, solve } from "./lib/linalg/solve.ts";
export { singularValues, svd } from "./lib/linalg/svd.ts";
export { unitRows } from "./lib/linalg/unit_rows.ts";

// stats
export { balancedAccuracy } from "./lib/stats/balanced_accuracy.ts";
export { bootstrapInterval, type BootstrapOptions } from "./lib/stats/bootstrap.ts";
export { gaussianExpectation } from "./lib/stats/gaussian_expectation.ts";
export {
  type Interval,
  type IntervalOptions,
  meanInterval,
  medianInterval,
  proportionInterval,
  ruleOfThree,
} from "./lib/stats/intervals.ts";
export { logSpacedIntegers } from "./lib/stats/log_spaced_integers.ts";
export { power, requiredSamples } from "./lib/stats/power.ts";
export { type SlopeFit, slopeFit } from "./lib/stats/slope_fit.ts";

// backend
export { backend, backendInfo, type BackendOptions } from "./lib/backend/backend.ts";
export { toMatrix, toTensor } from "./lib/backend/crossing.ts";
export type { BackendInfo, BackendName } from "./lib/backend/info.ts";
export type { ArrayKind } from "./lib/backend/kinds.ts";
export { matrixOps } from "./lib/backend/matrix_ops.ts";
export type { Ops } from "./lib/backend/ops.ts";
export { tensorOps } from "./lib/backend/tensor_ops.ts";
export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from "./lib/backend/tf.ts";

// data
export {
  activate,
  type Activation,
  activationFunction,
  type ActivationName,
  type LeakyRelu,
} from "./lib/data/activations.ts";
export type {
  CognitiveTrials,
  DecisionOptions,
  FixationInput,
  TrialOptions,
} from "./lib/data/cognitive_trials.ts";
export {
  contextDecision,
  type ContextDecisionOptions,
  type ContextTrials,
} from "./lib/data/context_decision.ts";
export {
  delayedMatch,
  type DelayedMatchOptions,
  type DelayedMatchTrials,
} from "./lib/data/delayed_match.ts";
export { firstInRegions, type RegionSampling } from "./lib/data/first_in_regions.ts";
export { featureSecondMoment } from "./lib/data/feature_second_moment.ts";
export { gaussianInputs, type GaussianInputsOptions } from "./lib/data/gaussian_inputs.ts";
export { gaussianTeacher, type GaussianTeacherOptions } from "./lib/data/gaussian_teacher.ts";
export { haarMatrix, matrixWithSpectrum } from "./lib/data/haar.ts";
export { centredFeatures } from "./lib/data/centred_features.ts";
export { type MatrixRegression, matrixRegression } from "./lib/data/matrix_regression.ts";
export {
  perceptualDecision,
  type PerceptualDecisionOptions,
  type PerceptualTrials,
} from "./lib/data/perceptual_decision.ts";
export {
  powerLaw,
  type PowerLawRegression,
  powerLawRegression,
  type PowerLawRegressionOptions,
} from "./lib/data/power_law_regression.ts";
export { type Digits, loadMnist, type MnistOptions } from "./lib/data/mnist.ts";
export { loadMobyDick } from "./lib/data/moby_dick.ts";
export { embeddedTokens, oneHotMatrix, oneHotOperator } from "./lib/data/one_hot.ts";
export {
  type FeatureActivation,
  type FeatureMapOptions,
  featuresOf,
  type RandomFeatures,
  randomFeatures,
  type RandomFeaturesOptions,
} from "./lib/data/random_features.ts";
export {
  activationMean,
  activationSecondMoment,
  type GaussianPair,
} from "./lib/data/second_moment.ts";
export {
  type Spike,
  type SpikedFeatures,
  spikedFeatures,
  type SpikedFeaturesOptions,
} from "./lib/data/spiked_features.ts";
export {
  type SpikedRandomFeatures,
  spikedRandomFeatures,
  type SpikedRandomFeaturesOptions,
} from "./lib/data/spiked_random_features.ts";
export { tokenize, type TokenizeOptions, type Tokens } from "./lib/data/tokens.ts";

// initializers
export {
  lowRank,
  type LowRankFactors,
  lowRankFactors,
  type LowRankOptions,
} from "./lib/initializers/low_rank.ts";
export { orthogonal, type OrthogonalOptions } from "./lib/initializers/orthogonal.ts";
export {
  type LayerScaling,
  parametrization,
  type ParametrizationKind,
  type ParametrizationOptions,
} from "./lib/initializers/parametrization.ts";
export { scaled, type ScaledOptions } from "./lib/initializers/scaled.ts";
export { spiked, type SpikedOptions } from "./lib/initializers/spiked.ts";

// models
export {
  activationDerivative,
  type ActivationWithDerivative,
  type ModelActivation,
} from "./lib/models/activations.ts";
export type { InputKind, Inputs, Model, ParameterUse, Params, Trace } from "./lib/models/kinds.ts";
export {
  crossEntropyLoss,
  type LossData,
  type ModelLoss,
  squareLoss,
} from "./lib/models/losses.ts";
export { type Mlp, mlp, type MlpOptions } from "./lib/models/mlp.ts";
export { nextTokenLoss } from "./lib/models/next_token_loss.ts";
export {
  jacobianVectorProduct,
  type ParameterChoice,
  vectorJacobianProduct,
} from "./lib/models/products.ts";
export { type Rnn, rnn, type RnnOptions } from "./lib/models/rnn.ts";
export { softplus } from "./lib/models/softplus.ts";
export {
  linearNetwork,
  type PlainNetworkOptions,
  quadraticNetwork,
  randomFeatureModel,
  type RandomFeatureModelOptions,
} from "./lib/models/special_networks.ts";
export {
  type Transformer,
  transformer,
  type TransformerOptions,
} from "./lib/models/transformer.ts";

// optimizers
export { lineSearchLosses, type LineSearchOptions } from "./lib/optimizers/line_search.ts";
export { adamW, type AdamWOptions, type AdamWState } from "./lib/optimizers/adamw.ts";
export { chain } from "./lib/optimizers/chain.ts";
export {
  type ArrayRecord,
  forRecord,
  type OptimizersByName,
  type PerName,
  type RecordOptimizer,
  type RecordState,
} from "./lib/optimizers/for_record.ts";
export {
  applyUpdate,
  type LikeParams,
  type Optimizer,
  type StateOf,
  type StepState,
} from "./lib/optimizers/kinds.ts";
export {
  muon,
  type MuonOptions,
  type MuonScale,
  type MuonState,
  type Orthogonalizer,
} from "./lib/optimizers/muon.ts";
export {
  constant,
  cosineDecay,
  type DecayOptions,
  linearDecay,
  type Rate,
  type Schedule,
  warmup,
} from "./lib/optimizers/schedules.ts";
export { sgd, type SgdOptions, type SgdState } from "./lib/optimizers/sgd.ts";
export { signDescent, type SignDescentOptions } from "./lib/optimizers/sign_descent.ts";
export { spectralDescent, type SpectralDescentOptions } from "./lib/optimizers/spectral_descent.ts";
export { clipNorm, scaleBy } from "./lib/optimizers/transforms.ts";

// ntk
export type { TensorModel } from "./lib/ntk/derivatives.ts";
export { empiricalNtk, type NtkOptions } from "./lib/ntk/empirical_ntk.ts";
export { type DualActivation, dualActivation } from "./lib/ntk/dual_activation.ts";
export {
  type InfiniteWidthKernels,
  infiniteWidthKernels,
  type InfiniteWidthOptions,
  type NetworkKernels,
} from "./lib/ntk/infinite_width.ts";
export {
  type GradientFlow,
  type GradientFlowOptions,
  gradientFlowPrediction,
} from "./lib/ntk/gradient_flow.ts";
export {
  followGradientFlow,
  type GradientFlowEnd,
  type GradientFlowRun,
} from "./lib/ntk/follow_gradient_flow.ts";
export type { KernelActivation, PolynomialActivation } from "./lib/ntk/kernel_activation.ts";
export { linearize } from "./lib/ntk/linearize.ts";
export {
  type MonteCarloKernel,
  monteCarloNtk,
  type MonteCarloOptions,
} from "./lib/ntk/monte_carlo.ts";
export {
  type AlignmentOptions,
  kernelAlignment,
  kernelDistance,
  kernelTargetAlignment,
} from "./lib/ntk/kernel_alignment.ts";
export type { FlowOptions } from "./lib/ntk/kernel_modes.ts";
export {
  type KernelRegression,
  kernelRegression,
  type KernelRegressionOptions,
} from "./lib/ntk/kernel_regression.ts";
export { type NtkProductOptions, ntkVectorProduct } from "./lib/ntk/ntk_vector_product.ts";
export {
  type EnsembleKernels,
  type EnsembleLaw,
  trainedEnsemble,
} from "./lib/ntk/trained_ensemble.ts";

// measure
export { effectiveRank } from "./lib/measure/effective_rank.ts";
export { frobeniusNorm, nuclearNorm, spectralNorm } from "./lib/measure/norms.ts";
export { nuclearRank } from "./lib/measure/nuclear_rank.ts";
export { numericalRank, type NumericalRankOptions } from "./lib/measure/numerical_rank.ts";
export { participationRatio } from "./lib/measure/participation_ratio.ts";
export { spectralRadius } from "./lib/measure/spectral_radius.ts";
export type { MatrixOrSpectrum } from "./lib/measure/spectrum.ts";
export { stableRank, type StableRankOptions } from "./lib/measure/stable_rank.ts";

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
export {
  type LayerCurvatures,
  layerCurvatures,
  layerStep,
  type LayerStepOptions,
} from "./lib/theory/layer_step.ts";
export {
  type ActivationMoments,
  activationMoments,
  deepReluStableRanks,
  limitingStableRank,
  type PreactivationOptions,
} from "./lib/theory/limiting_stable_rank.ts";
export { type OneStepGuarantees, oneStepGuarantees } from "./lib/theory/one_step.ts";
export {
  type AspectOptions,
  marchenkoPasturEdges,
  spikedCovarianceEigenvalue,
  spikedCovarianceOverlap,
  spikedCovarianceThreshold,
} from "./lib/theory/spiked_covariance.ts";
export { embeddedTokenBound, stableRankBound } from "./lib/theory/stable_rank_bound.ts";

// run
export {
  compareDescents,
  type CompareDescentsOptions,
  type Descents,
} from "./lib/run/compare_descents.ts";
export {
  type LayerDescent,
  layerDescent,
  type LayerDescentOptions,
  type LayerRanks,
} from "./lib/run/layer_descent.ts";
export type { LayerRouting, LayerRule, RulesOf } from "./lib/run/layer_rules.ts";
export type { Probe, ProbeMoment, ProbeRecord, StepChoice } from "./lib/run/probes.ts";
export { type Progress, progress, type ProgressOptions } from "./lib/run/progress.ts";
export { type Provenance, provenance, runKey, type RunSettings } from "./lib/run/provenance.ts";
export {
  type LossAndGradient,
  type Objective,
  train,
  type Trainable,
  type TrainOptions,
  type TrainResult,
  type TrainState,
} from "./lib/run/train.ts";
export {
  type Checkpoint,
  type MemoryCount,
  trainNetwork,
  type TrainNetworkOptions,
  type TrainNetworkResult,
} from "./lib/run/train_network.ts";
export type { NetworkParams, StateData, TensorsOf } from "./lib/run/network_arrays.ts";
export type { NetworkMoment, NetworkProbe } from "./lib/run/network_probes.ts";
export { type TunedOnGrid, tuneOnGrid, type TuneOnGridOptions } from "./lib/run/tune_on_grid.ts";
export { closeWorkers, onWorkers, type OnWorkersOptions } from "./lib/run/workers.ts";

// claims
export { type Claim, claim, notDecided, type NotDecidedOptions } from "./lib/claims/claim.ts";
export { atLeast, atMost, type Criterion, outside, within } from "./lib/claims/criterion.ts";
export type { DecideOptions, Found, WorstProblem } from "./lib/claims/decide.ts";
export {
  equality,
  type Estimand,
  type EstimandKind,
  type EstimandOptions,
  exists,
  forall,
  mean,
  median,
  paired,
  proportion,
  slope,
  type SlopeOptions,
} from "./lib/claims/estimand.ts";
export type {
  ClaimFields,
  ClaimInput,
  Control,
  Origin,
  Profile,
  Scale,
  Sizes,
} from "./lib/claims/fields.ts";
export type { Status } from "./lib/claims/judge.ts";
export { multiplicityLine, verdictLine } from "./lib/claims/line.ts";
export type {
  DecideProgress,
  Measure,
  Measured,
  MeasuredRecord,
  MeasureOne,
} from "./lib/claims/measure.ts";
export type { MeasuredPoints } from "./lib/claims/seed_slope.ts";
export type { RowOptions, SensitivityRow } from "./lib/claims/sensitivity.ts";
export type {
  CommittedVerdict,
  ControlArm,
  ControlOutcome,
  Settled,
  Shown,
  ShownVerdict,
  Verdict,
} from "./lib/claims/verdict.ts";
export { hillClimb, type HillClimbOptions, type HillClimbResult } from "./lib/claims/hill_climb.ts";

// plot
export { type Figure } from "./lib/plot/figure.ts";
export { type DensityCurve, histogram, type HistogramOptions } from "./lib/plot/histogram.ts";
export { type Layer } from "./lib/plot/layer.ts";
export { lines } from "./lib/plot/lines.ts";
export { multiples, type MultiplesOptions } from "./lib/plot/multiples.ts";
export { type Panel } from "./lib/plot/panel.ts";
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
  type Spectrum,
  spectrum,
  type SpectrumOptions,
  type SpectrumRuns,
} from "./lib/plot/spectrum.ts";
export { type Theme } from "./lib/plot/theme.ts";
