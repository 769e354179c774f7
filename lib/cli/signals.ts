/**
 * Ctrl-C: the first ends the run and keeps what is done, a later one ends at once.
 *
 * @module
 */
import { stopwatch } from "../run/clock.ts";
import { EXIT } from "./failure.ts";

/** `deno task` passes a signal on that the terminal has sent as well; in seconds. */
const SAME_KEYPRESS = 1;

/** Runs `work` with a signal that Ctrl-C aborts. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let since: (() => number) | null = null;
  function onSignal(): void {
    if (since !== null && since() > SAME_KEYPRESS) Deno.exit(EXIT.interrupted);
    since ??= stopwatch();
    controller.abort();
  }
  Deno.addSignalListener("SIGINT", onSignal);
  try {
    return await work(controller.signal);
  } finally {
    Deno.removeSignalListener("SIGINT", onSignal);
  }
}
