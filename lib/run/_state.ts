/**
 * What one process or worker keeps between calls: its pool and the results that it remembers.
 *
 * @module
 */
import type { KeptResults } from "./_kept_results.ts";
import { byteSize } from "./_portable.ts";
import type { TaskText } from "./_task.ts";

/** Results kept, oldest forgotten first, in bytes. */
const REMEMBERED_BYTES = 256 * 2 ** 20;

/** A call on its way. */
export type Started = {
  /** The packed result. */
  readonly result: Promise<unknown>;
  /** Rejects the call with a reason, and ends its work. */
  readonly cancel: (reason: unknown) => void;
};

/** What runs calls: a pool of workers, or this process itself. */
export type Runner = {
  /** Starts a call with packed arguments. */
  run(task: TaskText, args: readonly unknown[]): Started;
  /** Ends the calls that wait or run, and what was started for them. */
  close(): Promise<void>;
};

/** Kept between calls. */
export type WorkerState = {
  /** What runs calls, once a call needed it. */
  runner: Runner | null;
  /** Whether calls run in this process, as on a worker. */
  inline: boolean;
  /** Calls on their way by key, with the number of callers that wait for each. */
  readonly running: Map<string, Started & { callers: number }>;
  /** Results by key of their call. */
  readonly results: ResultMemory;
  /** Results on disk, where a folder is named for them; undefined until that is known. */
  kept?: KeptResults | null;
};

/** Results of calls, up to a number of bytes. */
export class ResultMemory {
  readonly #results = new Map<string, { readonly value: unknown; readonly bytes: number }>();
  readonly #limit: number;
  #bytes = 0;

  /** Makes an empty memory of at most `limit` bytes. */
  constructor(limit: number = REMEMBERED_BYTES) {
    this.#limit = limit;
  }

  /** Returns the packed result of a call, or undefined. */
  get(key: string): { readonly value: unknown } | undefined {
    return this.#results.get(key);
  }

  /** Keeps a packed result, and forgets the oldest ones beyond the limit. */
  set(key: string, value: unknown): void {
    const bytes = byteSize(value);
    if (bytes > this.#limit || this.#results.has(key)) return;
    this.#results.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const [oldest, entry] of this.#results) {
      if (this.#bytes <= this.#limit) break;
      this.#results.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }
}

/** Ends what runs calls; the next call starts another. */
export async function endRunner(): Promise<void> {
  const state = workerState();
  const { runner } = state;
  state.runner = null;
  await runner?.close();
}

/**
 * The state of this process or worker. It hangs on a registered symbol, not on this module, so that
 * a module loaded twice (a notebook that imports it anew) still has one pool.
 */
export function workerState(): WorkerState {
  const scope = globalThis as { [key: symbol]: WorkerState | undefined };
  const symbol = Symbol.for("resolvent.workers");
  return scope[symbol] ??= {
    runner: null,
    inline: false,
    running: new Map(),
    results: new ResultMemory(),
  };
}
