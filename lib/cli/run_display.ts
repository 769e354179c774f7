/**
 * What a terminal shows while a notebook runs: its verdicts, and on a terminal how far it is.
 *
 * @module
 */
import { verdictLine } from "../claims/line.ts";
import type { RunEvent } from "../notebook/events.ts";
import { PROGRESS } from "../notebook/run_notebook.ts";

/** Shows the events of a run. */
export type RunDisplay = {
  readonly take: (event: RunEvent) => void;
  readonly raw: (text: string) => void;
  readonly end: () => void;
};

/** Clears the line of a terminal. */
const CLEAR = "\r\x1b[K";

/** A line of standard error that is written over; nothing where that is no terminal. */
function liveLine(): (text: string) => void {
  if (!Deno.stderr.isTerminal()) return () => {};
  return (text) => {
    const shown = text.slice(0, terminalWidth() - 1);
    Deno.stderr.writeSync(new TextEncoder().encode(CLEAR + shown));
  };
}

/** Width of the terminal; 80 columns where it does not tell. */
function terminalWidth(): number {
  try {
    return Deno.consoleSize().columns || 80;
  } catch {
    return 80;
  }
}

/** Shows verdict lines on standard output as they come, and the running cell in a live line. */
export function runDisplay(codeCells: number): RunDisplay {
  const write = liveLine();
  const shown = new Set<string>();
  let cell = "";
  function line(text: string): void {
    write("");
    console.log(text);
    write(cell);
  }
  return {
    take(event): void {
      if (event.type === "begin") write(cell = `cell ${event.cell} of ${codeCells}`);
      if (event.type === "display" && event.id?.startsWith(PROGRESS)) {
        write(`${cell}: ${event.bundle["text/plain"]}`);
      }
      if (event.type !== "study") return;
      for (const verdict of event.record.verdicts) {
        if (shown.has(verdict.id)) continue;
        shown.add(verdict.id);
        line(verdictLine(verdict));
      }
    },
    raw(text): void {
      write("");
      Deno.stderr.writeSync(new TextEncoder().encode(text));
    },
    end(): void {
      write("");
    },
  };
}
