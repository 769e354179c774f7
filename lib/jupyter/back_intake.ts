/**
 * The back's second thread: reads what the front asks while the first may be busy with a cell.
 *
 * @module
 */
import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import type { Order } from "./back_messages.ts";
import { Signals } from "./back_signals.ts";
import { decodeValues } from "./link.ts";

/** Takes orders until the front is gone, then ends the process: nobody is left to show anything. */
async function takeOrders(path: string, signals: Signals): Promise<void> {
  const file = await Deno.open(path, { read: true });
  try {
    for await (const order of decodeValues<Order>(file.readable)) {
      if (order.type === "stop") signals.stop = true;
      if (order.type === "answer") signals.answer(order.text);
      else parentPort!.postMessage(order);
    }
  } finally {
    process.kill(-process.pid, "SIGKILL"); // it leads a group, in which are the programs of cells
  }
}

const { path, memory } = workerData as { path: string; memory: SharedArrayBuffer };
await takeOrders(path, new Signals(memory));
