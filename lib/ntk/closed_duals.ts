/**
 * Dual activations in closed form, as functions of the variances p, q and the covariance c.
 *
 * @module
 */
import { cannot, checkList, checkNumber } from "../check.ts";
import { closedSecondMoment } from "../data/second_moment.ts";
import { correlationOf, isParallel } from "./correlation.ts";

/** `E s(u) s(v)` and `E s'(u) s'(v)`, unchecked. */
export type ClosedDual = {
  readonly value: (p: number, q: number, c: number) => number;
  readonly derivative: (p: number, q: number, c: number) => number;
};

/** Most coefficients of a polynomial: factorials of its degree stay exact to rounding. */
const MOST_COEFFICIENTS = 21;

/** Leaky ReLU: the derivative is 1 or the slope by the sign. */
export function leakyDual(slope: number): ClosedDual {
  return {
    value: closedSecondMoment({ name: "leakyRelu", slope })!,
    derivative: (p, q, c) => slope + (1 - slope) ** 2 * bothPositive(p, q, c),
  };
}

/** `P(u > 0, v > 0)`; a variable of variance 0 counts as independent. */
function bothPositive(p: number, q: number, c: number): number {
  const t = correlationOf(p, q, c);
  if (isParallel(t)) return t > 0 ? 0.5 : 0;
  return (Math.PI - Math.atan2(Math.sqrt((1 - t) * (1 + t)), t)) / (2 * Math.PI);
}

/** Squared ReLU: the derivative is twice ReLU. */
export function relu2Dual(): ClosedDual {
  const relu = closedSecondMoment("relu")!;
  return { value: closedSecondMoment("relu2")!, derivative: (p, q, c) => 4 * relu(p, q, c) };
}

/** GELU: the derivative's dual is the derivative of the dual in the covariance (Price's theorem). */
export function geluDual(): ClosedDual {
  return { value: closedSecondMoment("gelu")!, derivative: geluDerivative };
}

function geluDerivative(p: number, q: number, c: number): number {
  const scale = (1 + p) * (1 + q), inner = scale - c * c;
  const orthant = 0.25 + Math.atan2(c, Math.sqrt(inner)) / (2 * Math.PI);
  const shrunk = 1 / (1 + p) + 1 / (1 + q);
  const numerator = p * q - c * c + c * c * shrunk;
  const rate = c + 2 * c * (shrunk - 1) + numerator * c / inner;
  return orthant + rate / (2 * Math.PI * Math.sqrt(inner));
}

/** The error function. */
export function erfDual(): ClosedDual {
  // (1 + 2p)(1 + 2q) - 4c^2 without the cancellation at large variances
  function inner(p: number, q: number, c: number): number {
    const root = Math.sqrt(p) * Math.sqrt(q);
    return 1 + 2 * (p + q) + 4 * Math.max(0, (root - c) * (root + c));
  }
  return {
    value: (p, q, c) => 2 / Math.PI * Math.atan2(2 * c, Math.sqrt(inner(p, q, c))),
    derivative: (p, q, c) => 4 / (Math.PI * Math.sqrt(inner(p, q, c))),
  };
}

/**
 * A polynomial `sum_k c_k h^k`: in Hermite polynomials of the variable's own variance, of which those
 * of degree m have the covariance `m! c^m`.
 */
export function polynomialDual(doing: string, coefficients: readonly number[]): ClosedDual {
  checkList(doing, "polynomial", coefficients);
  const count = coefficients.length;
  if (count < 1 || count > MOST_COEFFICIENTS) {
    const need = `a polynomial must have from 1 to ${MOST_COEFFICIENTS} coefficients`;
    throw new RangeError(cannot(doing, need, "their number", count));
  }
  for (let k = 0; k < count; k++) checkNumber(doing, `polynomial[${k}]`, coefficients[k]);
  const factorial = [1];
  for (let k = 1; k < count; k++) factorial.push(k * factorial[k - 1]);
  // h^k = sum_j k! / (2^j j! (k - 2j)!) p^j He_{k - 2j}(h; p)
  const inHermite = coefficients.map((_, m) => {
    const terms: number[] = [];
    for (let j = 0; m + 2 * j < count; j++) {
      const k = m + 2 * j;
      terms.push(coefficients[k] * factorial[k] / (2 ** j * factorial[j] * factorial[m]));
    }
    return terms;
  });
  function at(terms: readonly number[], p: number): number {
    let sum = 0;
    for (let j = terms.length - 1; j >= 0; j--) sum = sum * p + terms[j];
    return sum;
  }
  return {
    value: (p, q, c) => {
      let sum = 0;
      for (let m = count - 1; m >= 0; m--) {
        sum = sum * c + factorial[m] * at(inHermite[m], p) * at(inHermite[m], q);
      }
      return sum;
    },
    derivative: (p, q, c) => {
      let sum = 0;
      for (let m = count - 1; m >= 1; m--) {
        sum = sum * c + m * factorial[m] * at(inHermite[m], p) * at(inHermite[m], q);
      }
      return sum;
    },
  };
}
