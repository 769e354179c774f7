/**
 * Fewer points for the same picture: long series keep their extremes, smooth ones their shape.
 *
 * @module
 */

/** A line with more points than this is drawn through the extremes of `BINS` bins. */
export const LONG = 400;

/** Bins of a long series, each with two points. */
export const BINS = LONG / 2;

// in pixels: a tenth of a line's width, so that nobody can see the difference
const UNSEEN = 0.2;

/**
 * Indices of a long series that keep, in each of `BINS` equal pieces of `[0, 1]`, where `lower` is
 * smallest and `upper` is largest, and the first and last point; every index of a short series.
 */
export function extremes(
  places: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
): readonly number[] {
  if (places.length <= LONG) return places.map((_, i) => i);
  const least = new Map<number, number>(), most = new Map<number, number>();
  places.forEach((place, i) => {
    const bin = Math.floor(place * BINS);
    const low = least.get(bin), high = most.get(bin);
    if (low === undefined || lower[i] < lower[low]) least.set(bin, i);
    if (high === undefined || upper[i] > upper[high]) most.set(bin, i);
  });
  const kept = new Set([0, places.length - 1, ...least.values(), ...most.values()]);
  return [...kept].sort((a, b) => a - b);
}

/** One curve, or both edges of a band, in pixels. */
export type Pixels = {
  /** Horizontal positions, not decreasing. */
  readonly x: readonly number[];
  /** Vertical positions, one array for each curve. */
  readonly ys: readonly (readonly number[])[];
};

/**
 * Indices after which straight lines between neighbours stay within a fifth of a pixel of every
 * point left out: the algorithm of Douglas and Peucker (1973) with vertical distances.
 */
export function visible({ x, ys }: Pixels): readonly number[] {
  const kept = new Set([0, x.length - 1]);
  const open: [number, number][] = [[0, x.length - 1]];
  for (let piece = open.pop(); piece; piece = open.pop()) {
    const [from, to] = piece;
    let worst = UNSEEN, at = -1;
    for (let i = from + 1; i < to; i++) {
      const part = x[to] === x[from] ? 0 : (x[i] - x[from]) / (x[to] - x[from]);
      for (const y of ys) {
        const gap = Math.abs(y[i] - ((1 - part) * y[from] + part * y[to]));
        if (gap > worst) [worst, at] = [gap, i];
      }
    }
    if (at < 0) continue;
    kept.add(at);
    open.push([from, at], [at, to]);
  }
  return [...kept].sort((a, b) => a - b);
}
