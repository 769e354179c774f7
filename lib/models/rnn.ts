/**
 * Vanilla recurrent networks.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import { cannot, checkInteger, checkNumber, checkOptions } from "../check.ts";
import { scaled } from "../initializers/scaled.ts";
import { checkRng } from "../random/rng.ts";
import {
  activateArray,
  checkModelActivation,
  differentiateArray,
  type ModelActivation,
} from "./activations.ts";
import {
  checkInputs,
  checkParams,
  type Model,
  type ParameterUse,
  type Params,
  type Trace,
} from "./kinds.ts";

/** Sizes, activation and start of {@linkcode rnn}. */
export type RnnOptions = {
  /** Numbers at each step, an integer of at least 1. */
  readonly inputs: number;
  /** Recurrent units N, an integer of at least 1. */
  readonly hidden: number;
  /** Numbers read out at each step, an integer of at least 1. */
  readonly outputs: number;
  /** Activation of the recurrent units. Default: "relu". */
  readonly activation?: ModelActivation;
  /** Deviation of a recurrent weight at the start times sqrt(N), above 0. Default: 1. */
  readonly gain?: number;
};

/** A recurrent network: inputs and outputs are lists with an array for each step. */
export type Rnn = Model<"steps"> & {
  /** Computes the recurrent units after each step, shape `[trials, hidden]`. */
  readonly hiddenStates: <A extends ArrayKind>(
    params: Params<A>,
    x: readonly A[],
  ) => readonly A[];
};

/** A pass: what is summed at each step, and what the units are after it. */
type Pass<A> = { readonly sums: readonly A[]; readonly states: readonly A[] };

/**
 * Makes a vanilla recurrent network without biases that starts from rest.
 *
 * **Definition** `h_0 = 0`, `h_t = s(h_{t-1} wRec + x_t wIn)`, output `h_t wOut` at each step t
 *
 * At the start recurrent weights are N(0, gain²/N); input and output weights are uniform within
 * `1/sqrt(fan in)`, PyTorch's default. Replace `wRec` to start from another matrix, such as `lowRank`.
 * Where a paper has units in columns, its `W` is our `wRecᵀ`.
 *
 * @param options Numbers of inputs, units and outputs, activation, gain
 * @returns the model: `apply(params, x)` maps a list of `[trials, inputs]` to one of `[trials, outputs]`;
 * `hiddenStates(params, x)` gives the units; parameters are `wIn`, `wRec`, `wOut`
 * @throws {RangeError} if a size, the gain or the activation cannot be used
 * @throws {TypeError} if `options` is not a record of settings; from the model if shapes do not fit
 *
 * @example A unit that adds up its inputs
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, rnn } from "resolvent";
 *
 * const model = rnn({ inputs: 1, hidden: 1, outputs: 1 });
 * const one = matrix(1, 1, [1]);
 * const outputs = model.apply({ wIn: one, wRec: one, wOut: one }, [one, matrix(1, 1, [4])]);
 * assertEquals(outputs.map((y) => y.data[0]), [1, 5]);
 * ```
 *
 * Source: Liu, Baratin, Cornford, Mihalas, Shea-Brown and Lajoie, arXiv:2310.08513, section 2 (the
 * network; gain 1.25 in its code).
 */
