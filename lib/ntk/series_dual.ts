/**
 * Dual activations of functions without a closed form, by their Hermite series.
 *
 * `E s(u) s(v) = sum_m a_m(p) a_m(q) t^m` with the coefficients `a_m(p) = E s(sqrt(p) z) he_m(z)` in orthonormal
 * Hermite polynomials, by quadrature on either side of 0. What is left out after M terms is at most
 * `|t|^M` times the root of what the squares of the coefficients lack of `E s(u)^2` and `E s(v)^2`.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { product } from "../linalg/matmul.ts";
import type { Matrix } from "../matrix.ts";
import { correlationOf, isParallel } from "./correlation.ts";
import { halfNormalRule } from "../stats/gaussian_expectation.ts";

/** A function and its derivative, and the error that its kernels may have. */
export type SmoothFunction = {
  readonly f: (h: number) => number;
  readonly derivative: (h: number) => number;
  /** Relative to the root of the two mean squares. */
  readonly tolerance: number;
};

/** Both expectations for the pair of input i and input j, by their covariance. */
export type PairDual = {
  readonly value: (i: number, j: number, covariance: number) => number;
  readonly derivative: (i: number, j: number, covariance: number) => number;
};

/** Tolerance where none is given. */
export const SERIES_TOLERANCE = 1e-10;
/** Numbers of terms that are tried. */
const TERMS: readonly number[] = [32, 64, 128, 256, 512, 1024];
/** Agreement of a function with its derivative, relative: far below any slip, far above rounding. */
const AGREEMENT = 1e-7;

const DOING = "compute a dual activation by its Hermite series";

/** A function of one Gaussian variable per row. */
type Sampled = {
  /** Its even and odd parts at the nodes, times the roots of the weights, `[rows, nodes]`. */
  readonly parts: readonly [even: Matrix, odd: Matrix];
  /** Mean squares. */
  readonly squares: Float64Array;
  /** The function of the variable `sqrt(variance) z`. */
  readonly at: (row: number, z: number) => number;
};

/** Coefficients of each row, `[rows, terms]` each, by parity of the degree. */
type Coefficients = readonly [even: Matrix, odd: Matrix];

/** Nodes above 0, roots of their weights, and the even and odd Hermite polynomials at them. */
type Basis = {
  readonly nodes: Float64Array;
  readonly roots: Float64Array;
  readonly polynomials: (terms: number) => readonly [even: Matrix, odd: Matrix];
};

/** Mean squares `E s(u)^2` and `E s'(u)^2` for each variance. */
export function seriesSquares(
  smooth: SmoothFunction,
  variances: Float64Array,
): { readonly value: Float64Array; readonly derivative: Float64Array } {
  const basis = hermiteBasis();
  return {
    value: sampled(smooth.f, variances, basis).squares,
    derivative: sampled(smooth.derivative, variances, basis).squares,
  };
}

/**
 * The series for variables of the given variances.
 *
 * @param most Largest correlation in size that will be asked for, but for those equal to 1
 */
export function seriesDual(
  { f, derivative, tolerance }: SmoothFunction,
  [first, second]: readonly [Float64Array, Float64Array],
  most: number,
): PairDual {
  const basis = hermiteBasis();
  const sides = first === second ? [first] : [first, second];
  const values = sides.map((variances) => sampled(f, variances, basis));
  const slopes = sides.map((variances) => sampled(derivative, variances, basis));
  let bound = Infinity;
  for (const terms of TERMS) {
    const polynomials = basis.polynomials(terms);
    const ofValues = values.map((side) => coefficientsOf(side, polynomials));
    const ofSlopes = slopes.map((side) => coefficientsOf(side, polynomials));
    if (terms === TERMS[0]) {
      sides.forEach((variances, i) => {
        checkDerivative(variances, [ofValues[i], ofSlopes[i]], slopes[i].squares);
      });
    }
    const lacking = Math.max(lackOf(values, ofValues), lackOf(slopes, ofSlopes));
    bound = lacking * Math.min(1, most) ** terms;
    if (!(bound <= tolerance)) continue;
    return {
      value: entries(first, second, values, ofValues, basis),
      derivative: entries(first, second, slopes, ofSlopes, basis),
    };
  }
  const need =
    `its error must reach the tolerance ${tolerance}, for which functions with a kink need inputs further apart`;
  throw new RangeError(cannot(DOING, need, `the error of ${TERMS.at(-1)} terms`, bound));
}

