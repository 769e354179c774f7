/**
 * Generators and async iterables that a cell defines: readers see what they yield, in turn.
 *
 * @module
 */
import type { CellResult } from "./compile_cell.ts";

/** What yields values. */
type Source = AsyncIterator<unknown> | Iterator<unknown>;

/** Tells whether readers of a value see what it yields; a `ReadableStream` is left to its reader. */
export function isStream(value: unknown): boolean {
  if (typeof value !== "object" || value === null || value instanceof ReadableStream) return false;
  if (Symbol.asyncIterator in value) return true;
  const { next, return: end } = value as { readonly next?: unknown; readonly return?: unknown };
  return typeof next === "function" && typeof end === "function";
}

/** The iterator of a value that is a stream. */
function sourceOf(value: unknown): Source | null {
  if (!isStream(value)) return null;
  const stream = value as AsyncIterable<unknown> | Source;
  return Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream;
}

/** The streams of a cell's result. */
export class CellStreams {
  readonly #result: CellResult;
  readonly #sources = new Map<unknown, Source>();
  readonly #latest = new Map<unknown, unknown>();

  /** Finds the streams of a result. */
  constructor(result: CellResult) {
    this.#result = result;
    for (const value of [...Object.values(result.names), result.value]) {
      const source = this.#sources.has(value) ? null : sourceOf(value);
      if (source) this.#sources.set(value, source);
    }
  }

  /** Whether there are any. */
  get isAny(): boolean {
    return this.#sources.size > 0;
  }

  /** The result with the latest values of streams in their place. */
  get result(): CellResult {
    const shown = (value: unknown) => this.#sources.has(value) ? this.#latest.get(value) : value;
    const names = Object.entries(this.#result.names).map(([name, value]) => [name, shown(value)]);
    return { names: Object.fromEntries(names), value: shown(this.#result.value) };
  }

  /** Waits for the first value of each. */
  async first(): Promise<void> {
    await Promise.all([...this.#sources].map(async ([stream, source]) => {
      const { value, done } = await source.next();
      this.#latest.set(stream, done ? undefined : value);
    }));
  }

  /** Hands on the names that have a new value, one value after the other, until the signal. */
  async pump(
    signal: AbortSignal,
    publish: (names: readonly string[]) => Promise<void>,
  ): Promise<void> {
    await Promise.all([...this.#sources].map(async ([stream, source]) => {
      const names = Object.keys(this.#result.names)
        .filter((name) => this.#result.names[name] === stream);
      while (!signal.aborted) {
        const { value, done } = await source.next();
        if (done || signal.aborted) return;
        this.#latest.set(stream, value);
        await publish(names);
      }
    }));
  }

  /** Ends all; a source that is about to yield ends after that. */
  close(): void {
    for (const source of this.#sources.values()) {
      void Promise.resolve(source.return?.()).catch(() => null);
    }
  }
}
