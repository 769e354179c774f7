/**
 * The clock, for what reports how long something took.
 *
 * @module
 */

/** Starts a stopwatch: a function that gives the seconds since. */
export function stopwatch(): () => number {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}