/** The expectation for pairs: the series, or one integral for variables that are equal up to scale. */
function entries(
  first: Float64Array,
  second: Float64Array,
  sides: readonly Sampled[],
  coefficients: readonly Coefficients[],
  { nodes, roots }: Basis,
): (i: number, j: number, covariance: number) => number {
  const [one, other] = [sides[0], sides.at(-1)!];
  const [[even1, odd1], [even2, odd2]] = [coefficients[0], coefficients.at(-1)!];
  const terms = even1.cols;
  return (i, j, covariance) => {
    const t = correlationOf(first[i], second[j], covariance);
    if (isParallel(t)) {
      const sign = Math.sign(t);
      let sum = 0;
      for (let k = 0; k < nodes.length; k++) {
        const z = nodes[k];
        sum += roots[k] * roots[k] *
          (one.at(i, z) * other.at(j, sign * z) + one.at(i, -z) * other.at(j, -sign * z));
      }
      return sum;
    }
    const square = t * t, row1 = i * terms, row2 = j * terms;
    let even = 0, odd = 0;
    for (let m = terms - 1; m >= 0; m--) {
      even = even * square + even1.data[row1 + m] * even2.data[row2 + m];
      odd = odd * square + odd1.data[row1 + m] * odd2.data[row2 + m];
    }
    return even + t * odd;
  };
}

/** Samples a function of `sqrt(variance) z` for each variance. */
function sampled(
  f: (h: number) => number,
  variances: Float64Array,
  { nodes, roots }: Basis,
): Sampled {
  const rows = variances.length, count = nodes.length;
  const even = new Float64Array(rows * count), odd = new Float64Array(rows * count);
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const sd = Math.sqrt(variances[i]);
    for (let k = 0, at = i * count; k < count; k++, at++) {
      const above = roots[k] * f(sd * nodes[k]), below = roots[k] * f(-sd * nodes[k]);
      even[at] = above + below;
      odd[at] = above - below;
      squares[i] += above * above + below * below;
    }
    if (Number.isFinite(squares[i])) continue;
    const need = "the mean square of the activation and of its derivative must be finite";
    throw new RangeError(cannot(DOING, need, `that at variance ${variances[i]}`, squares[i]));
  }
  const parts = [even, odd].map((data) => ({ rows, cols: count, data }));
  const at = (row: number, z: number): number => f(Math.sqrt(variances[row]) * z);
  return { parts: [parts[0], parts[1]], squares, at };
}

/** The coefficients by quadrature. */
function coefficientsOf({ parts }: Sampled, polynomials: readonly [Matrix, Matrix]): Coefficients {
  return [product(parts[0], polynomials[0], {}), product(parts[1], polynomials[1], {})];
}

/** Largest share of its mean square that a row's coefficients lack; of two sides the geometric mean. */
function lackOf(sides: readonly Sampled[], coefficients: readonly Coefficients[]): number {
  const lacking = sides.map(({ squares }, side) => {
    const terms = coefficients[side][0].cols;
    let largest = 0;
    for (let i = 0; i < squares.length; i++) {
      let rest = squares[i];
      for (const { data } of coefficients[side]) {
        for (let at = i * terms; at < (i + 1) * terms; at++) rest -= data[at] * data[at];
      }
      if (rest > largest * squares[i]) largest = rest / squares[i];
    }
    return largest;
  });
  return Math.sqrt(lacking[0] * lacking.at(-1)!);
}

/** Refuses a derivative that is not that of the function: `E s'(u) he_m sd = sqrt(m + 1) E s(u) he_{m+1}`. */
function checkDerivative(
  variances: Float64Array,
  [[, odd], [even]]: readonly [Coefficients, Coefficients],
  squares: Float64Array,
): void {
  const terms = even.cols;
  for (let i = 0; i < variances.length; i++) {
    const sd = Math.sqrt(variances[i]), size = sd * Math.sqrt(squares[i]);
    for (let m = 0; m < terms; m++) {
      const at = i * terms + m;
      const difference = sd * even.data[at] - Math.sqrt(2 * m + 1) * odd.data[at];
      if (Math.abs(difference) <= AGREEMENT * size) continue;
      const need =
        "the function must be continuous, with the given derivative and with no kink but at 0";
      throw new RangeError(cannot(DOING, need, "the gap between the two", difference / size));
    }
  }
}

/** The nodes of the normal distribution and the orthonormal Hermite polynomials at them. */
function hermiteBasis(): Basis {
  const { nodes, weights } = halfNormalRule();
  const roots = weights.map(Math.sqrt);
  function polynomials(terms: number): readonly [Matrix, Matrix] {
    const half = terms / 2;
    const both = [0, 1].map(() => new Float64Array(nodes.length * half));
    for (let k = 0; k < nodes.length; k++) {
      let before = 0, value = roots[k];
      for (let m = 0; m < terms; m++) {
        both[m % 2][k * half + (m >> 1)] = value;
        const next = (nodes[k] * value - Math.sqrt(m) * before) / Math.sqrt(m + 1);
        before = value;
        value = next;
      }
    }
    const [even, odd] = both.map((data) => ({ rows: nodes.length, cols: half, data }));
    return [even, odd];
  }
  return { nodes, roots, polynomials };
}
