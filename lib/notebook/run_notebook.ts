/**
 * Runs a notebook without Jupyter: its joined module in a process of its own, its outputs captured
 * as a front end would.
 *
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import type { BackendInfo, BackendName } from "../backend/info.ts";
import { cannot } from "../check.ts";
import { stopwatch } from "../run/clock.ts";
import { cellsHash, resolventMetadata, withResolventMetadata } from "./cells_hash.ts";
import { readFrames, type RunError, type RunEvent } from "./events.ts";
import { type Cell, type Notebook, readNotebook } from "./ipynb.ts";
import { type JoinedModule, joinNotebook } from "./join.ts";
import { OutputCollector } from "./outputs.ts";
import { project, writeJoined } from "./project.ts";
import type { StudyRecord } from "./study_types.ts";
import { messageText, traceback } from "./traceback.ts";

/** Settings of a run. */
export type RunOptions = {
  /** Profile of the study. Default: quick. */
  readonly profile?: string;
  /** Root seed of the study. Default: the notebook's own. */
  readonly seed?: string;
  /** What computes with tensors. Default: the fastest. */
  readonly backend?: BackendName;
  /** Ends the run early. */
  readonly signal?: AbortSignal;
  /** Is told each event as it comes. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Takes what the process writes past the notebook's outputs: warnings, downloads. */
  readonly onRaw?: (text: string) => void;
};

/** A notebook after its run. */
export type ExecutedNotebook = {
  readonly path: string;
  readonly slug: string;
  /** The notebook with its outputs, and the hash of its cells if all ran. */
  readonly notebook: Notebook;
  /** `complete` only if every cell ran and nothing was thrown, not even late. */
  readonly status: "complete" | "failed" | "interrupted";
  /** Lines of the error that ended a failed run. */
  readonly error: readonly string[] | null;
  /** What the notebook's study reported last; null without one. */
  readonly study: StudyRecord | null;
  /** What computed with tensors; null where nothing did. */
  readonly backend: BackendInfo | null;
  /** Seconds of each code cell that came to its end, with its number and id. */
  readonly cells: readonly CellTime[];
  readonly seconds: number;
};

/** How long a cell took. */
export type CellTime = { readonly cell: number; readonly id: string; readonly seconds: number };

/** Ids of displays that only show progress begin so. */
export const PROGRESS = "progress-";

/** Milliseconds that a process has to end by itself once it is told to. */
const GRACE = 2000;

/** Name of a notebook, which names files as well: what its metadata say, else its file's. */
export function slugOf(notebook: Notebook, path: string): string {
  const slug = resolventMetadata(notebook).slug ?? basename(path, ".ipynb");
  if (typeof slug === "string" && /^[a-z0-9][a-z0-9-]*$/.test(slug)) return slug;
  throw new TypeError(
    cannot("run a notebook", "its name must be of a-z, 0-9 and hyphens", "the name", slug),
  );
}

/** Everything that a run builds up. */
type Run = {
  readonly joined: JoinedModule;
  readonly url: string;
  readonly outputs: OutputCollector;
  study: StudyRecord | null;
  backend: BackendInfo | null;
  readonly times: CellTime[];
  cell: number;
  seconds: () => number;
  done: boolean;
  error: string[] | null;
};

/** Starts the process of a run. */
function start(
  url: string,
  folder: string,
  { profile, seed, backend }: RunOptions,
): Deno.ChildProcess {
  const runner = new URL("./runner.ts", import.meta.url).href;
  // settings of this process are not settings of the run: an empty text counts as none
  const settings = {
    RESOLVENT_PROFILE: profile ?? "",
    RESOLVENT_SEED: seed ?? "",
    RESOLVENT_BACKEND: backend ?? "",
  };
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", project().config, runner, url],
    cwd: folder,
    env: { NO_COLOR: "1", ...settings },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Shows an error in the cell that runs, and keeps the first for the result. */
function fail(run: Run, error: RunError, late: boolean): void {
  const joined = { url: run.url, spans: run.joined.spans };
  const lines = traceback(error, joined);
  if (late) {
    run.outputs.stream("stderr", `Uncaught (no cell waits for it) ${lines.join("\n")}\n`);
  } else {
    if (run.cell === 0) run.outputs.begin(1); // an import failed: nothing ran, say so there
    run.outputs.error(error.name, messageText(error.message, joined), lines);
  }
  run.error ??= lines;
}

/** Takes an event into what the run has so far. */
function take(run: Run, event: RunEvent): void {
  switch (event.type) {
    case "begin":
      run.cell = event.cell;
      run.seconds = stopwatch();
      return run.outputs.begin(event.cell);
    case "end": {
      const { id } = run.joined.spans[event.cell - 1];
      return void run.times.push({ cell: event.cell, id, seconds: run.seconds() });
    }
    case "stream":
      return run.outputs.stream(event.name, event.text);
    case "display":
      // how far a computation is concerns the one who waits for it, not a later reader
      if (event.id?.startsWith(PROGRESS)) return;
      return run.outputs.display(event.bundle, event);
    case "result":
      return run.outputs.result(event.bundle, event.cell);
    case "study":
      run.study = event.record;
      return;
    case "backend":
      run.backend = event.info;
      return;
    case "error":
      return fail(run, event.error, event.late);
    case "done":
      run.done = true;
  }
}

/** Notes in the cell that ran that the process ended before the notebook did. */
function cutShort(run: Run, ename: string, evalue: string): void {
  if (run.cell === 0) run.outputs.begin(1); // ended before its first cell: say so there
  const span = run.joined.spans[Math.max(run.cell, 1) - 1];
  const lines = [`${ename}: ${evalue}`, `    at cell ${span.cell} (${span.id})`];
  run.outputs.error(ename, evalue, lines);
  run.error ??= lines;
}

/** Reads a stream of bytes as text. */
function textStream(stream: ReadableStream<Uint8Array>): ReadableStream<string> {
  return stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>);
}

