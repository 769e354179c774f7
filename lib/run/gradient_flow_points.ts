/**
 * Points of the gradient flow of a loss: steps from one to the next, curvature, what lies between.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { dot } from "../linalg/inner_product.ts";
import type { Params } from "../models/kinds.ts";
import { chebyshevStep, stagesFor } from "./chebyshev_step.ts";
import { checkValue } from "./finite.ts";

/** A point of the flow. */
type Point = {
  readonly at: Float64Array;
  readonly slope: Float64Array;
  readonly loss: number;
  readonly time: number;
  /** What the loss threw there. */
  readonly error?: unknown;
};

/** A loss and where its flow begins. */
type FlowOf<P extends Params> = {
  readonly params: P;
  readonly lossAndGradient: (params: P) => { readonly loss: number; readonly gradient: Params };
  readonly maxEvaluations: number;
};

const doing = "follow a gradient flow";
/** Most stages of a step: beyond, rounding grows. */
const MOST_STAGES = 250;
/** Length of a step in which the loss rose, as a share of the usual, at which it is given up. */
const SLOWEST = 2 ** -30;

/** A loss on arrays as a flow on their entries in a row. */
export class Flow<P extends Params> {
  readonly #of: FlowOf<P>;
  #direction: Float64Array | null = null;
  /** Number of gradients so far. */
  evaluations = 0;

  /** The flow of a loss from some parameters. */
  constructor(of: FlowOf<P>) {
    this.#of = of;
  }

  /** Where it begins. */
  start(): Point {
    const entries = Object.values(this.#of.params).map(({ data }) => data);
    const at = new Float64Array(entries.reduce((sum, { length }) => sum + length, 0));
    entries.reduce((from, data) => (at.set(data, from), from + data.length), 0);
    const point = { ...this.#evaluate(at), time: 0 };
    checkValue("loss", point.loss, "at the start");
    return point;
  }

  /** The arrays that entries in a row make. */
  arrays(at: Float64Array): P {
    let from = 0;
    return Object.fromEntries(
      Object.entries(this.#of.params).map(([name, { rows, cols }]) => {
        const data = at.slice(from, from += rows * cols);
        return [name, { rows, cols, data }];
      }),
    ) as unknown as P;
  }

  /** The point after a step; a loss that is not finite, or refuses what it is given, is Infinity. */
  step(point: Point, length: number, curvature: number): Point {
    const time = point.time + length;
    try {
      const at = chebyshevStep((y) => this.#evaluate(y).slope, {
        start: point.at,
        slopeAtStart: point.slope,
        length,
        stages: Math.min(MOST_STAGES, stagesFor(length, curvature)),
      });
      return { ...this.#evaluate(at), time };
    } catch (error) {
      if (error instanceof Exhausted || !(error instanceof RangeError)) throw error;
      return { ...point, loss: Infinity, time, error };
    }
  }

  /** Longest step for which some stages suffice. */
  longestStep(curvature: number): number {
    return ((MOST_STAGES - 1) ** 2 - 1) / (1.54 * curvature);
  }

  /** Half the pace, after a step in which the loss rose; refuses one that rises at any pace. */
  slower(pace: number, { loss, error }: Point): number {
    if (pace > SLOWEST) return pace / 2;
    if (error !== undefined) throw error;
    const need = "the loss must fall along its gradient, as it does not in a step of any length";
    throw new RangeError(cannot(doing, need, "the loss", loss));
  }

  /** The end of a flow that has come to rest. */
  rest({ loss }: Point, end: number): number {
    if (end < Infinity) return end;
    const need = "until must become true before the gradient is 0";
    throw new RangeError(cannot(doing, need, "the loss", loss));
  }

  /** A bound of the largest curvature, by power iterations on differences of gradients. */
  curvature(point: Point): number {
    let direction = this.#direction ?? point.slope, size = norm(direction);
    const shift = Math.sqrt(Number.EPSILON) * (norm(point.at) || 1);
    if (size === 0) return Number.MIN_VALUE;
    let found = 0;
    for (let i = 0; i < 50; i++) {
      const scale = shift / size;
      const { slope } = this.#evaluate(point.at.map((w, at) => w + scale * direction[at]));
      const change = slope.map((f, at) => f - point.slope[at]);
      const now = norm(change) / shift;
      [direction, size] = [change, norm(change)];
      if (size === 0) break;
      const settled = Math.abs(now - found) <= 0.01 * now;
      found = Math.max(now, Number.MIN_VALUE);
      if (settled) break;
    }
    this.#direction = size === 0 ? this.#direction : direction;
    return 1.2 * found || Number.MIN_VALUE;
  }

  /** Where a condition becomes true between two points. */
  crossing(before: Point, after: Point, until: (loss: number) => boolean): Point {
    const length = after.time - before.time;
    let [low, high, found] = [0, 1, after];
    while ((high - low) * length > 1e-7 * after.time) {
      const middle = (low + high) / 2;
      const at = cubic(before, after, middle);
      const here = { ...this.#evaluate(at), time: before.time + middle * length };
      if (until(here.loss)) [high, found] = [middle, here];
      else low = middle;
    }
    return found;
  }

  #evaluate(at: Float64Array): Omit<Point, "time"> {
    const { lossAndGradient, params, maxEvaluations } = this.#of;
    if (this.evaluations++ >= maxEvaluations) {
      throw new Exhausted(
        cannot(doing, "it must end within maxEvaluations", "maxEvaluations", maxEvaluations),
      );
    }
    const { loss, gradient } = lossAndGradient(this.arrays(at));
    const slope = new Float64Array(at.length);
    let from = 0;
    for (const name of Object.keys(params)) {
      const { data } = gradient[name];
      for (let i = 0; i < data.length; i++) slope[from++] = -data[i];
    }
    return { at, slope, loss };
  }
}

/** The evaluations did not suffice. */
class Exhausted extends RangeError {}

/** Euclidean length. */
function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

/** The cubic with the values and slopes of two points, at a share of the way. */
function cubic(before: Point, after: Point, share: number): Float64Array {
  const length = after.time - before.time, rest = 1 - share;
  const [a, b] = [rest * rest * (1 + 2 * share), share * share * (3 - 2 * share)];
  const [c, d] = [length * share * rest * rest, -length * share * share * rest];
  return before.at.map((y, i) =>
    a * y + b * after.at[i] + c * before.slope[i] + d * after.slope[i]
  );
}
