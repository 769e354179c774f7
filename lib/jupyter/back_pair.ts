/**
 * The process that runs cells, and a spare that waits to take its place.
 *
 * @module
 */
import type { Order } from "./back_messages.ts";
import { type BackEvents, BackProcess } from "./back_process.ts";
import type { SavedCell } from "./saved_values.ts";

/** Milliseconds after which a spare is started: the first cell comes first. */
const SPARE_DELAY = 1000;

/** Values that were saved, and the hold on the process that they are of. */
export type Saved = Disposable & {
  /** Where they are, or null. */
  readonly folder: string | null;
  readonly cells: readonly SavedCell[];
  /** What to say where nothing could be saved. */
  readonly but: string;
};

/** Two backs, one of which is in use. */
export class BackPair {
  readonly #events: BackEvents;
  #current: BackProcess;
  #spare: BackProcess | null = null;
  #isClosed = false;

  /** Starts a back; `events` are those of the one in use. */
  constructor(events: BackEvents) {
    this.#events = events;
    this.#current = new BackProcess();
    this.#current.use(events);
    this.#prepareSpare();
  }

  /** The one in use. */
  get current(): BackProcess {
    return this.#current;
  }

  /** Whether it was closed. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Asks the one in use for something. */
  send(order: Order): void {
    this.#current.send(order);
  }

  /** Ends the one in use and puts the spare in its place. */
  replace(): void {
    this.#current.kill();
    this.#current = this.#spare ?? new BackProcess();
    this.#current.use(this.#events);
    this.#spare = null;
    this.#prepareSpare();
  }

  /** Holds the one in use where it is, and has it save the values of its cells. */
  async save(): Promise<Saved> {
    const folder = Deno.makeTempDirSync({ prefix: "resolvent-values-" });
    try {
      const held = await this.#current.save(folder);
      return { folder, cells: held.value, but: "", [Symbol.dispose]: () => held[Symbol.dispose]() };
    } catch (error) {
      Deno.removeSync(folder, { recursive: true });
      const but = `, and its values could not be saved (${(error as Error).message})`;
      return { folder: null, cells: [], but, [Symbol.dispose]() {} };
    }
  }

  /** Ends both. */
  close(): void {
    this.#isClosed = true;
    this.#current.kill();
    this.#spare?.kill();
  }

  #prepareSpare(): void {
    const timer = setTimeout(() => {
      if (!this.#isClosed) this.#spare ??= new BackProcess();
    }, SPARE_DELAY);
    Deno.unrefTimer(timer);
  }
}
