/**
 * Fewer points for the same picture: long series keep their extremes, smooth ones their shape.
 *
 * @module
 */
import type { Place } from "./path.ts";

/** A line with more points than this is drawn through the extremes of `BINS` bins. */
export const LONG = 400;

/** Bins of a long series, each with two points. */
export const BINS = LONG / 2;

// in pixels: a sixth of a line's width, so that nobody can see the difference
const UNSEEN = 0.3;

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

/**
 * Indices after which straight lines between neighbours stay within 0.3 pixels of every place left
 * out: the algorithm of Douglas and Peucker (1973), with distances from the piece that is drawn.
 */
export function visible(places: readonly Place[]): readonly number[] {
  const kept = new Set([0, places.length - 1]);
  const open: [number, number][] = [[0, places.length - 1]];
  for (let piece = open.pop(); piece; piece = open.pop()) {
    const [from, to] = piece;
    let worst = UNSEEN, at = -1;
    for (let i = from + 1; i < to; i++) {
      const gap = distance(places[i], places[from], places[to]);
      if (gap > worst) [worst, at] = [gap, i];
    }
    if (at < 0) continue;
    kept.add(at);
    open.push([from, at], [at, to]);
  }
  return [...kept].sort((a, b) => a - b);
}

/** Distance of a place from the straight piece between two others. */
function distance([x, y]: Place, [x1, y1]: Place, [x2, y2]: Place): number {
  const [wide, high] = [x2 - x1, y2 - y1];
  const square = wide * wide + high * high;
  const part = square === 0 ? 0 : ((x - x1) * wide + (y - y1) * high) / square;
  const along = Math.min(1, Math.max(0, part));
  return Math.hypot(x - x1 - along * wide, y - y1 - along * high);
}
