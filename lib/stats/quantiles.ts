/**
 * Quantiles of the distributions that the intervals use: beta, Student t, normal.
 *
 * @module
 */
import { checkNumber } from "../check.ts";
import { logBeta, regularisedBeta } from "./special.ts";

/** Quantile of Beta(a, b) at probability `p` in [0, 1]. */
export function betaQuantile(p: number, a: number, b: number): number {
  checkNumber("find a beta quantile", "p", p, { min: 0, max: 1 });
  checkNumber("find a beta quantile", "a", a, { above: 0 });
  checkNumber("find a beta quantile", "b", b, { above: 0 });
  if (p === 0 || p === 1) return p;
  const scale = logBeta(a, b);
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 300; step++) {
    const gap = regularisedBeta(x, a, b) - p;
    if (gap === 0) break;
    if (gap > 0) high = x;
    else low = x;
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - scale);
    const newton = x - gap / density;
    // outside the bracket: bisect, on the log scale while the bracket spans decades
    const next = newton > low && newton < high
      ? newton
      : high > 100 * low
      ? low === 0 ? high / 100 : Math.sqrt(low * high)
      : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-16 * x || next === low || next === high) break;
    x = next;
  }
  return x;
}

/** Quantile of Student's t with `df` degrees of freedom at probability `p` in (0, 1). */
export function tQuantile(p: number, df: number): number {
  checkNumber("find a t quantile", "p", p, { above: 0, below: 1 });
  checkNumber("find a t quantile", "df", df, { above: 0 });
  const sign = p < 0.5 ? -1 : 1;
  const tail = 2 * Math.min(p, 1 - p);
  if (tail > 0.5) {
    // near the centre: y = t^2/(df + t^2) is Beta(1/2, df/2)
    const y = betaQuantile(1 - tail, 0.5, df / 2);
    return sign * Math.sqrt(df * y / (1 - y));
  }
  // in the tail: x = df/(df + t^2) is Beta(df/2, 1/2), small where t is large
  const x = betaQuantile(tail, df / 2, 0.5);
  return sign * Math.sqrt(df * (1 - x) / x);
}

/** Rational approximations of Wichura's algorithm AS 241 (PPND16), highest power first. */
const CENTRE = [
  [2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457],
  [13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608],
  [5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867],
  [5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1],
].flat();
const MIDDLE = [
  [7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177],
  [1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055],
  [4.6303378461565452959, 1.42343711074968357734],
  [1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966],
  [0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494],
  [2.05319162663775882187, 1],
].flat();
const TAIL = [
  [2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386],
  [0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358],
  [5.4637849111641143699, 6.6579046435011037772],
  [2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5],
  [7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531],
  [0.59983220655588793769, 1],
].flat();

/** Quantile of the standard normal at probability `p` in (0, 1), to 1e-16 relative (AS 241). */
export function normalQuantile(p: number): number {
  checkNumber("find a normal quantile", "p", p, { above: 0, below: 1 });
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? ratio(MIDDLE, r - 1.6) : ratio(TAIL, r - 5);
  return q < 0 ? -z : z;
}

/** Ratio of two polynomials of degree 7 whose coefficients lie one after the other. */
function ratio(coefficients: readonly number[], x: number): number {
  const [top, bottom] = [0, 8].map((from) =>
    coefficients.slice(from, from + 8).reduce((sum, c) => sum * x + c, 0)
  );
  return top / bottom;
}
