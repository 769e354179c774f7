/**
 * The back of the kernel: a process that runs cells as the front asks.
 *
 * Descriptor 3 is the way to the front: it is written to at once, so that what a busy cell prints
 * is seen while it runs, and a cell that prints without end is held up instead of filling the
 * memory. Descriptor 4 is the way back, which a second thread reads.
 *
 * @module
 */
import inspector from "node:inspector";
import { Worker } from "node:worker_threads";
import { BackCells } from "./back_cells.ts";
import { installGlobals } from "./back_globals.ts";
import { MARK, type Order, type Report } from "./back_messages.ts";
import { Signals } from "./back_signals.ts";
import { encodeValue } from "./link.ts";
import { SAVE } from "./saved_values.ts";

const front = Deno.openSync("/dev/fd/3", { write: true });

/** Tells the front something, and waits until the system has taken it. */
function tell(report: Report): void {
  // what programs and libraries have written past this process comes before the end of the request
  if (report.type === "done") writeAll(Deno.stderr, [encoder.encode(`${MARK}${report.id}\n`)]);
  writeAll(front, encodeValue(report));
}

const encoder = new TextEncoder();

function writeAll(
  to: { writeSync(bytes: Uint8Array): number },
  parts: readonly Uint8Array[],
): void {
  for (const part of parts) {
    for (let at = 0; at < part.length;) at += to.writeSync(part.subarray(at));
  }
}

/** Does what the front asks; requests may run side by side. */
async function take(cells: BackCells, order: Order): Promise<void> {
  switch (order.type) {
    case "execute":
      return await cells.execute(order);
    case "comm":
      return await cells.comm(order);
    case "know":
      return await cells.know(order);
    case "later":
      return cells.setLater(order.cells);
    case "stop":
      return cells.stop();
    case "answer": // the other thread has handed it over
      return;
  }
}

const signals = new Signals();
const cells = await BackCells.open({ tell, signals, folder: Deno.cwd() });
installGlobals(cells, tell, signals);
Object.defineProperty(globalThis, SAVE, { value: (folder: string) => cells.save(folder) });
const intake = new Worker(new URL("./back_intake.ts", import.meta.url), {
  workerData: { path: "/dev/fd/4", memory: signals.memory },
});
intake.on("message", (order: Order) => void take(cells, order));
tell({ type: "ready", inspector: inspector.url() ?? "" });
