/**
 * Eigenvalues of a symmetric tridiagonal matrix by implicit QL sweeps with Wilkinson's shift, or QR
 * sweeps where the matrix is graded the other way (Handbook for Automatic Computation II/4).
 *
 * @module
 */
import { blockStart, largestSize } from "./deflation.ts";
import { notConverged } from "./kernels.ts";
import type { RotationQueue } from "./rotations.ts";

/** Sweeps allowed per eigenvalue; fewer than two are usual. */
const SWEEPS = 60;

/**
 * Makes `e` zero by rotations; `d` becomes the eigenvalues, in no order. The rotations go to
 * `vectors`, if given.
 */
export function tridiagonalQl(d: Float64Array, e: Float64Array, vectors?: RotationQueue): void {
  const n = d.length;
  const largest = largestSize(d, e);
  let hi = n - 1;
  for (let sweeps = 0; hi > 0;) {
    const lo = blockStart(d, e, hi, largest);
    if (lo === hi) {
      hi--;
      continue;
    }
    if (++sweeps > SWEEPS * n) {
      throw notConverged("compute eigenvalues", e.filter((value) => value !== 0).length);
    }
    // The sweep runs from the end with the larger entries towards the eigenvalue that is sought.
    if (Math.abs(d[hi]) >= Math.abs(d[lo])) sweep(d, e, { from: hi, to: lo, step: -1 }, vectors);
    else sweep(d, e, { from: lo, to: hi, step: 1 }, vectors);
  }
  vectors?.flush();
}

/** One sweep over a part that is not split, from index `from` to index `to`. */
function sweep(
  d: Float64Array,
  e: Float64Array,
  { from, to, step }: { readonly from: number; readonly to: number; readonly step: 1 | -1 },
  vectors?: RotationQueue,
): void {
  // e[i + before] joins index i to index i - step.
  const before = step === -1 ? 0 : -1;
  vectors?.begin(from, step);
  const edge = e[to + before];
  const half = (d[to - step] - d[to]) / (2 * edge);
  const root = Math.hypot(half, 1);
  let g = d[from] - d[to] + edge / (half + (half < 0 ? -root : root));
  let s = 1, c = 1, p = 0;
  for (let last = from; last !== to; last += step) {
    const i = last + step, at = i + before;
    const f = s * e[at], b = c * e[at];
    const size = f * f + g * g;
    const r = size > 1e-280 && size < 1e280 ? Math.sqrt(size) : Math.hypot(f, g);
    if (last !== from) e[at - step] = r;
    if (r === 0) {
      // The part has split of itself: what was carried belongs to this entry.
      d[last] -= p;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[last] - p;
    const turn = (d[i] - g) * s + 2 * c * b;
    p = s * turn;
    d[last] = g + p;
    g = c * turn - b;
    vectors?.push(c, s);
  }
  d[to] -= p;
  e[to + before] = g;
}
