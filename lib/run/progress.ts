/**
 * How far a long computation is: a line in a terminal, an updated output in a notebook.
 *
 * @module
 */
import { checkInteger, checkOptions } from "../check.ts";
import { pace } from "./_pace.ts";
import { advanced, barHtml, barText, type Reached, started, type Task } from "./_progress_bar.ts";

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

/** Shows in one place how far it is. */
type Display = {
  readonly show: (reached: Reached) => void;
  readonly end: (reached: Reached) => Promise<void>;
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
 * notebook that is updated at most five times a second and last with the last count, nothing
 * elsewhere, and nothing at the end. The output of a notebook is a bar with count, rate and time left.
 *
 * **Definition** With `done` the sum of the ticks, shown are `done / total`, the rate
 * `r = sum_i n_i w_i / sum_i s_i w_i`, and the time left `(total - done) / r`: tick i counts n_i
 * steps and comes s_i seconds after the one before (the first: after the start), and its weight is
 * `w_i = exp(-a_i / 15 s)`, a_i its age when the last came. In a terminal, cli-progress estimates
 * the time left by its own average.
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
  const task = { label: String(label), total };
  const displays = [terminalLine(task), notebookOutput(task)].flatMap((d) => d ?? []);
  let reached = started(secondsNow());
  let finished = false;
  return {
    tick(n = 1): void {
      checkInteger("show progress", "n", n, { min: 0 });
      if (finished) return;
      reached = advanced(reached, n, secondsNow());
      for (const display of displays) display.show(reached);
    },
    async finish(): Promise<void> {
      if (finished) return;
      finished = true;
      for (const display of displays) await display.end(reached);
    },
  };
}

/** The time, in seconds. */
function secondsNow(): number {
  return performance.now() / 1000;
}

/** A bar on standard error where that is a terminal; the library is loaded with it. */
function terminalLine({ label, total }: Task): Display | null {
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
    show(reached): void {
      done = reached.done;
      bar?.update(done);
    },
    async end(reached): Promise<void> {
      ended = true;
      await loaded;
      bar?.update(reached.done);
      bar?.stop();
    },
  };
}

/** An output of a captured run or of Jupyter, updated in place. */
function notebookOutput(task: Task): Display | null {
  const frontend = findFrontend(`progress-${crypto.randomUUID()}`);
  if (frontend === null) return null;
  let last: Reached | null = null;
  let isShown = false;
  const drawing = pace(() => {
    const update = isShown;
    isShown = true;
    return frontend(
      { "text/html": barHtml(task, last!), "text/plain": barText(task, last!) },
      update,
    );
  });
  return {
    show(reached): void {
      last = reached;
      drawing.ask();
    },
    async end(): Promise<void> {
      await drawing.stop();
      // an output cannot be removed; one of empty html takes no room
      if (isShown) await frontend({ "text/html": "", "text/plain": "" }, true);
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
