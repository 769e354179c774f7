/**
 * One step of the Runge-Kutta-Chebyshev method of order 2, for stiff flows whose Jacobian has real
 * eigenvalues, such as gradient flows.
 *
 * @module
 */

/** Derivative of the flow at a point, a new array. */
export type Slope = (point: Float64Array) => Float64Array;

/** Damping: 2/13 keeps a strip around the negative axis stable, and costs 2 % of its length. */
const DAMPING = 2 / 13;

/** Values of the Chebyshev polynomials T_0 to T_s and their first two derivatives. */
function chebyshev(s: number, x: number): readonly [number[], number[], number[]] {
  const value = [1, x], first = [0, 1], second = [0, 0];
  for (let j = 2; j <= s; j++) {
    value.push(2 * x * value[j - 1] - value[j - 2]);
    first.push(2 * value[j - 1] + 2 * x * first[j - 1] - first[j - 2]);
    second.push(4 * first[j - 1] + 2 * x * second[j - 1] - second[j - 2]);
  }
  return [value, first, second];
}

/** Number of stages with which a step of length `length` is stable at an eigenvalue of `-rate`. */
export function stagesFor(length: number, rate: number): number {
  return Math.max(2, 1 + Math.floor(Math.sqrt(1 + 1.54 * length * rate)));
}

/**
 * The point after a step of length h with s stages.
 *
 * **Definition** `Y_1 = y + m_1 h f(y)`, `Y_j = (1 - mu_j - nu_j) y + mu_j Y_{j-1} + nu_j Y_{j-2} +
 * m_j h f(Y_{j-1}) + g_j h f(y)`, the point is Y_s; the coefficients make the stability polynomial a
 * damped Chebyshev polynomial of degree s, whose real interval is about `0.65 s²`
 *
 * Source: Sommeijer, Shampine and Verwer (1998), RKC: an explicit solver for parabolic PDEs, J. Comput.
 * Appl. Math. 88, equations 2.1 to 2.6.
 */
export function chebyshevStep(
  slope: Slope,
  { start, slopeAtStart, length, stages }: {
    readonly start: Float64Array;
    readonly slopeAtStart: Float64Array;
    readonly length: number;
    readonly stages: number;
  },
): Float64Array {
  const w0 = 1 + DAMPING / stages ** 2;
  const [value, first, second] = chebyshev(stages, w0);
  const w1 = first[stages] / second[stages];
  const b = value.map((_, j) => j < 2 ? 0 : second[j] / first[j] ** 2);
  b[0] = b[2];
  b[1] = 1 / w0;
  let before = start;
  let now = start.map((y, at) => y + b[1] * w1 * length * slopeAtStart[at]);
  for (let j = 2; j <= stages; j++) {
    const mu = 2 * b[j] * w0 / b[j - 1], nu = -b[j] / b[j - 2];
    const here = 2 * b[j] * w1 / b[j - 1] * length;
    const there = -(1 - b[j - 1] * value[j - 1]) * here;
    const rest = 1 - mu - nu, f = slope(now), next = new Float64Array(start.length);
    for (let at = 0; at < next.length; at++) {
      next[at] = rest * start[at] + mu * now[at] + nu * before[at] + here * f[at] +
        there * slopeAtStart[at];
    }
    [before, now] = [now, next];
  }
  return now;
}