export function rnn(options: RnnOptions): Rnn {
  const doing = "make a recurrent network";
  const { inputs, hidden, outputs, activation = "relu", gain = 1 } = checkOptions(doing, options);
  checkInteger(doing, "inputs", inputs, { min: 1 });
  checkInteger(doing, "hidden", hidden, { min: 1 });
  checkInteger(doing, "outputs", outputs, { min: 1 });
  checkNumber(doing, "gain", gain, { above: 0 });
  checkModelActivation(doing, activation);
  const shapes = {
    wIn: [inputs, hidden],
    wRec: [hidden, hidden],
    wOut: [hidden, outputs],
  } as const;

  /** Operations for parameters and inputs that fit. */
  function operations<A extends ArrayKind>(params: Params<A>, x: readonly A[]): Ops<A> {
    const doing = "apply a recurrent network";
    const ops = checkParams(doing, params, shapes);
    if (!Array.isArray(x) || x.length === 0) {
      const need = "x must be a list of arrays, one for each step";
      throw new TypeError(cannot(doing, need, "x", x));
    }
    for (const step of x) checkInputs(doing, { ops, params, x: step, width: inputs });
    if (x.every((step) => ops.shape(step)[0] === ops.shape(x[0])[0])) return ops;
    const need = "each step must have as many trials";
    throw new TypeError(cannot(doing, need, "the list of numbers", x.map((a) => ops.shape(a)[0])));
  }

  /** All steps. */
  function pass<A extends ArrayKind>(ops: Ops<A>, params: Params<A>, x: readonly A[]): Pass<A> {
    const sums: A[] = [], states: A[] = [];
    for (const step of x) {
      const driven = ops.matmul(step, params.wIn), before = states.at(-1);
      sums.push(before === undefined ? driven : ops.add(ops.matmul(before, params.wRec), driven));
      states.push(activateArray(sums[sums.length - 1], activation));
    }
    return { sums, states };
  }

  return {
    input: "steps",
    trained: Object.keys(shapes),
    init: (rng) => {
      checkRng("draw parameters", rng);
      const uniform = { gain: 1 / Math.sqrt(3), distribution: "uniform" } as const;
      return {
        wIn: scaled(rng.fork("wIn"), shapes.wIn, uniform),
        wRec: scaled(rng.fork("wRec"), shapes.wRec, { gain }),
        wOut: scaled(rng.fork("wOut"), shapes.wOut, uniform),
      };
    },
    apply: (params, x) => {
      const ops = operations(params, x);
      return pass(ops, params, x).states.map((h) => ops.matmul(h, params.wOut));
    },
    hiddenStates: (params, x) => pass(operations(params, x), params, x).states,
    activations: (params, x) => {
      const ops = operations(params, x);
      const { states } = pass(ops, params, x);
      return { wIn: x, wRec: [ops.zerosLike(states[0]), ...states.slice(0, -1)], wOut: states };
    },
    trace: (params, x) => {
      const ops = operations(params, x);
      const passed = pass(ops, params, x);
      return traceOf(ops, { params, x, pass: passed, activation });
    },
  };
}

/** Derivatives of all steps; the first step has no use of `wRec`, as its units were at rest. */
function traceOf<A extends ArrayKind>(
  ops: Ops<A>,
  { params, x, pass: { sums, states }, activation }: {
    readonly params: Params<A>;
    readonly x: readonly A[];
    readonly pass: Pass<A>;
    readonly activation: ModelActivation;
  },
): Trace<A> {
  const { wRec, wOut } = params;
  const width = ops.shape(wOut)[1];
  const slopes: A[] = [];
  /** Slopes of the units at a step, when first needed. */
  function slope(t: number): A {
    return slopes[t] ??= differentiateArray(sums[t], activation);
  }
  /** The uses of one weight at the steps from `first` on. */
  function uses(name: string, entering: readonly A[]): readonly ParameterUse<A>[] {
    return entering.map((activation) => ({ name, multiplier: 1, activation }));
  }
  return {
    output: ops.concatColumns(states.map((h) => ops.matmul(h, wOut))),
    uses: [...uses("wIn", x), ...uses("wRec", states.slice(0, -1)), ...uses("wOut", states)],
    pullback: (cotangents) => {
      const read = x.map((_, t) => ops.sliceColumns(cotangents, t * width, (t + 1) * width));
      const deltas: A[] = [];
      for (let t = x.length - 1; t >= 0; t--) {
        const out = ops.matmul(read[t], wOut, { transposeB: true });
        const later = deltas.at(0);
        const all = later === undefined
          ? out
          : ops.add(out, ops.matmul(later, wRec, { transposeB: true }));
        deltas.unshift(ops.multiplyBlocks(all, slope(t)));
      }
      return [...deltas, ...deltas.slice(1), ...read];
    },
    pushforward: (tangents) => {
      const moved: A[] = [];
      x.forEach((step, t) => {
        let change = tangents.wIn ? ops.matmul(step, tangents.wIn) : ops.zerosLike(sums[t]);
        if (t > 0) {
          change = ops.add(change, ops.matmul(moved[t - 1], wRec));
          if (tangents.wRec) change = ops.add(change, ops.matmul(states[t - 1], tangents.wRec));
        }
        moved.push(ops.multiply(change, slope(t)));
      });
      return ops.concatColumns(moved.map((h, t) => {
        const out = ops.matmul(h, wOut);
        return tangents.wOut ? ops.add(out, ops.matmul(states[t], tangents.wOut)) : out;
      }));
    },
  };
}