/** Follows a process to its end. */
async function follow(
  process: Deno.ChildProcess,
  run: Run,
  { signal, onEvent, onRaw }: RunOptions,
): Promise<ExecutedNotebook["status"]> {
  const timers: ReturnType<typeof setTimeout>[] = [];
  function stop(): void {
    kill(process, "SIGINT");
    timers.push(setTimeout(() => kill(process, "SIGKILL"), GRACE));
  }
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  let complaints = "";
  async function readErrors(): Promise<void> {
    for await (const text of textStream(process.stderr)) {
      complaints = (complaints + text).slice(-4000);
      onRaw?.(text);
    }
  }
  async function readEvents(): Promise<void> {
    for await (const event of readFrames(textStream(process.stdout))) {
      if (event.type === "raw") onRaw?.(event.text);
      else {
        take(run, event);
        onEvent?.(event);
      }
    }
  }
  const [{ code, signal: killedBy }] = await Promise.all([
    process.status,
    readEvents(),
    readErrors(),
  ]);
  timers.forEach((timer) => clearTimeout(timer));
  signal?.removeEventListener("abort", stop);
  if (run.done) return run.error === null ? "complete" : "failed";
  if (signal?.aborted || killedBy === "SIGINT") {
    cutShort(run, "Interrupted", "the run was interrupted");
    return "interrupted";
  }
  if (run.error === null) {
    const why = killedBy ?? `exit code ${code}`;
    const said = complaints.trim() && `: ${complaints.trim()}`;
    cutShort(run, "Error", `the process ended before the last cell did (${why})${said}`);
  }
  return "failed";
}

/** Ends a process that may have ended already. */
function kill(process: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    process.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // a TypeError: it has ended
  }
}

/** The notebook with the outputs of a run. */
function executed(notebook: Notebook, outputs: OutputCollector): Notebook {
  let number = 0;
  const cells = notebook.cells.map((cell): Cell => {
    if (cell.cell_type !== "code") return cell;
    return outputs.apply(cell, ++number);
  });
  return { ...notebook, cells };
}

/**
 * Runs a notebook from its first cell to its last, or to the first that throws.
 *
 * @param path Path of the notebook
 * @param options Profile, seed, abort signal, and who is told what happens
 * @throws {TypeError} if the notebook is malformed; {SyntaxError} if its cells cannot be joined
 */
export async function runNotebook(
  path: string,
  options: RunOptions = {},
): Promise<ExecutedNotebook> {
  const notebook = await readNotebook(path);
  const slug = slugOf(notebook, path);
  const joined = await joinNotebook(notebook, { path });
  const url = await writeJoined(slug, joined);
  const run: Run = {
    joined,
    url,
    outputs: new OutputCollector(),
    study: null,
    backend: null,
    times: [],
    cell: 0,
    seconds: stopwatch(),
    done: false,
    error: null,
  };
  const seconds = stopwatch();
  const process = start(url, dirname(resolve(path)), options);
  const status = await follow(process, run, options);
  const result = executed(notebook, run.outputs);
  return {
    path,
    slug,
    notebook: status === "complete"
      ? withResolventMetadata(result, { slug, cells: cellsHash(notebook) })
      : result,
    status,
    error: run.error,
    study: run.study,
    backend: run.backend,
    cells: run.times,
    seconds: seconds(),
  };
}
