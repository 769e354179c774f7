/**
 * The way of outputs from user code to the front ends: in order, and never faster than a notebook
 * server lets pass, which drops what is above and with it the last value of a display.
 *
 * @module
 */
import { Allowance, type Pace } from "../notebook/allowance.ts";
import { CHUNK, STREAM_PACE, wholeCharacters } from "../notebook/stream_buffer.ts";

/** One message for the front ends; `parent` is what it is an output of. */
export type Outgoing<P> = {
  readonly parent: P;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
};

/** Where the text of a cell goes that is too much for a notebook. */
export type Overflow = {
  /** The file, as the cell is to name it. */
  readonly path: string;
  /** Appends to it. */
  readonly write: (text: string) => void;
};

/** What an outlet needs. */
export type OutletOptions<P> = {
  /** Sends a message; what it returns is awaited before the next. */
  readonly send: (message: Outgoing<P>) => void | Promise<void>;
  /** Opens the file for the rest of a cell's text. */
  readonly overflow: (cell: string) => Overflow;
  /** Seconds since some moment. */
  readonly clock: () => number;
};

/** Characters of text that a cell may show: beyond, a notebook is hard to open. */
export const MOST_TEXT = 1_500_000;

/** Seconds that text waits for more of it. */
const GATHER = 0.02;

/** Seconds between attempts while the pace allows nothing. */
const PAUSE = 0.02;

/** jupyter_server drops messages above 1,000 a second over 3 seconds. */
const MESSAGE_PACE: Pace = { burst: 900, rate: 600 };

/** A message that waits; text grows and an update is replaced until it is sent. */
type Waiting<P> = { message: Outgoing<P>; readonly id?: string; readonly since: number };

/** What a cell has shown. */
type Shown = { characters: number; rest: number; file: Overflow | null };

/**
 * Sends outputs in the order in which they came, with three liberties: texts of one stream that
 * follow each other are one message, of several updates of a display that wait only the last is
 * sent, and text of a cell beyond `MOST_TEXT` characters goes to a file, which the cell names.
 */
export class Outlet<P> {
  readonly #options: OutletOptions<P>;
  readonly #waiting: Waiting<P>[] = [];
  readonly #updates = new Map<string, Waiting<P>>();
  readonly #shown = new Map<string, Shown>();
  readonly #messages: Allowance;
  readonly #text: Allowance;
  #pumping: Promise<void> | null = null;
  #hurry = false;
  #wake = () => {};

  /** Starts with nothing to send. */
  constructor(options: OutletOptions<P>) {
    this.#options = options;
    this.#messages = new Allowance(MESSAGE_PACE, options.clock);
    this.#text = new Allowance(STREAM_PACE, options.clock);
  }

  /** A cell runs anew: what it may show counts from here. */
  begin(cell: string): void {
    this.#shown.delete(cell);
  }

  /** Takes text that a cell writes. */
  write(cell: string, parent: P, name: "stdout" | "stderr", text: string): void {
    if (text === "") return;
    const shown = this.#shownBy(cell);
    const room = MOST_TEXT - shown.characters;
    const now = text.length <= room ? text : wholeCharacters(text, Math.max(0, room));
    shown.characters += now.length;
    if (now.length < text.length) {
      shown.file ??= this.#options.overflow(cell);
      shown.file.write(text.slice(now.length));
      shown.rest += text.length - now.length;
      shown.characters = MOST_TEXT; // a pair of surrogates may have left room for one
    }
    if (now !== "") this.#append(parent, name, now);
  }

  /** Takes any other message; an update of a display takes the place of one that still waits. */
  put(message: Outgoing<P>): void {
    const id = message.type === "update_display_data" ? displayId(message.content) : undefined;
    const earlier = id === undefined ? undefined : this.#updates.get(id);
    if (earlier !== undefined) {
      earlier.message = message;
      return;
    }
    const waiting = { message, id, since: this.#options.clock() };
    this.#waiting.push(waiting);
    if (id !== undefined) this.#updates.set(id, waiting);
    this.#pump();
  }

  /** A cell has ended: says how much of its text is in a file. */
  end(cell: string, parent: P): void {
    const shown = this.#shown.get(cell);
    if (!shown?.file) return;
    const { rest, file: { path } } = shown;
    this.#append(parent, "stderr", `\n[${rest} more characters are in ${path}]\n`);
    this.#shown.delete(cell);
  }

  /** Resolves when all that was taken until now has been sent. */
  async flush(): Promise<void> {
    this.#hurry = true;
    this.#pump();
    while (this.#pumping !== null) await this.#pumping;
  }

  #shownBy(cell: string): Shown {
    const shown = this.#shown.get(cell) ?? { characters: 0, rest: 0, file: null };
    this.#shown.set(cell, shown);
    return shown;
  }

  #append(parent: P, name: string, text: string): void {
    let rest = text;
    const last = this.#waiting.at(-1);
    if (last?.message.type === "stream" && last.message.parent === parent) {
      const { content } = last.message, there = String(content.text);
      if (content.name === name && there.length < CHUNK) {
        const more = wholeCharacters(rest, CHUNK - there.length);
        last.message = { ...last.message, content: { name, text: there + more } };
        rest = rest.slice(more.length);
      }
    }
    while (rest !== "") {
      const chunk = wholeCharacters(rest, CHUNK);
      const message = { parent, type: "stream", content: { name, text: chunk } };
      this.#waiting.push({ message, since: this.#options.clock() });
      rest = rest.slice(chunk.length);
    }
    this.#pump();
  }

  #pump(): void {
    this.#wake();
    this.#pumping ??= this.#sendAll().finally(() => {
      this.#pumping = null;
      if (this.#waiting.length > 0) this.#pump();
      else this.#hurry = false;
    });
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gathered();
      // what is taken out here neither grows nor is replaced while it waits for its turn
      const { message, id } = this.#waiting.shift()!;
      if (id !== undefined) this.#updates.delete(id);
      const text = message.type === "stream" ? String(message.content.text).length : 0;
      while (!this.#text.take(text)) await pass(PAUSE);
      while (!this.#messages.take(1)) await pass(PAUSE);
      await this.#options.send(message);
    }
  }

  /** Waits for more of a text that stands alone, until something else is to be sent. */
  async #gathered(): Promise<void> {
    const [{ message, since }] = this.#waiting;
    while (message.type === "stream" && this.#waiting.length === 1 && !this.#hurry) {
      const left = GATHER - (this.#options.clock() - since);
      if (left <= 0) break;
      await Promise.race([pass(left), new Promise<void>((wake) => this.#wake = wake)]);
    }
  }
}

/** The id of the display that a message updates. */
function displayId({ transient }: Outgoing<unknown>["content"]): string | undefined {
  return (transient as { display_id?: string } | undefined)?.display_id;
}

/** Waits a number of seconds. */
function pass(seconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}
