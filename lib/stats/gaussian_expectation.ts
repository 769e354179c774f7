/**
 * Expectations of functions of a normal variable, by quadrature.
 *
 * @module
 */
import { cannot, checkFunction, checkNumber, checkOptions } from "../check.ts";

/** Nodes on each panel; Gauss-Legendre's rule is then exact to degree 39. */
const NODES = 20;
/** Standard deviations covered: the density beyond is below 1e-38. */
const REACH = 13;
/** Panels at unit scale, half a deviation wide or less. */
const WIDE_PANELS = 24;
/** Panels that halve towards 0, so that steep functions such as silu(1e6 z) are resolved as well. */
const HALVINGS = 40;

/**
 * Computes the expectation of a function of a centred normal variable.
 *
 * **Definition** `E f(z)`, `z ~ N(0, variance)`
 *
 * Gauss-Legendre quadrature on each half line, on panels that shrink towards 0, so that the function may
 * have a kink or jump at 0; relative accuracy 1e-12 for functions that are smooth on either side and
 * grow no faster than a power. Odd functions give exactly 0.
 *
 * @param f A function of one number, smooth below and above 0
 * @param options `variance`, a finite number of at least 0; default 1
 * @returns The expectation
 * @throws {RangeError} if the variance is negative or the function's value not finite
 *
 * @example Fourth moment
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { gaussianExpectation } from "resolvent";
 *
 * assertAlmostEquals(gaussianExpectation((z) => z ** 4, { variance: 2 }), 12, 1e-11);
 * ```
 *
 * Source: Davis and Rabinowitz (1984), Methods of Numerical Integration, 2nd edition, section 2.7.
 */
export function gaussianExpectation(
  f: (z: number) => number,
  options: { readonly variance?: number } = {},
): number {
  const doing = "compute a Gaussian expectation";
  checkFunction(doing, "f", f);
  const { variance = 1 } = checkOptions(doing, options);
  const sd = Math.sqrt(checkNumber(doing, "variance", variance, { min: 0 }));
  const { nodes, weights } = halfNormalRule();
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    // Both signs at once: odd parts cancel before they are weighed.
    sum += weights[i] * (f(sd * nodes[i]) + f(-sd * nodes[i]));
  }
  if (Number.isFinite(sum)) return sum;
  throw new RangeError(cannot(doing, "the function must be finite", "the sum", sum));
}

/**
 * Nodes z above 0 and weights of the standard normal density, so that `E f(z)` is the sum of
 * `weight (f(z) + f(-z))`.
 */
export function halfNormalRule(): {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
} {
  const panels = halfLinePanels();
  const rule = gaussLegendre(NODES);
  const nodes = new Float64Array(panels.length * NODES);
  const weights = new Float64Array(nodes.length);
  panels.forEach(([from, to], panel) => {
    const half = (to - from) / 2;
    for (let i = 0, at = panel * NODES; i < NODES; i++, at++) {
      const z = nodes[at] = from + half * (1 + rule.nodes[i]);
      weights[at] = half * rule.weights[i] * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }
  });
  return { nodes, weights };
}

/** Panels that cover the half line: halving towards 0, then of equal width. */
function halfLinePanels(): readonly (readonly [number, number])[] {
  const width = REACH / (WIDE_PANELS + 2);
  const edges = [0];
  for (let j = HALVINGS; j >= 0; j--) edges.push(width * 2 ** -j);
  for (let j = 2; j <= WIDE_PANELS + 2; j++) edges.push(width * j);
  return edges.slice(1).map((to, i) => [edges[i], to] as const);
}

/**
 * Nodes and weights of Gauss-Legendre's rule on [-1, 1], by Newton's method on the Legendre polynomial
 * of degree `count`.
 */
export function gaussLegendre(
  count: number,
): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    // The asymptotic root is within 1e-3 of the root: six steps of Newton reach rounding.
    let x = -Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 6; step++) {
      let before = 1;
      let value = x;
      for (let k = 2; k <= count; k++) {
        const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
        before = value;
        value = next;
      }
      slope = count * (x * value - before) / (x * x - 1);
      x -= value / slope;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
