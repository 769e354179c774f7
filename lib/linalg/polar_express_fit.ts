/**
 * Derives the coefficients of Polar Express: a greedy composition of minimax odd polynomials of
 * degree five. `deno run lib/linalg/polar_express_fit.ts` prints the file of constants.
 *
 * @module
 */
import type { Quintic } from "./quintic_iteration.ts";

/** Smallest singular value that the composition is made for. */
const SMALLEST = 1e-3;
/** The same for the list whose factor is exact in float32: less is mostly rounding there. */
const WIDE_SMALLEST = 1e-5;
/** Lower end of an interval over its upper end, at least: it keeps slopes at 0 moderate. */
const CUSHION = 0.02407327424182761;
/** Steps until the last polynomial repeats. */
const STEPS = 8, WIDE_STEPS = 11;
/** Exchanges allowed; fewer than ten are usual. */
const EXCHANGES = 100;

/** A polynomial and its largest distance to 1 on the interval. */
type Fit = { readonly quintic: Quintic; readonly error: number };

/**
 * The minimax problem `min max |1 - a x - b x^3 - c x^5|` on `[low, high]`, by the exchange of Remez:
 * the error of the best polynomial alternates on four points, two of them the ends.
 */
export function bestQuintic(low: number, high: number): Fit {
  // Where the interval is a point up to rounding, the limit of the solutions, at its centre.
  if (1 - 5e-6 <= low / high) {
    const x = (low + high) / 2;
    return { quintic: [15 / 8 / x, -10 / 8 / x ** 3, 3 / 8 / x ** 5], error: 0 };
  }
  let q = (3 * low + high) / 4, r = (low + 3 * high) / 4;
  let before = Infinity;
  for (let exchange = 0; exchange < EXCHANGES; exchange++) {
    const [a, b, c, error] = alternating([low, q, r, high]);
    if (Math.abs(before - error) <= 1e-15) return { quintic: [a, b, c], error };
    before = error;
    // Extremes of the polynomial: 5 c y^2 + 3 b y + a = 0 with y = x^2.
    const root = Math.sqrt(9 * b * b - 20 * a * c);
    const first = Math.sqrt((-3 * b - root) / (10 * c));
    const second = Math.sqrt((-3 * b + root) / (10 * c));
    q = Math.min(first, second);
    r = Math.max(first, second);
  }
  throw new Error(
    `Cannot fit a polynomial as the exchange must settle: the interval is [${low}, ${high}]`,
  );
}

/** The greedy list: each polynomial is the best on the image of the interval before. */
export function polarExpressFit(
  { smallest, cushion, steps }: {
    readonly smallest: number;
    readonly cushion: number;
    readonly steps: number;
  },
): readonly Quintic[] {
  const list: Quintic[] = [];
  let low = smallest, high = 1;
  for (let step = 0; step < steps; step++) {
    const { quintic: [a, b, c] } = bestQuintic(Math.max(low, cushion * high), high);
    const value = (x: number): number => a * x + b * x ** 3 + c * x ** 5;
    // Recentred, so that the images of the two ends are equally far from 1.
    const factor = 2 / (value(low) + value(high));
    list.push([a * factor, b * factor, c * factor]);
    low = factor * value(low);
    high = 2 - low;
  }
  return list;
}

/** Solves `a x + b x^3 + c x^5 + sign error = 1` on four points with alternating signs. */
function alternating(points: readonly number[]): readonly number[] {
  const rows = points.map((x, i) => [x, x ** 3, x ** 5, i % 2 === 0 ? 1 : -1, 1]);
  for (let k = 0; k < 4; k++) {
    const pivot = rows.reduce(
      (best, row, i) => i >= k && Math.abs(row[k]) > Math.abs(rows[best][k]) ? i : best,
      k,
    );
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = 0; i < 4; i++) {
      if (i === k) continue;
      const factor = rows[i][k] / rows[k][k];
      rows[i] = rows[i].map((value, j) => value - factor * rows[k][j]);
    }
  }
  return rows.map((row, i) => row[4] / row[i]);
}

/** The file of constants. */
export function constantsFile(): string {
  const lines = (smallest: number, steps: number) =>
    polarExpressFit({ smallest, cushion: CUSHION, steps })
      .map((quintic) => `  [${quintic.join(", ")}],`).join("\n");
  return `/**
 * Coefficients of Polar Express, as polar_express_fit.ts prints them; do not edit.
 *
 * @module
 */
import type { Quintic } from "./quintic_iteration.ts";

/** Polynomials of the steps, for singular values from ${SMALLEST} to 1; the last one repeats. */
export const POLAR_EXPRESS: readonly Quintic[] = [
${lines(SMALLEST, STEPS)}
];

/** The same for singular values from ${WIDE_SMALLEST} to 1. */
export const POLAR_EXPRESS_WIDE: readonly Quintic[] = [
${lines(WIDE_SMALLEST, WIDE_STEPS)}
];
`;
}

if (import.meta.main) console.log(constantsFile().trimEnd());
