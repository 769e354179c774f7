/**
 * Random least squares for tests of guarantees, written out without the library's own problem.
 *
 * @module
 */
import { add, matmul, type Matrix, rng, scale, singularValues, subtract } from "resolvent";

/** L(W) = ‖A W - Y‖_F² / (2n), its gradient at a random W, and the two curvature constants. */
export type LeastSquares = {
  readonly weights: Matrix;
  readonly gradient: Matrix;
  readonly loss: (weights: Matrix) => number;
  readonly euclideanCurvature: number;
  readonly spectralCurvature: number;
};

/** A random problem of random shape; some have one strong direction, some features of rank 1. */
export function leastSquaresProblem(seed: number): LeastSquares {
  const key = rng("least squares").fork(seed);
  const [n, k, m] = key.fork("sizes").integers(3, { min: 1, max: 9 });
  const spike = matmul(key.fork("left").normal([n, 1]), key.fork("right").normal([1, k]));
  const size = [0, 1, 30][seed % 3];
  const noise = scale(key.fork("noise").normal([n, k]), seed % 5 === 0 && size > 0 ? 0 : 1);
  const a = add(scale(spike, size), noise);
  const y = key.fork("y").normal([n, m]);
  const weights = key.fork("w").normal([k, m]);
  const residual = (w: Matrix) => subtract(matmul(a, w), y);
  const s = singularValues(a);
  return {
    weights,
    gradient: scale(matmul(a, residual(weights), { transposeA: true }), 1 / n),
    loss: (w) => residual(w).data.reduce((sum, r) => sum + r * r, 0) / (2 * n),
    euclideanCurvature: s[0] ** 2 / n,
    spectralCurvature: s.reduce((sum, value) => sum + value ** 2, 0) / n,
  };
}
