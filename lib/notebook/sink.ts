/**
 * Where a notebook's outputs go when no Jupyter front end takes them.
 *
 * @module
 */

/** Takes what a notebook shows: set by a captured run, absent in a plain script. */
export type OutputSink = {
  /** Shows a bundle of media types, or updates the one shown under `id`. */
  display(
    bundle: Record<string, unknown>,
    options?: { readonly id?: string; readonly update?: boolean },
  ): void | Promise<void>;
  /** Takes text for standard output or standard error. */
  stream(name: "stdout" | "stderr", text: string): void;
  /** Takes what a study reports for the record of the run. */
  study?(record: unknown): void;
};

/** The name under which a captured run puts its sink on `globalThis`. */
export const SINK = Symbol.for("resolvent.sink");

/** The sink of this run, or null outside of a captured run. */
export function currentSink(): OutputSink | null {
  return (globalThis as { [SINK]?: OutputSink })[SINK] ?? null;
}

/** Makes `sink` the one that this run's outputs go to. */
export function installSink(sink: OutputSink): void {
  (globalThis as { [SINK]?: OutputSink })[SINK] = sink;
}
