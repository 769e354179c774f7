/**
 * Descent with a rule for each layer: along its gradient, along the polar factor, or as ranks say.
 *
 * @module
 */
import { cannot, checkFunction, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { add, scale } from "../linalg/elementwise.ts";
import type { PolarOptions } from "../linalg/polar.ts";
import type { Matrix } from "../matrix.ts";
import { nuclearRank } from "../measure/nuclear_rank.ts";
import { checkModel, type Model, type Params } from "../models/kinds.ts";
import type { LossData, ModelLoss } from "../models/losses.ts";
import { applyUpdate } from "../optimizers/kinds.ts";
import { checkRate, type Rate, rateAt } from "../optimizers/schedules.ts";
import { type LayerCurvatures, layerCurvatures, layerStep } from "../theory/layer_step.ts";
import { LayerRoute, rulesByName, type RulesOf } from "./layer_rules.ts";
import { checkSteps, isDue, type StepChoice } from "./probes.ts";

/** Settings of {@linkcode layerDescent}. */
export type LayerDescentOptions = {
  /** Weights at the start; not changed. */
  readonly params: Params;
  /** Inputs and targets, of all steps or of each. */
  readonly data: LossData | ((step: number) => LossData);
  /** The loss of a model on data, such as `squareLoss`. */
  readonly loss: (model: Model, data: LossData) => ModelLoss;
  /** The rule of all weights, or of each by its name. */
  readonly rules: RulesOf;
  /** Share of the guaranteed length, at least 0, or a schedule. */
  readonly learningRate: Rate;
  /** Number of steps, an integer of at least 0. */
  readonly steps: number;
  /** Share of the past that the running mean of gradients keeps, in [0, 1). Default: 0. */
  readonly momentum?: number;
  /** Steps between measurements of curvatures, and of ranks for routing, at least 1. Default: 1. */
  readonly measureEvery?: number;
  /** Steps at which ranks are recorded. Default: none. */
  readonly ranksAt?: StepChoice;
  /** Ends the run at a loss, before its step. Default: never. */
  readonly until?: (loss: number) => boolean;
  /** How polar factors are found, as for `polarFactor`. Default: "svd". */
  readonly method?: PolarOptions["method"];
};

/** Ranks of a layer at the recorded steps. */
export type LayerRanks = {
  /** Nuclear ranks of the gradient. */
  readonly nuclear: Float64Array;
  /** Stable ranks of the activations that enter. */
  readonly stable: Float64Array;
};

/** What a run leaves. */
export type LayerDescent = {
  /** Weights at the end. */
  readonly params: Params;
  /** Loss before each step and at the end, length `steps + 1`. */
  readonly losses: Float64Array;
  /** Number of steps taken. */
  readonly steps: number;
  /** Recorded ranks, by the names of the weights. */
  readonly ranks: Readonly<Record<string, LayerRanks>>;
  /** Share of the steps that were spectral, by the names of the weights; NaN without steps. */
  readonly spectralShare: Readonly<Record<string, number>>;
};

const DOING = "descend layer by layer";

/**
 * Trains the weights of a model in float64 by a Euclidean or a spectral step in each layer, fixed or
 * routed by the measured ranks.
 *
 * **Definition** `W_l += layerStep(M_l, rule_l, curvatures(A_l), lr)` for all weights at once, `A_l` the
 * activations that enter and `M_l = mu M_l + (1 - mu) G_l`, from 0, a running mean of gradients. A routed layer starts spectral if
 * `nr(G_l) >= threshold st(A_l)`; at each measurement it becomes spectral from
 * `nr >= hysteresis threshold st`, and Euclidean below `nr < threshold st / hysteresis`.
 *
 * @param model A model whose trained parameters are weights, such as `mlp({ sizes, biases: false })`
 * @param options Weights, data, loss, rules, learning rate, number of steps, when to measure and stop
 * @returns weights, losses (length steps + 1), number of steps, ranks, share of spectral steps
 * @throws {RangeError} if a setting is out of range, or a loss or gradient not finite, with its step
 * @throws {TypeError} if a setting is of another kind, a weight has no rule, or a trained parameter is
 * no weight
 *
 * @example One weight reaches its target in one step of guaranteed length
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { layerDescent, linearNetwork, matrix, squareLoss } from "resolvent";
 *
 * const run = layerDescent(linearNetwork({ sizes: [1, 1, 1] }), {
 *   params: { w1: matrix(1, 1, [1]), w2: matrix(1, 1, [0]) },
 *   data: { x: matrix(1, 1, [1]), y: matrix(1, 1, [3]) },
 *   loss: (model, data) => squareLoss(model, data, { reduction: "mean" }),
 *   rules: { w1: "euclidean", w2: {} },
 *   learningRate: 1,
 *   steps: 1,
 * });
 * assertAlmostEquals(run.params.w2.data[0], 3);
 * assertAlmostEquals(run.losses[1], 0);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, section 4, condition 4.18, and the authors' code for
 * Figures 1 and 4. Routing by the condition is ours.
 */
export function layerDescent(model: Model, options: LayerDescentOptions): LayerDescent {
  const { loss, learningRate, measureEvery, ranksAt, until, method, momentum, ...rest } = checked(
    model,
    options,
  );
  const names = model.trained;
  const routes = new Map(names.map((name) => [name, new LayerRoute(rest.rules[name])]));
  const ranks = new Map(names.map((name) => [name, new Ranks()]));
  const curvatures = new Map<string, LayerCurvatures>(), means = new Map<string, Matrix>();
  const losses: number[] = [];
  let params = rest.params;
  for (let step = 0;; step++) {
    const data = rest.dataAt(step);
    const { loss: value, gradient, cause } = evaluate(loss(model, data), params);
    losses.push(value);
    if (step === rest.steps || until(value)) break;
    if (!Number.isFinite(value)) {
      const need = "the loss must be finite";
      throw new RangeError(cannot(DOING, need, `the loss at step ${step}`, value), { cause });
    }
    const due = step % measureEvery === 0, recorded = isDue(ranksAt, step);
    const entering = due || recorded ? model.activations(params, data.x) : {};
    for (const name of names) {
      const activation = weightInput(name, entering, due || recorded);
      const here = activation && layerCurvatures(activation);
      if (due && here) curvatures.set(name, here);
      const route = routes.get(name)!;
      if (here && (recorded || (due && route.asks))) {
        const found = {
          nuclear: nuclearRank(gradient[name]),
          stable: here.spectral / here.euclidean,
        };
        if (recorded) ranks.get(name)!.add(found);
        if (due) route.choose(found.nuclear / found.stable);
      }
    }
    const rate = rateAt(DOING, "learningRate", learningRate, step, { min: 0 });
    const moved = names.map((name) => {
      means.set(name, running(means.get(name), gradient[name], momentum));
      const step = layerStep(means.get(name)!, {
        rule: routes.get(name)!.take(),
        curvatures: curvatures.get(name)!,
        learningRate: rate,
        method,
      });
      return [name, applyUpdate(params[name], step)] as const;
    });
    params = { ...params, ...Object.fromEntries(moved) };
  }
  const byName = <T>(of: (name: string) => T) =>
    Object.fromEntries(names.map((name) => [name, of(name)]));
  return {
    params,
    losses: Float64Array.from(losses),
    steps: losses.length - 1,
    ranks: byName((name) => ranks.get(name)!.result()),
    spectralShare: byName((name) => routes.get(name)!.share),
  };
}

/** Loss and gradient; where sums overflow on the way the loss is NaN, for the reason given. */
function evaluate({ lossAndGradient }: ModelLoss, params: Params): {
  readonly loss: number;
  readonly gradient: Params;
  readonly cause?: unknown;
} {
  try {
    return lossAndGradient(params);
  } catch (cause) {
    if (cause instanceof RangeError) return { loss: NaN, gradient: {}, cause };
    throw cause;
  }
}

/** Ranks of a layer as they grow. */
class Ranks {
  readonly #nuclear: number[] = [];
  readonly #stable: number[] = [];

  add({ nuclear, stable }: { readonly nuclear: number; readonly stable: number }): void {
    this.#nuclear.push(nuclear);
    this.#stable.push(stable);
  }

  result(): LayerRanks {
    return { nuclear: Float64Array.from(this.#nuclear), stable: Float64Array.from(this.#stable) };
  }
}

/** The running mean of gradients after one more. */
function running(mean: Matrix | undefined, gradient: Matrix, momentum: number): Matrix {
  const share = scale(gradient, 1 - momentum);
  return mean === undefined ? share : add(scale(mean, momentum), share);
}

/** What enters a weight, if it was measured. */
function weightInput(
  name: string,
  entering: Readonly<Record<string, Matrix>>,
  measured: boolean,
): Matrix | null {
  if (!measured) return null;
  if (Object.hasOwn(entering, name)) return entering[name];
  const need = "every trained parameter must be a weight that activations enter";
  throw new TypeError(cannot(DOING, need, "a parameter", name));
}

/** Settings with their defaults, checked; rules by name, data by step. */
function checked(model: Model, options: LayerDescentOptions) {
  checkModel(DOING, model);
  const { rules, data, params, loss, learningRate, measureEvery = 1, ranksAt = [], ...rest } =
    checkOptions(DOING, options);
  checkOptions(DOING, params, "params");
  checkFunction(DOING, "loss", loss);
  if (typeof data !== "function") checkOptions(DOING, data, "data");
  checkRate(DOING, "learningRate", learningRate, { min: 0 });
  const steps = checkInteger(DOING, "steps", rest.steps, { min: 0 });
  checkInteger(DOING, "measureEvery", measureEvery, { min: 1 });
  checkSteps(DOING, "ranksAt", ranksAt, steps - 1);
  const until = checkFunction(DOING, "until", rest.until ?? (() => false));
  const byName = rulesByName(DOING, model.trained, rules);
  const dataAt = typeof data === "function" ? data : () => data;
  const { method, momentum = 0 } = rest;
  checkNumber(DOING, "momentum", momentum, { min: 0, below: 1 });
  return {
    rules: byName,
    dataAt,
    params,
    loss,
    learningRate,
    measureEvery,
    ranksAt,
    steps,
    until,
    method,
    momentum,
  };
}
