/**
 * Muon: momentum whose steps are made orthogonal.
 *
 * @module
 */
import { type ArrayKind, operationsOf } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import type { Tensor } from "../backend/tf.ts";
import { cannot, checkChoice, checkNumber, checkOptions } from "../check.ts";
import type { NewtonSchulzOptions } from "../linalg/newton_schulz.ts";
import type { PolarExpressOptions } from "../linalg/polar_express.ts";
import type { Matrix } from "../matrix.ts";
import { type LikeParams, operationsFor, type Optimizer } from "./kinds.ts";
import { checkRate, type Rate, rateAt } from "./schedules.ts";

/** A way to make a matrix orthogonal: a name, or a function that keeps the shape. */
export type Orthogonalizer =
  | "newton-schulz"
  | "polar-express"
  | "exact"
  | ((a: Matrix) => Matrix)
  | ((a: Tensor) => Tensor);

/** A rule for the size of a step of Muon. */
export type MuonScale = "original" | "moonlight" | "scion" | "none";

/** Names of the ways to make a matrix orthogonal. */
const ORTHOGONALIZERS = ["newton-schulz", "polar-express", "exact"] as const;

/** Names of the rules for the size of a step. */
const SCALES: readonly MuonScale[] = ["original", "moonlight", "scion", "none"];

/** Settings of {@linkcode muon}. */
export type MuonOptions = {
  /** Step length, at least 0, or a schedule. Default: 0.02. */
  readonly learningRate?: Rate;
  /** Share of the past that the running mean keeps, in [0, 1). Default: 0.95. */
  readonly momentum?: number;
  /** Whether to look ahead along the momentum. Default: true. */
  readonly nesterov?: boolean;
  /** Decoupled decay, at least 0. Default: 0. */
  readonly weightDecay?: number;
  /** How the step is made orthogonal. Default: "newton-schulz". */
  readonly orthogonalizer?: Orthogonalizer;
  /** Coefficients of Newton-Schulz. Default: those of `newtonSchulz`; no other way has any. */
  readonly coefficients?: NewtonSchulzOptions["coefficients"];
  /** Number of iterations. Default: that of the iteration; the exact way has none. */
  readonly steps?: number;
  /**
   * Size of the step for weights `[in, out]`: "original" √max(1, out/in), "moonlight"
   * 0.2 √max(in, out), "scion" √(out/in), "none" 1. Default: "original".
   */
  readonly scale?: MuonScale;
};

/** State of {@linkcode muon}. */
export type MuonState = {
  /** Number of steps taken. */
  readonly step: number;
  /** Running mean of gradients. */
  readonly momentum: LikeParams;
};

/**
 * Muon: a running mean of gradients, made orthogonal, at a length that the shape sets.
 *
 * **Definition** `M_t = mu M_{t-1} + (1 - mu) G`, `D = M_t` or, with Nesterov,
 * `(1 - mu) G + mu M_t`; `update = -lr (c orth(D) + lambda W)`.
 *
 * The mean (exponential moving average) differs from the heavy-ball sum by a factor that orth
 * removes, up to the epsilon of the iterations. Default Newton-Schulz coefficients leave singular
 * values between about 0.68 and 1.13, not at 1.
 *
 * @param options Learning rate, momentum, decay, how to make orthogonal, rule for the size
 * @returns an optimizer of matrices, shape `[in, out]`
 * @throws {RangeError} if a rate or the decay is negative, the momentum is not in [0, 1), a name is
 * unknown, or coefficients or steps are given to a way that has none
 * @throws {TypeError} (from update) if an orthogonalizer of your own does not keep the shape
 *
 * @example The size of a gradient does not matter, its directions do
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix, muon } from "resolvent";
 *
 * const rule = muon({ learningRate: 0.5, orthogonalizer: "exact" });
 * const w = matrix(2, 2);
 * const [update] = rule.update(matrix(2, 2, [0, 7, 1e-3, 0]), rule.init(w), w);
 * [0, -0.5, -0.5, 0].forEach((entry, at) => assertAlmostEquals(update.data[at], entry, 1e-12));
 * ```
 *
 * Source: Jordan et al. (2024), Muon, github.com/KellerJordan/Muon at 857d1ad; scales: Liu et al.
 * (2025), arXiv:2502.16982, section 2.2 (moonlight), Pethick et al. (2025), arXiv:2502.07529 (scion).
 * Differs from the source in computing in the precision of the arrays, not in bfloat16.
 */
