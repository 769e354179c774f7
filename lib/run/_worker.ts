/**
 * What runs on each worker of the pool: takes tasks as text, calls them, answers with results.
 *
 * @module
 */
import { parentPort } from "node:worker_threads";
import { pack, unpack } from "./_portable.ts";
import { compileTask, errorText, type Exports, type Runnable, type TaskText } from "./_task.ts";
import { backendState } from "../backend/state.ts";
import { setLinalgThreads } from "../linalg/provider.ts";
import type { Answer, Order } from "./_pool.ts";
import { workerState } from "./_state.ts";

/** Answers orders in turn; the library is loaded with the first one, so that a failure is an answer. */
function serve(): void {
  if (!parentPort) {
    throw new Error("Cannot serve tasks as this file must run on a worker: parentPort is null");
  }
  const port = parentPort;
  // a task that itself calls onWorkers runs those calls here, not on a pool of pools
  workerState().inline = true;
  const tasks = new Map<number, Promise<Runnable>>();
  port.on("message", async (order: Order) => {
    let answer: Answer;
    try {
      if (order.task) tasks.set(order.taskId, load(order.library, order.task));
      const run = await tasks.get(order.taskId)!;
      const value = await run(...(order.args.map(unpack)));
      answer = {
        job: order.job,
        value: pack("return a result", "the result", value),
        backend: backendState().current,
      };
    } catch (error) {
      answer = { job: order.job, error: errorText(error) };
    }
    port.postMessage(answer);
  });
}

/** Loads the library and makes the task. */
async function load(address: string, task: TaskText): Promise<Runnable> {
  setLinalgThreads(1); // each core has its worker: more threads would only wait for one another
  const library: Exports = await import(address);
  return compileTask(task, library);
}

serve();
