/**
 * Turns of the event loop, which signals, timers and progress need.
 *
 * @module
 */

/** Longest time without a turn, in milliseconds. */
const LONGEST_STRETCH = 50;

/** Starts counting: a function to call often, that gives the event loop a turn when one is due. */
export function turns(): () => Promise<void> {
  let last = performance.now();
  return async function takeTurn(): Promise<void> {
    if (performance.now() - last < LONGEST_STRETCH) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