export function muon(options: MuonOptions = {}): Optimizer<MuonState> {
  const doing = "take a step of Muon";
  checkOptions(doing, options);
  const { learningRate = 0.02, momentum = 0.95, nesterov = true, weightDecay = 0 } = options;
  checkRate(doing, "learningRate", learningRate, { min: 0 });
  checkNumber(doing, "momentum", momentum, { min: 0, below: 1 });
  checkNumber(doing, "weightDecay", weightDecay, { min: 0 });
  const scaleName = checkChoice(doing, "scale", options.scale ?? "original", SCALES);
  checkOrthogonalizer(doing, options);
  return {
    init: (params) => ({ step: 0, momentum: operationsOf(doing, params).zerosLike(params) }),
    update: (gradient, { step, momentum: past }, params) => {
      const ops = operationsFor(doing, gradient, params);
      const { add, scale, shape } = ops;
      const rate = rateAt(doing, "learningRate", learningRate, step, { min: 0 });
      const share = scale(gradient, 1 - momentum);
      const mean = add(scale(past, momentum), share);
      const direction = nesterov ? add(share, scale(mean, momentum)) : mean;
      const orthogonal = orthogonalized(doing, ops, direction, options);
      const sized = scale(orthogonal, stepSize(doing, scaleName, shape(params)));
      const decayed = weightDecay === 0 ? sized : add(sized, scale(params, weightDecay));
      return [scale(decayed, -rate), { step: step + 1, momentum: mean }];
    },
  };
}

/** Refuses unknown names, and settings that would have no effect. */
function checkOrthogonalizer(
  doing: string,
  { orthogonalizer = "newton-schulz", coefficients, steps }: MuonOptions,
): void {
  const own = typeof orthogonalizer === "function";
  if (!own) checkChoice(doing, "orthogonalizer", orthogonalizer, ORTHOGONALIZERS);
  const name = own ? "a function" : orthogonalizer;
  if (coefficients !== undefined && name !== "newton-schulz") {
    const need = 'coefficients belong to the orthogonalizer "newton-schulz"';
    throw new RangeError(cannot(doing, need, "orthogonalizer", name));
  }
  if (steps !== undefined && (own || name === "exact")) {
    const need = "steps belong to an orthogonalizer that iterates";
    throw new RangeError(cannot(doing, need, "orthogonalizer", name));
  }
}

/** The direction made orthogonal. */
function orthogonalized<A extends ArrayKind>(
  doing: string,
  ops: Ops<A>,
  direction: A,
  { orthogonalizer = "newton-schulz", coefficients, steps }: MuonOptions,
): A {
  if (orthogonalizer === "exact") return ops.polar(direction);
  if (orthogonalizer === "polar-express") {
    const settings: PolarExpressOptions = steps === undefined ? {} : { steps };
    return ops.polarExpress(direction, settings);
  }
  if (orthogonalizer === "newton-schulz") {
    const settings: NewtonSchulzOptions = {
      ...(coefficients === undefined ? {} : { coefficients }),
      ...(steps === undefined ? {} : { steps }),
    };
    return ops.newtonSchulz(direction, settings);
  }
  const own = orthogonalizer as unknown as (a: A) => A;
  const result = ops.check(doing, "what the orthogonalizer returned", own(direction));
  if (String(ops.shape(result)) === String(ops.shape(direction))) return result;
  const need = "the orthogonalizer must keep the shape";
  throw new TypeError(
    cannot(doing, need, "the pair of shapes", [ops.shape(direction), ops.shape(result)]),
  );
}

/** Factor of the step for weights `[in, out]`; 1 for a side of length 0, which has no entries. */
function stepSize(doing: string, name: MuonScale, shape: readonly number[]): number {
  if (shape.length !== 2) {
    throw new TypeError(cannot(doing, "params must have rows and columns", "the shape", shape));
  }
  const [inputs, outputs] = shape;
  if (inputs * outputs === 0) return 1;
  switch (name) {
    case "original":
      return Math.sqrt(Math.max(1, outputs / inputs));
    case "moonlight":
      return 0.2 * Math.sqrt(Math.max(inputs, outputs));
    case "scion":
      return Math.sqrt(outputs / inputs);
    case "none":
      return 1;
  }
}
