/**
 * How far a long computation is: a line in a terminal, an updated output in a notebook.
 *
 * @module
 */
import { checkInteger, checkOptions } from "../check.ts";

/** Shortest time between two updates of a notebook's output, in milliseconds. */
const BETWEEN_UPDATES = 200;

/** Settings of {@linkcode progress}. */
export type ProgressOptions = {
  /** Number of steps in all, at least 1. */
  readonly total: number;
  /** What is being done. Default: none. */
  readonly label?: string;
};

/** A progress that is shown. */
export type Progress = {
  /** Counts `n` more steps (default 1). */
  readonly tick: (n?: number) => void;
  /** Takes away what was shown. */
  readonly finish: () => Promise<void>;
};

/** Shows a count in one place. */
type Display = {
  readonly show: (done: number) => void | Promise<void>;
  readonly end: (done: number) => void | Promise<void>;
};

/** The part of a front end that takes outputs: a captured run's or Jupyter's. */
type Frontend = (bundle: Record<string, string>, update: boolean) => unknown;

/** The part of cli-progress that is used. */
type Bars = {
  readonly SingleBar: new (options: object, preset: object) => {
    start(total: number, value: number): void;
    update(value: number): void;
    stop(): void;
  };
  readonly Presets: { readonly legacy: object };
};

/**
 * Shows how far a computation is: one line on standard error of a terminal, one output of a
 * notebook that is updated at most five times a second, nothing elsewhere, and nothing at the end.
 *
 * **Definition** Shown is `done / total`, with `done` the sum of the ticks.
 *
 * @param options Number of steps, an integer of at least 1, and a label
 * @returns `tick(n)` for each step or `n` of them, and `finish()` at the end
 * @throws {RangeError} if the total is not an integer of at least 1
 * @throws {TypeError} if `options` is not a record of settings
 *
 * @example Ten steps
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { progress } from "resolvent";
 *
 * const shown = progress({ total: 10, label: "seeds" });
 * for (let i = 0; i < 10; i++) shown.tick();
 * assertEquals(await shown.finish(), undefined);
 * ```
 *
 * Source: no paper; the bar is cli-progress's.
 */
export function progress(options: ProgressOptions): Progress {
  const { total, label = "" } = checkOptions("show progress", options);
  checkInteger("show progress", "total", total, { min: 1 });
  const displays = [terminalLine(label, total), notebookOutput(label, total)].flatMap((d) =>
    d ?? []
  );
  let done = 0;
  let finished = false;
  return {
    tick(n = 1): void {
      done += checkInteger("show progress", "n", n, { min: 0 });
      if (!finished) { for (const display of displays) display.show(done); }
    },
    async finish(): Promise<void> {
      if (finished) return;
      finished = true;
      for (const display of displays) await display.end(done);
    },
  };
}

/** A bar on standard error where that is a terminal; the library is loaded with it. */
function terminalLine(label: string, total: number): Display | null {
  if (!Deno.stderr.isTerminal()) return null;
  let done = 0;
  let bar: InstanceType<Bars["SingleBar"]> | null = null;
  let ended = false;
  const loaded = import("cli-progress").then((module) => {
    const { SingleBar, Presets } = (module.default ?? module) as Bars;
    if (ended) return;
    const format = `${label} {bar} {value}/{total} | {eta_formatted} left`.trim();
    bar = new SingleBar({ format, clearOnComplete: true, hideCursor: true }, Presets.legacy);
    bar.start(total, done);
  });
  return {
    show(count): void {
      done = count;
      bar?.update(count);
    },
    async end(count): Promise<void> {
      ended = true;
      await loaded;
      bar?.update(count);
      bar?.stop();
    },
  };
}

/** An output of a captured run or of Jupyter, updated in place. */
function notebookOutput(label: string, total: number): Display | null {
  const frontend = findFrontend(`progress-${crypto.randomUUID()}`);
  if (frontend === null) return null;
  const text = (done: number) => `${label && `${label}: `}${done} of ${total}`;
  let last = -Infinity;
  let sent: unknown = Promise.resolve();
  function send(done: number): void {
    const update = last > -Infinity;
    last = performance.now();
    sent = Promise.resolve(sent).then(() => frontend!({ "text/plain": text(done) }, update));
  }
  return {
    show(done): void {
      if (performance.now() - last >= BETWEEN_UPDATES) send(done);
    },
    async end(): Promise<void> {
      await sent;
      // an output cannot be removed; one of empty html takes no room
      if (last > -Infinity) await frontend!({ "text/html": "", "text/plain": "" }, true);
    },
  };
}

/** Where outputs go: a run that captures them, else Jupyter, else nowhere. */
function findFrontend(id: string): Frontend | null {
  const sink = (globalThis as { [key: symbol]: unknown })[Symbol.for("resolvent.sink")] as {
    display(bundle: Record<string, unknown>, options?: { id?: string; update?: boolean }): unknown;
  } | undefined;
  if (sink) return (bundle, update) => sink.display(bundle, { id, update });
  const jupyter = jupyterOf();
  if (jupyter === null) return null;
  return (bundle, update) => jupyter.display(bundle, { raw: true, display_id: id, update });
}

/** Deno's side of Jupyter; reading it outside a kernel throws. */
function jupyterOf(): typeof Deno.jupyter | null {
  try {
    return Deno.jupyter;
  } catch {
    return null;
  }
}
