/**
 * Messages that wait to be taken: who brings one waits while too much is there.
 *
 * @module
 */

/** The bytes that may wait, unless told otherwise. */
const LIMIT = 2 ** 28;

/** A queue with one reader. */
export class Inbox<T> {
  readonly #limit: number;
  #entries: { readonly value: T; readonly cost: number }[] = [];
  #size = 0;
  #isClosed = false;
  #reader: (() => void) | null = null;
  #writers: (() => void)[] = [];

  /** Holds entries that cost `limit` together, and one more. */
  constructor(limit: number = LIMIT) {
    this.#limit = limit;
  }

  /** Puts an entry in, and waits until there is room for another. */
  async put(value: T, cost: number): Promise<void> {
    if (this.#isClosed) return;
    this.#entries.push({ value, cost });
    this.#size += cost;
    this.#reader?.();
    while (this.#size > this.#limit && !this.#isClosed) {
      await new Promise<void>((resolve) => this.#writers.push(resolve));
    }
  }

  /** Ends it: entries that are there are lost. */
  close(): void {
    this.#isClosed = true;
    this.#entries = [];
    this.#reader?.();
    this.#wakeWriters();
  }

  #wakeWriters(): void {
    const writers = this.#writers;
    this.#writers = [];
    for (const wake of writers) wake();
  }

  /** The entries in the order in which they came, until it is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    while (!this.#isClosed) {
      const entry = this.#entries.shift();
      if (entry === undefined) {
        await new Promise<void>((resolve) => this.#reader = resolve);
        this.#reader = null;
        continue;
      }
      this.#size -= entry.cost;
      if (this.#size <= this.#limit) this.#wakeWriters();
      yield entry.value;
    }
  }
}
