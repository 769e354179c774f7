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

/** The date and time now, as ISO 8601 writes it: for what says when it was sent. */
export function timeNow(): string {
  return new Date().toISOString();
}

/** When this process, or this worker, began. */
export function processStart(): Date {
  return new Date(performance.timeOrigin);
}
