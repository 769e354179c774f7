/**
 * The program of a captured run: runs a joined module and tells on standard output what it shows.
 *
 * @module
 */
import { usedBackend } from "../backend/state.ts";
import { captureConsole } from "./console.ts";
import { bundleOf } from "./display.ts";
import { frame, runError, type RunEvent } from "./events.ts";
import { catchLateErrors } from "./late_errors.ts";
import { installMarks } from "./marks.ts";
import type { StudyRecord } from "./study_types.ts";
import { installSink } from "./sink.ts";

/** Writes an event, wholly, before anything else happens. */
function send(event: RunEvent): void {
  const bytes = new TextEncoder().encode(frame(event));
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

/** Tells what computed with tensors, if anything did. */
function sendBackend(): void {
  const info = usedBackend();
  if (info !== null) send({ type: "backend", info });
}

/** Runs the module at `url`, and leaves with 0 if it came to its end, else with 1. */
async function run(url: string): Promise<void> {
  captureConsole((name, text) => send({ type: "stream", name, text }));
  catchLateErrors((error) => send({ type: "error", error: runError(error), late: true }));
  installSink({
    display: (bundle, options = {}) => send({ type: "display", bundle, ...options }),
    stream: (name, text) => send({ type: "stream", name, text }),
    study: (record) => send({ type: "study", record: record as StudyRecord }),
  });
  installMarks({
    begin: (cell) => send({ type: "begin", cell }),
    async end(cell, value) {
      if (value !== undefined && value !== null) {
        send({ type: "result", cell, bundle: await bundleOf(value) });
      }
      send({ type: "end", cell });
    },
  });
  try {
    await import(url);
    sendBackend();
    send({ type: "done" });
  } catch (error) {
    sendBackend();
    send({ type: "error", error: runError(error), late: false });
    Deno.exit(1);
  }
  Deno.exit(0); // timers, servers and workers that a cell has left running end here
}

if (import.meta.main) await run(Deno.args[0]);
