import { subtract } from "../linalg/elementwise.ts";
import { cannot } from "../check.ts";
import type { KernelProductOptions } from "../linalg/kernels.ts";
import { checkMatrix, checkShapes, type Matrix } from "../matrix.ts";
import { dot, innerProduct } from "../linalg/inner_product.ts";
import { matmul } from "../linalg/matmul.ts";
import { qr } from "../linalg/qr.ts";
import { singularValues } from "../linalg/svd.ts";

const USING = "use a matrix regression";

/** Least squares in a matrix of weights: the loss, its gradient, and its two curvature constants. */
export type MatrixRegression = {
  /** Number of samples n. */
  readonly samples: number;
  /** Number of features: rows of the weights. */
  readonly features: number;
  /** Number of outputs: columns of the weights. */
  readonly outputs: number;
  /** L(W) at weights of shape `[features, outputs]`. */
  readonly loss: (weights: Matrix) => number;
  /** The gradient AᵀR/n, R = AW - Y, shape `[features, outputs]`. */
  readonly gradient: (weights: Matrix) => Matrix;
  /** Both at once, at the cost of the gradient. */
  readonly lossAndGradient: (weights: Matrix) => {
    readonly loss: number;
    readonly gradient: Matrix;
  };
  /** Exact L(W) - L(W + U), from the gradient at W and the update U. */
  readonly decrease: (gradient: Matrix, update: Matrix) => number;
  /** ‖AU‖²_F/n: the second derivative of the loss along U. */
  readonly curvatureAlong: (update: Matrix) => number;
  /** L_F = ‖A‖²/n: curvature against the Frobenius norm of an update. */
  readonly euclideanCurvature: number;
  /** L_op = ‖A‖_F²/n: curvature against the spectral norm of an update; L_op / L_F is the stable rank of A. */
  readonly spectralCurvature: number;
};

/**
 * Makes the least-squares problem of a matrix of weights on fixed features.
 *
 * **Definition** `L(W) = ‖A W - Y‖_F² / (2n)`, with `L(W + U) = L(W) + <G, U> + ‖A U‖_F² / (2n)`,
 * `G = Aᵀ(A W - Y) / n`, and `‖A U‖_F² / n` at most `L_F ‖U‖_F²` and at most `L_op ‖U‖²`.
 *
 * Where there are more samples than features, samples are first rotated by the QR factorisation of
 * A: losses, gradients and constants stay what they are, and a step costs features² instead of
 * samples × features.
 *
 * @param features A, shape `[n, features]`, n at least 1
 * @param targets Y, shape `[n, outputs]`
 * @returns loss, gradient, exact decrease and the constants L_F and L_op (all at least 0)
 * @throws {TypeError} if the two have different numbers of rows
 * @throws {RangeError} if an entry is not finite or there is no sample
 *
 * @example One weight, two samples
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { matrix, matrixRegression } from "resolvent";
 *
 * const problem = matrixRegression(matrix(2, 1, [1, 1]), matrix(2, 1, [1, 3]));
 * const zero = matrix(1, 1);
 * assertAlmostEquals(problem.loss(zero), 2.5); // (1 + 9) / 4
 * assertAlmostEquals(problem.gradient(zero).data[0], -2); // -(1 + 3) / 2
 * assertAlmostEquals(problem.decrease(problem.gradient(zero), matrix(1, 1, [2])), 2);
 * assertAlmostEquals(problem.euclideanCurvature, 1);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, section 1 (their A and W are our transposes).
 */
export function matrixRegression(features: Matrix, targets: Matrix): MatrixRegression {
  const doing = "make a matrix regression";
  checkMatrix(doing, "features", features);
  checkMatrix(doing, "targets", targets);
  checkShapes(
    doing,
    "features and targets need the same number of samples, at least 1",
    features.rows === targets.rows && features.rows > 0,
    features,
    targets,
  );
  const samples = features.rows;
  const { a, y, outside } = rotated(features, targets);
  const squares = singularValues(a).map((s) => s * s);
  const shape = `[${features.cols}, ${targets.cols}]`;
  let room = new Float64Array(0);

  /** A W, valid until the next call. */
  function imageOf(weights: Matrix): Matrix {
    const fits = weights?.rows === a.cols && weights.cols === y.cols;
    if (!fits) throw new TypeError(cannot(USING, `weights must be ${shape}`, "weights", weights));
    const length = a.rows * y.cols;
    if (length > 0 && room.length !== length) room = new Float64Array(length);
    const options: KernelProductOptions = length > 0 ? { out: room } : {};
    return matmul(a, weights, options);
  }
  function residual(weights: Matrix): Matrix {
    const fit = imageOf(weights), out = fit.data, target = y.data;
    for (let at = 0; at < out.length; at++) out[at] -= target[at];
    return fit;
  }
  function lossOf(rest: Matrix): number {
    return (sumOfSquares(rest) + outside) / (2 * samples);
  }
  function gradientOf(rest: Matrix): Matrix {
    const gradient = matmul(a, rest, { transposeA: true }), out = gradient.data;
    for (let at = 0; at < out.length; at++) out[at] *= 1 / samples; // a copy costs as much again
    return gradient;
  }
  function curvatureAlong(update: Matrix): number {
    return sumOfSquares(imageOf(update)) / samples;
  }
  return {
    samples,
    features: features.cols,
    outputs: targets.cols,
    loss: (weights) => lossOf(residual(weights)),
    gradient: (weights) => gradientOf(residual(weights)),
    lossAndGradient: (weights) => {
      const rest = residual(weights);
      return { loss: lossOf(rest), gradient: gradientOf(rest) };
    },
    decrease: (gradient, update) => -innerProduct(gradient, update) - curvatureAlong(update) / 2,
    curvatureAlong,
    euclideanCurvature: (squares[0] ?? 0) / samples,
    spectralCurvature: squares.reduce((sum, square) => sum + square, 0) / samples,
  };
}

/** The problem in coordinates that hold the column space of A first; `outside` is what of Y lies beyond it. */
function rotated(features: Matrix, targets: Matrix): { a: Matrix; y: Matrix; outside: number } {
  if (features.rows <= features.cols) return { a: features, y: targets, outside: 0 };
  const { q, r } = qr(features);
  const y = matmul(q, targets, { transposeA: true });
  const inside = matmul(q, y);
  // Subtracting entry by entry, not norms: a realizable Y must leave rounding squared, not rounding.
  return { a: r, y, outside: sumOfSquares(subtract(targets, inside)) };
}

/** Without a check: of a descent that diverges, the driver says at which step. */
function sumOfSquares({ data }: Matrix): number {
  return dot(data, data);
}

/** Returns a problem as `matrixRegression` makes it, or throws. */
export function checkProblem(doing: string, problem: MatrixRegression): MatrixRegression {
  if (typeof problem?.lossAndGradient === "function") return problem;
  const need = "problem must be what matrixRegression() returns";
  throw new TypeError(cannot(doing, need, "problem", problem));
}
