/**
 * The output guard for Deno's own Jupyter kernel, which says that a cell has ended while outputs of
 * it are still under way: they are lost, or appear under another cell.
 *
 * The guard gathers what the console writes, sends it before the value of the cell, and gives the
 * kernel time to pass it on before the cell ends. It also awaits a promise that is the value of a
 * cell, and shows errors that no cell waits for.
 *
 * @module
 */
import { stopwatch } from "../run/clock.ts";
import { captureConsole } from "./console.ts";
import { runError } from "./events.ts";
import { type Jupyter, jupyter, kernelInternals } from "./jupyter.ts";
import { catchLateErrors } from "./late_errors.ts";
import { currentSink } from "./sink.ts";
import { block, StreamBuffer } from "./stream_buffer.ts";
import { otherThreadsWait } from "./threads.ts";

/** The name under which `globalThis` remembers that the guard stands. */
const GUARD = Symbol.for("resolvent.guard");

/** Milliseconds that the kernel needs to pass on what it was given. */
const SETTLE = 5;

/** Characters of text for which it needs another millisecond, on a machine with little to spare. */
const PER_MILLISECOND = 8000;

/** Most rounds of waiting on a machine whose cores are taken. */
const MOST_ROUNDS = 6;

/** Most milliseconds to wait for threads that may as well be busy with work of the notebook. */
const MOST_WAIT = 200;

/** Waits a number of milliseconds, in which the kernel may go on. */
function pass(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/**
 * Waits until the kernel has had time: longer when a timer itself comes late, and while a thread
 * runs, which may be the kernel's own with an output in its hands.
 */
async function settle(buffer: StreamBuffer): Promise<void> {
  buffer.dirty = false;
  const pause = SETTLE + buffer.takeSent() / PER_MILLISECOND;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const seconds = stopwatch();
    await pass(pause);
    if (seconds() * 1000 < pause + SETTLE) break;
  }
  const seconds = stopwatch();
  while (otherThreadsWait() === false && seconds() * 1000 < MOST_WAIT) await pass(1);
}

/** Publishes what a promise was rejected with as the cell's error. */
function broadcastError(kernel: Jupyter, reason: unknown): void {
  const { name, message, stack } = runError(reason);
  kernel.broadcast("error", { ename: name, evalue: message, traceback: stack.split("\n") });
}

/** Has the value of a cell published after its text, and the cell end after both. */
function guardResults(kernel: Jupyter, buffer: StreamBuffer): boolean {
  const internals = kernelInternals();
  if (internals === null) return false;
  const original = internals.broadcastResult;
  async function broadcastResult(executionCount: number, result: unknown): Promise<void> {
    try {
      const value = await result;
      await buffer.flush();
      if (value !== undefined && value !== null) {
        await original(executionCount, value);
        buffer.dirty = true;
      }
    } catch (reason) {
      await buffer.flush();
      broadcastError(kernel, reason);
      buffer.dirty = true;
    }
    if (buffer.dirty) await settle(buffer);
  }
  try {
    internals.broadcastResult = broadcastResult;
  } catch {
    return false;
  }
  return internals.broadcastResult === broadcastResult;
}

/** Keeps displays and messages of cells in order with their text. */
function guardDisplays(kernel: Jupyter, buffer: StreamBuffer): void {
  const { broadcast, display } = kernel;
  kernel.broadcast = async (...args: Parameters<Jupyter["broadcast"]>) => {
    buffer.flushNow();
    buffer.dirty = true;
    await broadcast(...args);
  };
  kernel.display = async (...args: Parameters<Jupyter["display"]>) => {
    buffer.flushNow();
    buffer.dirty = true;
    await display(...args);
  };
}

/**
 * Sends what a cell has written before it threw. The kernel publishes no value then; but it asks of
 * what was thrown whether it is an `Error`, from a call of its own: the moment to send.
 */
function guardErrors(buffer: StreamBuffer): boolean {
  const ordinary = Function.prototype[Symbol.hasInstance];
  return Reflect.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    writable: true,
    value(this: unknown, value: unknown): boolean {
      if (buffer.busy && this === Error && isKernelCall(new Error().stack ?? "")) {
        buffer.flushNow();
        buffer.dirty = false;
        block(2 * SETTLE);
        const seconds = stopwatch();
        while (otherThreadsWait() === false && seconds() * 1000 < MOST_WAIT) block(1);
      }
      return ordinary.call(this as () => unknown, value);
    },
  });
}

/** Tells whether a stack is that of a function which the kernel itself has called. */
function isKernelCall(stack: string): boolean {
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return frames.length === 2 && /^\s+at <anonymous>:\d+:\d+$/.test(frames[1]);
}

/**
 * Installs the guard once where cells run in Deno's kernel, and does nothing elsewhere. Where this
 * release of Deno has not what it needs, it says so in the cell and in the terminal.
 *
 * @returns whether the guard stands
 */
export function installGuard(): boolean {
  const kernel = jupyter();
  // another kernel, or a captured run, takes outputs by a sink and loses none
  if (kernel === null || currentSink() !== null) return false;
  const global = globalThis as { [GUARD]?: boolean };
  if (global[GUARD] !== undefined) return global[GUARD];
  const { broadcast } = kernel;
  const buffer = new StreamBuffer((name, text) => void broadcast("stream", { name, text }));
  const stands = guardResults(kernel, buffer) && guardErrors(buffer);
  global[GUARD] = stands;
  if (!stands) {
    console.error(
      `Cannot guard the outputs of this notebook as Deno's kernel must publish values by broadcastResult: ` +
        `Deno is ${Deno.version.deno}. Outputs may be lost or appear under another cell; ` +
        `Deno 2.9 and "deno task reproduce" do not lose any`,
    );
    return false;
  }
  guardDisplays(kernel, buffer);
  captureConsole((name, text) => buffer.write(name, text));
  catchLateErrors((error) => {
    const { name, message, stack } = runError(error);
    buffer.write("stderr", `Uncaught (no cell waits for it) ${stack || `${name}: ${message}`}\n`);
  });
  return true;
}
