/**
 * Showing a value from within a cell.
 *
 * @module
 */
import { bundleOf } from "./display.ts";
import { jupyter } from "./jupyter.ts";
import { currentSink } from "./sink.ts";

/** Options of {@linkcode show}. */
export type ShowOptions = {
  /** Name under which the output can be updated later. Default: none. */
  readonly id?: string;
  /** Whether to update what is shown under `id` instead of showing anew. Default: false. */
  readonly update?: boolean;
};

/**
 * Shows a value as an output of the cell: in Jupyter, in a captured run, or as text in a terminal.
 * A promise is awaited first.
 *
 * @param value Value to show: what its `Symbol.for("Jupyter.display")` method gives, else its text
 * @param options An id, to update the output later
 * @throws {TypeError} if an update has no id
 */
export async function show(value: unknown, options: ShowOptions = {}): Promise<void> {
  const { id, update = false } = options;
  if (update && id === undefined) {
    throw new TypeError("Cannot update an output as it must have an id: id is undefined");
  }
  const bundle = await bundleOf(value);
  const sink = currentSink();
  const kernel = jupyter();
  if (sink) await sink.display(bundle, id === undefined ? {} : { id, update });
  else if (kernel) {
    const named = id === undefined ? {} : { display_id: id };
    await kernel.display(bundle, { raw: true, update, ...named });
  } else console.log(String(bundle["text/plain"] ?? Object.values(bundle)[0]));
}
