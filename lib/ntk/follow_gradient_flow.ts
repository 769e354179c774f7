/**
 * Training of a network in continuous time, its kernel measured anew at each step.
 *
 * @module
 */
import { cannot, checkFunction, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { subtract } from "../linalg/elementwise.ts";
import { matmul } from "../linalg/matmul.ts";
import { timesRows } from "../linalg/scaling.ts";
import { allFinite, type Matrix, matrix } from "../matrix.ts";
import { checkModel, type InputKind, type Model, type Params } from "../models/kinds.ts";
import { type LossData, targetsOf } from "../models/losses.ts";
import { checkSides, vectorJacobianProduct } from "../models/products.ts";
import { empiricalNtk } from "./empirical_ntk.ts";
import { type KernelModes, kernelModes } from "./kernel_modes.ts";

/** Settings of {@linkcode followGradientFlow}. */
export type GradientFlowRun<I extends InputKind = "rows"> = LossData<I> & {
  /** Time at which the flow ends, above 0. Default: Infinity, with `until`. */
  readonly time?: number;
  /** Ends the flow at the time at which it becomes true of the loss. Default: never. */
  readonly until?: (loss: number) => boolean;
  /** Length of a step as a share of the time until then, in (0, 1]. Default: 0.05. */
  readonly share?: number;
  /** Most steps, an integer of at least 1. Default: 1,000. */
  readonly maxSteps?: number;
};

/** Where a flow ends. */
export type GradientFlowEnd<P extends Params = Params> = {
  /** Parameters there. */
  readonly params: P;
  /** The time. */
  readonly time: number;
  /** The loss there. */
  readonly loss: number;
  /** Times of the steps, from 0. */
  readonly times: Float64Array;
  /** Losses at these times; none rises by more than a hundredth, and but for kinks none rises. */
  readonly losses: Float64Array;
};

/** A point of the flow. */
type Point<P> = {
  readonly params: P;
  /** Outputs less targets, a row for each sample. */
  readonly residual: Matrix;
  readonly loss: number;
  readonly time: number;
};

const DOING = "follow a gradient flow";
/** Length of a step in which the loss rose, as a share of the usual, at which it is given up. */
const SLOWEST = 2 ** -30;
/** By how much steps that were shortened lengthen from one to the next. */
const RECOVERY = 1.5;
/** Rise of the loss in a step, as a share of it, that a flow may have which slides along a kink. */
const KINK = 0.01;
/** Rise of the loss that counts as rounding, as a share of the first. */
const ROUNDING = 1e-12;
/** Halvings in which the end of the last step is found. */
const HALVINGS = 60;

/**
 * Follows the gradient flow of half the sum of squared errors of a network, however stiff: where
 * descent takes as many steps as the largest eigenvalue of the kernel asks, this takes some for each
 * doubling of the time.
 *
 * **Definition** `dθ/dt = -J(θ)ᵀ r(θ)`, `θ(0) = params`, with the outputs' residual `r = f(x; θ) - y` and
 * Jacobian `J`, until `time`, or until `until(|r|²/2)`
 *
 * In a step of length h the kernel `K = J Jᵀ` is that of its middle, `θ <- θ - J(θ_m)ᵀ K_m^-1 (I -
 * exp(-h K_m)) r(θ)`, where half a step with the kernel before leads to θ_m: exact where the kernel stays,
 * and else of order 2 in h, which is `share` of the time until then. A step in which the loss rises by
 * more than a hundredth is taken again at half of the length; what is less may come from a kink of the
 * activation along which the flow slides, in zigzag here: of a small network of ReLU, where a single unit
 * counts, the path is known to some per cent. Each step takes one kernel with its eigenvectors; the memory
 * is that of some matrices of the side samples times outputs.
 *
 * @param model A model
 * @param params Its parameters at time 0, in float64; not changed
 * @param run Inputs and targets, end, length of steps
 * @returns parameters, time and loss at the end, times and losses of the steps
 * @throws {RangeError} if a setting is out of range, there is no end, an output is not finite, the loss
 * rises on however short a step, or the steps do not suffice
 * @throws {TypeError} if the model is none, shapes do not fit, or `until` is not a function
 *
 * @example A product of two weights that learns `y = 2 x`
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { followGradientFlow, linearNetwork, matrix } from "resolvent";
 *
 * const model = linearNetwork({ sizes: [1, 1, 1] });
 * const start = { w1: matrix(1, 1, [1]), w2: matrix(1, 1, [1]) };
 * const data = { x: matrix(1, 1, [1]), y: matrix(1, 1, [2]) };
 * const { params } = followGradientFlow(model, start, { ...data, time: 1 });
 * // p = w1 w2 obeys dp/dt = 2 p (2 - p)
 * assertAlmostEquals(params.w1.data[0] * params.w2.data[0], 2 / (1 + Math.exp(-4)), 1e-2);
 * ```
 *
 * Source: Jacot, Gabriel and Hongler (2018), arXiv:1806.07572, section 3, for the flow by its kernel;
 * Hochbruck and Ostermann (2010), Exponential integrators, Acta Numerica 19, section 2.
 */
export function followGradientFlow<I extends InputKind, P extends Params>(
  model: Model<I>,
  params: P,
  run: GradientFlowRun<I>,
): GradientFlowEnd<P> {
  const { end, until, share, maxSteps, at, modesAt, moved } = flowOf(model, params, run);
  let point = at(params, 0), modes = modesAt(params), pace = 1;
  /** A step, and the modes at its middle. */
  function stepOf(length: number): { readonly next: Point<P>; readonly middle: KernelModes } {
    const half = moved(point, point.params, modes, length / 2), middle = modesAt(half);
    const next = at(moved(point, half, middle, length), point.time + length);
    return { next, middle };
  }
  const times = [0], losses = [point.loss];
  let done = until(point.loss);
  for (let steps = 0; !done && point.time < end; steps++) {
    if (steps === maxSteps) throw unfinished(point, `it must end within maxSteps, ${maxSteps}`);
    const left = end - point.time;
    const length = Math.min(left, pace * share * Math.max(point.time, 1 / modes.eigenvalues[0]));
    if (point.time + length === Infinity) {
      throw unfinished(point, "until must become true while the loss falls");
    }
    let { next, middle } = stepOf(length);
    if (!(next.loss <= (1 + KINK) * point.loss + ROUNDING * losses[0])) {
      pace /= 2;
      if (pace < SLOWEST) throw unfinished(next, "the loss must fall along its gradient");
      continue;
    }
    done = until(next.loss);
    if (done) ({ next, middle } = stepOf(crossing([point, next], middle, until)));
    else if (length === left) next = { ...next, time: end };
    [point, modes, pace] = [next, middle, Math.min(1, RECOVERY * pace)];
    times.push(point.time);
    losses.push(point.loss);
  }
  const { time, loss } = point;
  const along = { times: Float64Array.from(times), losses: Float64Array.from(losses) };
  return { params: point.params, time, loss, ...along };
}

/** The flow of a model's loss: its points, and the way from one to others. */
function flowOf<I extends InputKind, P extends Params>(
  model: Model<I>,
  params: P,
  run: GradientFlowRun<I>,
) {
  checkModel(DOING, model);
  checkOptions(DOING, params, "params");
  const { x, y, time: end = Infinity, until: given, share = 0.05, maxSteps = 1000 } = checkOptions(
    DOING,
    run,
  );
  if (end !== Infinity) checkNumber(DOING, "time", end, { above: 0 });
  if (end === Infinity && given === undefined) {
    throw new RangeError(cannot(DOING, "it needs an end: time or until", "time", end));
  }
  checkNumber(DOING, "share", share, { above: 0, max: 1 });
  checkInteger(DOING, "maxSteps", maxSteps, { min: 1 });
  const until = checkFunction(DOING, "until", given ?? (() => false));
  const target = targetsOf(DOING, y);

  function at(here: P, time: number): Point<P> {
    const { output } = model.trace(here, x);
    checkSides(DOING, "y", [target.rows, target.cols], [output.rows, output.cols]);
    if (time === 0 && !allFinite(output.data)) {
      throw new RangeError(cannot(DOING, "outputs must be finite", "those at the start", output));
    }
    const residual = subtract(output, target);
    const loss = residual.data.reduce((sum, r) => sum + r * r, 0) / 2;
    return { params: here, residual, loss, time };
  }
  function modesAt(here: P): KernelModes {
    return kernelModes(DOING, empiricalNtk(model, here, x, null, { outputs: "full" }), {});
  }
  /** Parameters after a time, by the Jacobian at some parameters and the modes of a kernel. */
  function moved(
    { params: from, residual }: Point<P>,
    here: P,
    modes: KernelModes,
    time: number,
  ): P {
    const { rows, cols } = residual;
    const along = timesRows(componentsOf(residual, modes), modes.gains(time));
    const cotangents = matrix(rows, cols, matmul(modes.vectors, along).data);
    const gradient = vectorJacobianProduct(model, here, x, cotangents);
    const all = Object.entries(from).map(([name, a]) =>
      [name, name in gradient ? subtract(a, gradient[name]) : a] as const
    );
    return Object.fromEntries(all) as P;
  }
  return { end, until, share, maxSteps, at, modesAt, moved };
}

/** A residual along the modes of a kernel, as a column. */
function componentsOf({ data }: Matrix, { vectors }: KernelModes): Matrix {
  return matmul(vectors, matrix(data.length, 1, data), { transposeA: true });
}

/** The time after which the loss meets its end, by the modes in the middle of a step. */
function crossing(
  [from, to]: readonly [Point<unknown>, Point<unknown>],
  modes: KernelModes,
  until: (loss: number) => boolean,
): number {
  const components = componentsOf(from.residual, modes).data, length = to.time - from.time;
  function foretold(time: number): number {
    const learnt = modes.learnt(time);
    return components.reduce((sum, c, i) => sum + (c * (1 - learnt[i])) ** 2, 0) / 2;
  }
  // what the modes do not foretell grows with the third power of the time
  const off = Math.log(to.loss / foretold(length));
  let [low, high] = [0, length];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (until(foretold(middle) * Math.exp(off * (middle / length) ** 3))) high = middle;
    else low = middle;
  }
  return high;
}

/** An error that says how far the flow came. */
function unfinished({ time, loss }: Point<unknown>, need: string): RangeError {
  return new RangeError(cannot(DOING, need, `the loss at time ${time}`, loss));
}
