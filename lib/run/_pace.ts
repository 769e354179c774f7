/**
 * Doing something now and then while it is asked for often: drawings of what changes.
 *
 * @module
 */

/** Shortest time between the beginnings of two drawings, in milliseconds: five in a second. */
const BETWEEN = 200;

/** Times that a drawing took which are left free after it, so that what is drawn goes on. */
const FREE = 4;

/** Longest time left free, in milliseconds: a first drawing may have to load what draws. */
const MOST_FREE = 2000;

/** Something done now and then. */
export type Pace = {
  /** Says that there is something new: it is done now, or as soon as it may be. */
  readonly ask: () => void;
  /** Does it no more; resolves when what is under way has ended, rejects if it ever failed. */
  readonly stop: () => Promise<void>;
};

/**
 * Draws when asked, at most five times a second, with a pause after each drawing of four times as
 * long as it took, two seconds at most; what was asked for in between is drawn once, later. After a
 * failure nothing more is drawn.
 */
export function pace(
  draw: () => unknown,
  now: () => number = () => performance.now(),
): Pace {
  let next = -Infinity; // no drawing begins earlier
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let isWanted = false, isOver = false;
  let failure: { readonly reason: unknown } | null = null;

  async function run(): Promise<void> {
    const began = now();
    next = began + BETWEEN;
    try {
      await draw();
    } catch (reason) {
      failure ??= { reason };
      isOver = true;
    }
    const ended = now();
    next = Math.max(next, ended + Math.min(MOST_FREE, FREE * (ended - began)));
    running = null;
    if (isWanted) ask();
  }
  function ask(): void {
    isWanted = true;
    if (isOver || running !== null || timer !== undefined) return;
    const wait = next - now();
    if (wait > 0) {
      timer = setTimeout(later, wait);
      Deno.unrefTimer(timer); // a script may end before
    } else begin();
  }
  function later(): void {
    timer = undefined;
    ask();
  }
  function begin(): void {
    isWanted = false;
    running = run();
  }
  async function stop(): Promise<void> {
    isOver = true;
    clearTimeout(timer);
    await running;
    if (failure !== null) throw failure.reason;
  }
  return { ask, stop };
}
