/**
 * The front's side of the language's thread, which starts when it is first asked.
 *
 * @module
 */
import { Worker } from "node:worker_threads";
import type { Completeness, Completion } from "./language.ts";
import type { ImportSettings } from "./language_files.ts";

/** What the thread is asked. */
export type LanguageQuestion =
  & { readonly id: number }
  & (
    | { readonly ask: "remember"; readonly cell: string; readonly code: string }
    | { readonly ask: "forget"; readonly cell: string }
    | {
      readonly ask: "complete" | "inspect";
      readonly code: string;
      readonly cursor: number;
      readonly cell?: string;
    }
    | { readonly ask: "completeness"; readonly code: string }
  );

/** What it answers. */
export type LanguageAnswer = {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
};

/** A question without its number. */
type Asked<Q = LanguageQuestion> = Q extends unknown ? Omit<Q, "id"> : never;

/** Asks the language on a thread of its own. */
export class LanguageThread {
  readonly #settings: ImportSettings;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #cells = new Map<string, string>();
  #worker: Worker | null = null;
  #count = 0;

  /** Takes note of where a notebook's imports are; nothing is started. */
  constructor(settings: ImportSettings) {
    this.#settings = settings;
  }

  /** Takes note of a cell that ran. */
  remember(cell: string, code: string): void {
    this.#cells.set(cell, code);
    if (this.#worker) void this.#ask({ ask: "remember", cell, code });
  }

  /** Forgets a cell. */
  forget(cell: string): void {
    this.#cells.delete(cell);
    if (this.#worker) void this.#ask({ ask: "forget", cell });
  }

  /** What fits before a place, in UTF-16 units. */
  async complete(code: string, cursor: number, cell?: string): Promise<Completion> {
    return await this.#ask({ ask: "complete", code, cursor, cell }) as Completion;
  }

  /** What stands at a place as markdown, or null. */
  async inspect(code: string, cursor: number, cell?: string): Promise<string | null> {
    return await this.#ask({ ask: "inspect", code, cursor, cell }) as string | null;
  }

  /** Whether a text can run, needs more, or cannot be mended by more. */
  async completeness(code: string): Promise<Completeness> {
    return await this.#ask({ ask: "completeness", code }) as Completeness;
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #ask(question: Asked): Promise<unknown> {
    const worker = this.#worker ?? this.#start();
    const id = this.#count++;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    worker.postMessage({ ...question, id });
    return waiting.promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL("./language_worker.ts", import.meta.url), {
      workerData: this.#settings,
    });
    this.#worker = worker;
    worker.on("message", ({ id, value, error }: LanguageAnswer) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(value);
      else waiting?.reject(new Error(error));
    });
    worker.unref();
    for (const [cell, code] of this.#cells) void this.#ask({ ask: "remember", cell, code });
    return worker;
  }
}
