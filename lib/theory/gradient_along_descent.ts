import { cannot, checkInteger, checkNumber } from "../check.ts";
import { checkMatrix, checkShapes, type Matrix } from "../matrix.ts";
import { eigh } from "../linalg/eigh.ts";
import type { Eigh } from "../linalg/kernels.ts";
import { matmul } from "../linalg/matmul.ts";
import { timesRows } from "../linalg/scaling.ts";
import { singularValues } from "../linalg/svd.ts";

const DOING = "follow the gradient along descent";

/** The gradient of least squares at any step of Euclidean descent, without taking the steps. */
export type GradientAlongDescent = {
  /** The gradient after `steps` steps of size `learningRate`, shape of the initial gradient. */
  readonly gradient: (steps: number, learningRate: number) => Matrix;
  /** Its singular values, descending. */
  readonly singularValues: (steps: number, learningRate: number) => Float64Array;
  /** ‖B‖, the largest eigenvalue of the second moment. */
  readonly norm: number;
  /** The same descent from another initial gradient of `features` rows, without another decomposition. */
  readonly from: (initialGradient: Matrix) => GradientAlongDescent;
};

/**
 * Gives the gradient of least squares along Euclidean descent in closed form.
 *
 * **Definition** `G_t = (I - η B)ᵗ G_0`, `B = AᵀA/n = Q diag(λ) Qᵀ`, so that
 * `G_t = Q diag((1 - η λ)ᵗ) Qᵀ G_0`. With `G_0 = -B W♯` this is the paper's Model I, with
 * `G_0 = -(AᵀĀ/n) W̄` its Model II.
 *
 * @param secondMoment B, symmetric, shape `[features, features]`
 * @param initialGradient G_0, shape `[features, outputs]`
 * @returns functions of the number of steps (an integer of at least 0) and the learning rate η (above
 *   0); at the cost of one eigendecomposition, shared by every initial gradient of `from`
 * @throws {TypeError} if the shapes do not fit
 * @throws {RangeError} if an entry is not finite, or steps or learning rate are out of range
 *
 * @example One step of size 1/‖B‖ removes the top direction
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { gradientAlongDescent, matrix } from "resolvent";
 *
 * const path = gradientAlongDescent(matrix(2, 2, [4, 0, 0, 1]), matrix(2, 2, [4, 0, 0, 1]));
 * const [first, second] = path.singularValues(1, 1 / path.norm);
 * assertAlmostEquals(first, 0.75);
 * assertAlmostEquals(second, 0, 1e-15);
 * ```
 *
 * Source: Davis and Drusvyatskiy, arXiv:2512.04299, sections 3.1 and 3.2 (their W is our transpose).
 */
export function gradientAlongDescent(
  secondMoment: Matrix,
  initialGradient: Matrix,
): GradientAlongDescent {
  checkMatrix(DOING, "secondMoment", secondMoment);
  checkGradient(secondMoment, initialGradient);
  if (secondMoment.rows !== secondMoment.cols || secondMoment.rows === 0) {
    throw new TypeError(
      cannot(DOING, "secondMoment must be square and not empty", "secondMoment", secondMoment),
    );
  }
  return descentFrom(eigh(secondMoment), initialGradient);
}

/** Refuses a gradient that does not belong to the second moment. */
function checkGradient(secondMoment: Matrix, gradient: Matrix): void {
  checkMatrix(DOING, "initialGradient", gradient);
  const need = "initialGradient needs one row per feature";
  checkShapes(DOING, need, secondMoment.rows === gradient.rows, secondMoment, gradient);
}

/** The descent in the eigenbasis of the second moment. */
function descentFrom(basis: Eigh, initialGradient: Matrix): GradientAlongDescent {
  const { values, vectors } = basis;
  const coordinates = matmul(vectors, initialGradient, { transposeA: true });

  function inEigenbasis(steps: number, learningRate: number): Matrix {
    checkInteger(DOING, "steps", steps, { min: 0 });
    checkNumber(DOING, "learningRate", learningRate, { above: 0 });
    return timesRows(coordinates, values.map((value) => (1 - learningRate * value) ** steps));
  }
  return {
    gradient: (steps, learningRate) => matmul(vectors, inEigenbasis(steps, learningRate)),
    singularValues: (steps, learningRate) => singularValues(inEigenbasis(steps, learningRate)),
    norm: values[values.length - 1],
    from: (other) => {
      checkGradient(vectors, other);
      return descentFrom(basis, other);
    },
  };
}
