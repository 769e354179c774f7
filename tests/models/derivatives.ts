/**
 * What tests of derivatives share.
 *
 * @module
 */
import { add, type Matrix, type Params, rng, scale } from "resolvent";

/** Parameters moved along tangents. */
export function moved(params: Params, tangents: Params, h: number): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, a]) => [name, add(a, scale(tangents[name], h))]),
  );
}

/** Random arrays of the shapes of the parameters. */
export function like(params: Params, seed: string): Params {
  const entries = Object.entries(params);
  return Object.fromEntries(
    entries.map(([name, a]) => [name, rng(seed).fork(name).normal([a.rows, a.cols])]),
  );
}

/** Largest size of an entry. */
export function largest(a: Matrix): number {
  return a.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
