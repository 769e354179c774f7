/**
 * Singular values of an upper bidiagonal matrix by implicit QR sweeps, with and without shift, from
 * the end at which the matrix is larger (J. Demmel and W. Kahan, Accurate singular values of
 * bidiagonal matrices, SIAM J. Sci. Stat. Comput. 11 (1990)).
 *
 * @module
 */
import { blockStart, EPSILON, largestSize } from "./deflation.ts";
import { notConverged } from "./kernels.ts";
import { rotation, type RotationQueue } from "./rotations.ts";

/** Sweeps allowed per singular value; about two are usual. */
const SWEEPS = 60;

/** Where the rotations of the two sides go; left out for values alone. */
export type Sides = {
  readonly left: RotationQueue;
  readonly right: RotationQueue;
};

/** A part of the matrix that is not yet split, in the order of a sweep. */
type Part = {
  /** First and last index of the sweep. */
  readonly from: number;
  readonly to: number;
  /** Direction: 1 downwards, -1 upwards, which is a downward sweep of the flipped transpose. */
  readonly step: 1 | -1;
};

/**
 * Makes `above` zero by rotations from both sides; `diagonal` becomes the singular values up to
 * sign, in no order.
 */
export function bidiagonalQr(d: Float64Array, e: Float64Array, sides?: Sides): void {
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
      throw notConverged("compute singular values", e.filter((value) => value !== 0).length);
    }
    const down = Math.abs(d[lo]) >= Math.abs(d[hi]);
    const part: Part = down ? { from: lo, to: hi, step: 1 } : { from: hi, to: lo, step: -1 };
    const first = down ? sides?.right : sides?.left;
    const second = down ? sides?.left : sides?.right;
    first?.begin(part.from, part.step);
    second?.begin(part.from, part.step);
    const shift = shiftOf(d, e, part, EPSILON * largest);
    if (shift === 0) plainSweep(d, e, part, first, second);
    else shiftedSweep(d, e, { ...part, shift }, first, second);
  }
  sides?.left.flush();
  sides?.right.flush();
}

/** The smaller singular value of the last two by two block, or 0 where a shift would not help. */
function shiftOf(d: Float64Array, e: Float64Array, part: Part, small: number): number {
  const { from, to, step } = part;
  for (let i = from;; i += step) {
    // A singular part is split in one sweep without shift.
    if (Math.abs(d[i]) <= small) return 0;
    if (i === to) break;
  }
  const f = Math.abs(d[to - step]), g = Math.abs(e[step === 1 ? to - 1 : to]), h = Math.abs(d[to]);
  const low = Math.min(f, h), high = Math.max(f, h);
  let shift: number;
  if (g < high) {
    const sum = 1 + low / high, difference = (high - low) / high, ratio = (g / high) ** 2;
    shift = low * (2 / (Math.sqrt(sum * sum + ratio) + Math.sqrt(difference ** 2 + ratio)));
  } else {
    const ratio = high / g, sum = 1 + low / high, difference = (high - low) / high;
    const root = Math.sqrt(1 + (sum * ratio) ** 2) + Math.sqrt(1 + (difference * ratio) ** 2);
    shift = 2 * (low / root) * ratio;
  }
  const first = Math.abs(d[from]);
  return (shift / first) ** 2 < EPSILON ? 0 : shift;
}

/** One sweep with a shift. */
function shiftedSweep(
  d: Float64Array,
  e: Float64Array,
  { from, to, step, shift }: Part & { readonly shift: number },
  first?: RotationQueue,
  second?: RotationQueue,
): void {
  const r = new Float64Array(3);
  const beside = step === 1 ? 0 : -1;
  let f = (Math.abs(d[from]) - shift) * (Math.sign(d[from]) + shift / d[from]);
  let g = e[from + beside];
  for (let i = from; i !== to; i += step) {
    const at = i + beside, next = i + step;
    rotation(f, g, r);
    first?.push(r[0], r[1]);
    if (i !== from) e[at - step] = r[2];
    f = r[0] * d[i] + r[1] * e[at];
    e[at] = r[0] * e[at] - r[1] * d[i];
    g = r[1] * d[next];
    d[next] *= r[0];
    rotation(f, g, r);
    second?.push(r[0], r[1]);
    d[i] = r[2];
    f = r[0] * e[at] + r[1] * d[next];
    d[next] = r[0] * d[next] - r[1] * e[at];
    if (next !== to) {
      g = r[1] * e[at + step];
      e[at + step] *= r[0];
    }
  }
  e[to + (step === 1 ? -1 : 0)] = f;
}

/** One sweep without shift, which keeps small singular values accurate. */
function plainSweep(
  d: Float64Array,
  e: Float64Array,
  { from, to, step }: Part,
  first?: RotationQueue,
  second?: RotationQueue,
): void {
  const r = new Float64Array(3);
  const beside = step === 1 ? 0 : -1;
  let c = 1, oldC = 1, oldS = 0;
  for (let i = from; i !== to; i += step) {
    const at = i + beside;
    rotation(d[i] * c, e[at], r);
    first?.push(r[0], r[1]);
    c = r[0];
    const s = r[1], size = r[2];
    if (i !== from) e[at - step] = oldS * size;
    rotation(oldC * size, d[i + step] * s, r);
    second?.push(r[0], r[1]);
    oldC = r[0], oldS = r[1], d[i] = r[2];
  }
  const last = d[to] * c;
  d[to] = last * oldC;
  e[to + (step === 1 ? -1 : 0)] = last * oldS;
}
