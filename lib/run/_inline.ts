/**
 * Runs tasks in this process, for one core or none to spare, exactly as a worker would.
 *
 * @module
 */
import { pack, unpack } from "./_portable.ts";
import type { Runner, Started } from "./_state.ts";
import {
  compileTask,
  errorText,
  LIBRARY,
  type Runnable,
  taskError,
  type TaskText,
} from "./_task.ts";

/** Starts tasks one after another, with a turn of the event loop before each. */
export class InlineRunner implements Runner {
  readonly #tasks = new Map<TaskText, Promise<Runnable>>();
  readonly #open = new Set<(reason: unknown) => void>();
  #turn: Promise<void> = Promise.resolve();

  /** Runs a task; `cancel` rejects it, and keeps it from starting. */
  run(task: TaskText, args: readonly unknown[]): Started {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    let cancelled = false;
    const cancel = (reason: unknown) => {
      cancelled = true;
      this.#open.delete(cancel);
      reject(reason);
    };
    this.#open.add(cancel);
    const call = async () => {
      try {
        if (!this.#tasks.has(task)) this.#tasks.set(task, loadTask(task));
        const runnable = await this.#tasks.get(task)!;
        // copies, as a worker would have: what a task changes stays its own
        const value = await runnable(...(structuredClone(args).map(unpack)));
        resolve(structuredClone(pack("return a result", "the result", value)));
      } catch (error) {
        reject(taskError(task.label, errorText(error)));
      } finally {
        this.#open.delete(cancel);
      }
    };
    // the next task may start while this one awaits, or a task that calls others would wait for ever
    this.#turn = this.#turn.then(nextTurn).then(() => void (cancelled || call()));
    return { result: promise, cancel };
  }

  /** Rejects the calls that wait or run. */
  close(): Promise<void> {
    const error = new Error("Cannot finish a task as its pool must stay open: it was closed");
    for (const cancel of [...this.#open]) cancel(error);
    return this.#turn;
  }
}

/** Loads the library and makes the task. */
async function loadTask(task: TaskText): Promise<Runnable> {
  return compileTask(task, await import(LIBRARY));
}

/** Waits for a turn of the event loop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
