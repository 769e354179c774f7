/**
 * Pure tasks on all cores: each call on a worker, each result computed once.
 *
 * @module
 */
import { checkInteger, checkOptions } from "../check.ts";
import { setLinalgThreads } from "../linalg/provider.ts";
import { canonicalHash } from "./_canonical.ts";
import { InlineRunner } from "./_inline.ts";
import { type KeptResults, keptResults } from "./_kept_results.ts";
import { WorkerPool } from "./_pool.ts";
import { pack, unpack } from "./_portable.ts";
import { endRunner, type Runner, type WorkerState, workerState } from "./_state.ts";
import { type TaskText, taskText } from "./_task.ts";

/** Settings of {@linkcode onWorkers}. */
export type OnWorkersOptions = {
  /**
   * Values and functions that the task's source names: plain data, random keys, and functions,
   * which are sent as source too and see one another. Default: none.
   */
  readonly given?: Readonly<Record<string, unknown>>;
  /** What the task is called in errors. Default: its name. */
  readonly label?: string;
  /** Ends the batch: calls that wait or run reject with the signal's reason. Default: none. */
  readonly signal?: AbortSignal;
  /** Told after each call how many have settled and how many were made. Default: none. */
  readonly onDone?: (counts: { readonly settled: number; readonly called: number }) => void;
};

/**
 * Runs a pure task on a pool of workers, one for each core; results are remembered per argument.
 *
 * **Definition** `onWorkers(f)(x) = f(x)`, computed elsewhere, at most once for each (source of f,
 * given, x).
 *
 * The task's source text is what is sent, so its free names must be exports of `resolvent`, globals
 * of JavaScript, or keys of `given`; an export's name means the export, unless `given` has it.
 * Arguments and results are plain data (numbers, texts, records, arrays, typed arrays, matrices) and
 * random keys; each caller gets its own copy. The pool starts with the first call, has
 * `min(cores, RESOLVENT_WORKERS)` workers, and does not keep a script from ending. From then on linear
 * algebra has one thread in the whole process, so that the workers do not fight for cores. With
 * `RESOLVENT_WORKERS` 0 or 1, or on one core, tasks run in this process by the same rules.
 *
 * If `RESOLVENT_RESULTS` names a folder, results are kept there as well, and a run that was interrupted
 * goes on from them, as long as source, Deno, library and backend are the same.
 *
 * @param task A pure function, an expression or a declaration, that may be async
 * @param options Values that it names, its label, a signal and a callback for counts
 * @returns A function of the same arguments that returns a promise of the result
 * @throws {TypeError} if the task has no source that can be sent, or an argument is not plain data
 * @throws {ReferenceError} (a rejection) if the task names what is not on the worker
 *
 * @example Squares, and a value given by name
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, onWorkers } from "resolvent";
 *
 * const shift = 10;
 * const shifted = onWorkers((x: number) => matrix(1, 2, [x * x, shift]), { given: { shift } });
 * const [a, b] = await Promise.all([shifted(2), shifted(3)]);
 * assertEquals([...a.data, ...b.data], [4, 10, 9, 10]);
 * ```
 *
 * Source: the usual pool of workers; no paper.
 */
export function onWorkers<Args extends readonly unknown[], T>(
  task: (...args: Args) => T | Promise<T>,
  options: OnWorkersOptions = {},
): (...args: Args) => Promise<T> {
  const { given = {}, label, signal, onDone } = checkOptions("run a task on workers", options);
  const text = taskText(task, label, given);
  const doing = `run ${text.label} on a worker`;
  const taskKey = canonicalHash(doing, [text.text, text.functions, text.values]);
  let called = 0;
  let settled = 0;
  return async function remembered(...args: Args): Promise<T> {
    called++;
    try {
      const packed = args.map((value, i) => pack(doing, `argument ${i + 1}`, value));
      const key = canonicalHash(doing, [taskKey, packed]);
      const result = await callOnce(key, text, packed, signal);
      return unpack(structuredClone(result)) as T;
    } finally {
      settled++;
      onDone?.({ settled, called });
    }
  };
}

/**
 * Ends the pool of {@linkcode onWorkers}; the next call starts another. Calls that wait or run are
 * rejected; remembered results stay.
 *
 * **Definition** Afterwards no worker of the pool is alive.
 *
 * @returns A promise that resolves when the workers have ended
 *
 * @example After a batch
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { closeWorkers, onWorkers } from "resolvent";
 *
 * assertEquals(await onWorkers((x: number) => x + 1)(1), 2);
 * await closeWorkers();
 * ```
 *
 * Source: the usual pool of workers; no paper.
 */
export async function closeWorkers(): Promise<void> {
  await endRunner();
}

/** Finds the result of a call, joins the same call on its way, or starts it. */
async function callOnce(
  key: string,
  task: TaskText,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const state = workerState();
  const known = state.results.get(key) ?? keptOf(state)?.get(key);
  if (known) return known.value;
  const call = state.running.get(key) ?? start(state, key, task, args);
  call.callers++;
  if (!signal) return await call.result;
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => {
    call.callers--;
    if (call.callers === 0) {
      state.running.delete(key); // no one may join it any more
      call.cancel(signal.reason);
    }
    reject(signal.reason);
  };
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([call.result, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Starts a call that others may join. */
function start(state: WorkerState, key: string, task: TaskText, args: readonly unknown[]) {
  state.runner ??= makeRunner(state);
  const started = state.runner.run(task, args);
  const call = { ...started, callers: 0 };
  state.running.set(key, call);
  const keep = (value: unknown) => {
    state.results.set(key, value);
    keptOf(state)?.set(key, value);
  };
  started.result.then(keep, () => {})
    .finally(() => state.running.get(key) === call && state.running.delete(key));
  return call;
}

/** Results on disk; a worker leaves them to the process that it works for. */
function keptOf(state: WorkerState): KeptResults | null {
  if (state.kept === undefined) state.kept = state.inline ? null : keptResults();
  return state.kept;
}

/** A pool, or this process where there is one core or the environment asks for it. */
function makeRunner(state: WorkerState): Runner {
  const size = state.inline ? 1 : workerCount();
  if (size <= 1) return new InlineRunner();
  // the number of threads is the process's: set here too, so that it does not change under a call
  setLinalgThreads(1);
  return new WorkerPool(size);
}

/** Number of workers: the cores, or fewer if `RESOLVENT_WORKERS` says so. */
function workerCount(): number {
  const name = "RESOLVENT_WORKERS";
  const readable = Deno.permissions.querySync({ name: "env", variable: name }).state === "granted";
  const asked = readable ? Deno.env.get(name) : undefined;
  const cores = navigator.hardwareConcurrency;
  if (asked === undefined || asked.trim() === "") return cores;
  return Math.min(cores, checkInteger("start workers", name, Number(asked), { min: 0 }));
}
