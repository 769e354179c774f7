/**
 * Plane rotations of columns, collected while an iteration runs on its few diagonals and applied to
 * the rows of the vectors in long passes.
 *
 * @module
 */

/** Rotations collected before a pass: 4096 pairs are 64 KiB, which stay in the second cache. */
const CAPACITY = 4096;
/** Squares below this are not normal numbers, and a sum of them is not accurate. */
const SMALL_SQUARES = 1e-280;

/**
 * The rotation with `[c, s; -s, c] [f; g] = [r; 0]`, written to `out` as `[c, s, r]`.
 */
export function rotation(f: number, g: number, out: Float64Array): void {
  if (g === 0) {
    out[0] = 1, out[1] = 0, out[2] = f;
    return;
  }
  if (f === 0) {
    out[0] = 0, out[1] = 1, out[2] = g;
    return;
  }
  const sum = f * f + g * g;
  if (sum > SMALL_SQUARES && sum < 1 / SMALL_SQUARES) {
    const r = f < 0 ? -Math.sqrt(sum) : Math.sqrt(sum);
    out[0] = f / r, out[1] = g / r, out[2] = r;
    return;
  }
  const unit = Math.max(Math.abs(f), Math.abs(g));
  const x = f / unit, y = g / unit;
  const r = x < 0 ? -Math.sqrt(x * x + y * y) : Math.sqrt(x * x + y * y);
  out[0] = x / r, out[1] = y / r, out[2] = r * unit;
}

/** Collects sweeps of rotations and applies them to the columns of a row-major array. */
export class RotationQueue {
  readonly #data: Float64Array;
  readonly #rows: number;
  readonly #cols: number;
  readonly #cosines: Float64Array = new Float64Array(CAPACITY);
  readonly #sines: Float64Array = new Float64Array(CAPACITY);
  #length = 0;
  /** First column, direction and end in the queue of every sweep. */
  readonly #sweeps: { readonly first: number; readonly step: 1 | -1; end: number }[] = [];

  /** Rotations will apply to the columns of `data`, shape `[rows, cols]`. */
  constructor(data: Float64Array, rows: number, cols: number) {
    this.#data = data;
    this.#rows = rows;
    this.#cols = cols;
  }

  /** Begins a sweep over columns `first, first + step, ...`. */
  begin(first: number, step: 1 | -1): void {
    this.#sweeps.push({ first, step, end: this.#length });
  }

  /** Rotates the next two columns: `a' = c a + s b`, `b' = c b - s a`. */
  push(c: number, s: number): void {
    if (this.#length === CAPACITY) {
      const { first, step, end } = this.#sweeps[this.#sweeps.length - 1];
      const before = this.#sweeps.length > 1 ? this.#sweeps[this.#sweeps.length - 2].end : 0;
      this.flush();
      this.begin(first + step * (end - before), step);
    }
    this.#cosines[this.#length] = c;
    this.#sines[this.#length++] = s;
    this.#sweeps[this.#sweeps.length - 1].end = this.#length;
  }

  /** Applies what was collected. */
  flush(): void {
    const stride = this.#cols;
    let row = 0;
    for (; row + 3 < this.#rows; row += 4) {
      let at = 0;
      for (const { first, step, end } of this.#sweeps) {
        this.#rotateFour(row * stride + first, step, at, end);
        at = end;
      }
    }
    for (; row < this.#rows; row++) {
      let at = 0;
      for (const { first, step, end } of this.#sweeps) {
        this.#rotateOne(row * stride + first, step, at, end);
        at = end;
      }
    }
    this.#sweeps.length = 0;
    this.#length = 0;
  }

  /** One sweep along four rows: the column in hand never goes back to memory. */
  #rotateFour(p: number, step: number, at: number, end: number): void {
    const x = this.#data, stride = this.#cols, cosines = this.#cosines, sines = this.#sines;
    let q = p + stride, r = q + stride, t = r + stride;
    let a0 = x[p], a1 = x[q], a2 = x[r], a3 = x[t];
    for (; at < end; at++) {
      const c = cosines[at], s = sines[at];
      const b0 = x[p + step], b1 = x[q + step], b2 = x[r + step], b3 = x[t + step];
      x[p] = c * a0 + s * b0, x[q] = c * a1 + s * b1;
      x[r] = c * a2 + s * b2, x[t] = c * a3 + s * b3;
      a0 = c * b0 - s * a0, a1 = c * b1 - s * a1, a2 = c * b2 - s * a2, a3 = c * b3 - s * a3;
      p += step, q += step, r += step, t += step;
    }
    x[p] = a0, x[q] = a1, x[r] = a2, x[t] = a3;
  }

  /** One sweep along one row. */
  #rotateOne(p: number, step: number, at: number, end: number): void {
    const x = this.#data;
    let a = x[p];
    for (; at < end; at++, p += step) {
      const c = this.#cosines[at], s = this.#sines[at], b = x[p + step];
      x[p] = c * a + s * b;
      a = c * b - s * a;
    }
    x[p] = a;
  }
}
