/**
 * What the other threads of this process are doing, where the system tells.
 *
 * @module
 */

/** Where Linux lists the threads of this process. */
const TASKS = "/proc/self/task";

/**
 * Whether every thread but the calling one waits for something. A thread that has been given work,
 * and has not yet been given a core, counts as running: so work that was handed on is seen until it
 * is done.
 *
 * @returns whether all wait, or null where the system does not tell (anything but Linux)
 */
export function otherThreadsWait(): boolean | null {
  try {
    const own = Deno.readTextFileSync("/proc/thread-self/stat").split(" ", 1)[0];
    for (const { name } of Deno.readDirSync(TASKS)) {
      if (name !== own && isRunning(name)) return false;
    }
    return true;
  } catch {
    return null;
  }
}

/** Whether a thread runs, or would if it had a core; one that has ended meanwhile does not. */
function isRunning(thread: string): boolean {
  try {
    const stat = Deno.readTextFileSync(`${TASKS}/${thread}/stat`);
    // The name of a thread stands in brackets and may hold any character; its state comes next.
    const state = stat.charAt(stat.lastIndexOf(")") + 2);
    return state === "R" || state === "D";
  } catch {
    return false;
  }
}
