/**
 * The end of the program that started the kernel: nobody would end the kernel then.
 *
 * @module
 */
import process from "node:process";

/** Milliseconds between two looks. */
const BETWEEN = 1000;

/** Tells whether a process is there, as more than a name in the table of processes. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // a process of somebody else is there, though it may not be signalled
    return (error as { readonly code?: string }).code === "EPERM";
  }
  if (Deno.build.os !== "linux") return true;
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return true; // it was there a moment ago, and the next look will tell
  }
}

/**
 * Calls `onGone` once the process is gone whose number a Jupyter server gives as JPY_PARENT_PID;
 * without such a number it watches nothing.
 *
 * @returns a function that ends the watch
 */
export function watchParent(onGone: () => void): () => void {
  const pid = Number(Deno.env.get("JPY_PARENT_PID"));
  if (!Number.isInteger(pid) || pid <= 1) return () => {};
  const timer = setInterval(() => {
    if (isAlive(pid)) return;
    clearInterval(timer);
    onGone();
  }, BETWEEN);
  Deno.unrefTimer(timer);
  return () => clearInterval(timer);
}
