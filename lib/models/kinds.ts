/**
 * What a model is: pure functions on a record of parameters, and what a pass through it leaves.
 *
 * @module
 */
import { type ArrayKind, operationsOf } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import { cannot } from "../check.ts";
import { isMatrix, type Matrix } from "../matrix.ts";
import type { Rng } from "../random/types.ts";

/** Parameters by name, all of one kind of array. */
export type Params<A = Matrix> = Readonly<Record<string, A>>;

/** What a model reads: one array whose rows are samples, or one such array for each step of time. */
export type InputKind = "rows" | "steps";

/** Inputs, and likewise outputs, of a model of kind `I` as arrays of kind `A`. */
export type Inputs<I extends InputKind, A> = I extends "steps" ? readonly A[] : A;

/** One use of a parameter inside a model: what it adds to is `multiplier * activation · parameter`. */
export type ParameterUse<A> = {
  /** Name of the parameter. */
  readonly name: string;
  /** Constant factor of the parametrisation. */
  readonly multiplier: number;
  /** What enters it, shape `[n, fan in]`; `null` for a bias, whose input is 1. */
  readonly activation: A | null;
};

/** What a pass through a model leaves: the outputs, and how they depend on the parameters. */
export type Trace<A> = {
  /** Outputs, shape `[n, outputs]`; those of several steps side by side. */
  readonly output: A;
  /** Every use of a parameter, in order. */
  readonly uses: readonly ParameterUse<A>[];
  /**
   * Takes cotangents, shape `[n g, outputs]` with g rows for each sample, and returns for each use those
   * of what it adds to, shape `[n g, fan out]`; of the named parameters alone, if given, others may be null.
   */
  readonly pullback: (cotangents: A, only?: readonly string[]) => readonly (A | null)[];
  /** Takes tangents of some parameters and returns that of the outputs, shape `[n, outputs]`. */
  readonly pushforward: (tangents: Params<A>) => A;
};

/** A model as pure functions; the kind of array is found from the parameters. */
export type Model<I extends InputKind = "rows"> = {
  /** Whether it reads one array of rows, or one for each step of time. */
  readonly input: I;
  /** Names of the parameters that training and kernels are about. */
  readonly trained: readonly string[];
  /** Draws parameters as float64 matrices. */
  readonly init: (rng: Rng) => Params;
  /** Computes outputs, one row for each sample. */
  readonly apply: <A extends ArrayKind>(params: Params<A>, x: Inputs<I, A>) => Inputs<I, A>;
  /** Gives the activation that enters each weight, by the weight's name: shape `[n, fan in]`. */
  readonly activations: <A extends ArrayKind>(
    params: Params<A>,
    x: Inputs<I, A>,
  ) => Readonly<Record<string, Inputs<I, A>>>;
  /** Passes through and keeps what derivatives need. */
  readonly trace: <A extends ArrayKind>(params: Params<A>, x: Inputs<I, A>) => Trace<A>;
};

/** Returns `model`, which has what derivatives need, or throws a `TypeError`. */
export function checkModel<M>(doing: string, model: M): M {
  const { apply, trace, init } = (model ?? {}) as Partial<Model>;
  if ([apply, trace, init].every((f) => typeof f === "function")) return model;
  const need = "model must be a model { init, apply, trace }, such as mlp(options)";
  throw new TypeError(cannot(doing, need, "model", model));
}

/** Operations of the kind of the parameters, which have the expected shapes. */
export function checkParams<A extends ArrayKind>(
  doing: string,
  params: Params<A>,
  shapes: Readonly<Record<string, readonly [number, number]>>,
): Ops<A> {
  if (typeof params !== "object" || params === null) {
    throw new TypeError(cannot(doing, "params must be a record of arrays", "params", params));
  }
  const names = Object.keys(shapes);
  for (const name of names) {
    if (!Object.hasOwn(params, name)) {
      const need = `params needs ${names.join(", ")}`;
      throw new TypeError(cannot(doing, need, "the list of names", Object.keys(params)));
    }
    const shape = operationsOf(doing, params[name]).shape(params[name]);
    if (shape.length === 2 && shape.every((side, i) => side === shapes[name][i])) continue;
    const need = `${name} must have the shape [${shapes[name].join(", ")}]`;
    throw new TypeError(cannot(doing, need, `the shape of ${name}`, shape));
  }
  return operationsOf(doing, params[names[0]]);
}

/** Refuses inputs of another kind than the parameters or of another width. */
export function checkInputs<A extends ArrayKind>(
  doing: string,
  { ops, params, x, width }: {
    readonly ops: Ops<A>;
    readonly params: Params<A>;
    readonly x: A;
    readonly width: number;
  },
): void {
  if (isMatrix(Object.values(params)[0]) || !isMatrix(x)) ops.check(doing, "x", x);
  else {
    const need = "x must be an array of the kind of the parameters";
    throw new TypeError(cannot(doing, need, "x", x));
  }
  const shape = ops.shape(x);
  if (shape.length === 2 && shape[1] === width && shape[0] > 0) return;
  const need = `x must have rows of ${width} numbers`;
  throw new TypeError(cannot(doing, need, "the shape of x", shape));
}
