/**
 * Gathers what a cell writes into few large messages, at a rate that a notebook server lets pass.
 *
 * @module
 */
import { stopwatch } from "../run/clock.ts";
import { Allowance, type Pace } from "./allowance.ts";

/** Sends one message of a stream. */
export type SendStream = (name: "stdout" | "stderr", text: string) => void;

/** Largest message, in characters: jupyter_server counts messages, front ends draw each. */
export const CHUNK = 65536;

/** Longest time that text of a cell that still runs waits, in seconds. */
const BETWEEN = 0.1;

/**
 * jupyter_server drops stream text above 1e6 bytes per second over 3 seconds. A burst and three
 * seconds at this rate stay below, with room for characters of more than one byte.
 */
export const STREAM_PACE: Pace = { burst: 900_000, rate: 500_000 };

/** Text that waits, in order; two writes to one stream are one text. */
type Pending = { readonly name: "stdout" | "stderr"; text: string };

/** Gathers writes; `send` gets them in chunks. */
export class StreamBuffer {
  readonly #send: SendStream;
  readonly #clock = stopwatch();
  readonly #pending: Pending[] = [];
  #size = 0;
  #waitingSince = 0;
  readonly #allowance = new Allowance(STREAM_PACE, this.#clock);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sent = 0;
  /** Whether something was sent that may not have reached the front end. */
  dirty = false;

  constructor(send: SendStream) {
    this.#send = send;
  }

  /** Number of characters sent since the last call. */
  takeSent(): number {
    const sent = this.#sent;
    this.#sent = 0;
    return sent;
  }

  /** Whether text waits or is on its way. */
  get busy(): boolean {
    return this.#size > 0 || this.dirty;
  }

  /** Takes a text; sends what there is now and then, so that a long cell is seen to live. */
  write(name: "stdout" | "stderr", text: string): void {
    if (text === "") return;
    const last = this.#pending.at(-1);
    if (!last) this.#waitingSince = this.#clock();
    if (last?.name === name && last.text.length < CHUNK) last.text += text;
    else this.#pending.push({ name, text });
    this.#size += text.length;
    if (this.#size >= CHUNK || this.#clock() - this.#waitingSince >= BETWEEN) this.#sendSome();
    if (this.#size > 0) this.#timer ??= setTimeout(() => void this.flush(), BETWEEN * 1000);
  }

  /** Sends all, waiting where the server would drop it. */
  async flush(): Promise<void> {
    while (this.#sendSome() > 0) await new Promise((done) => setTimeout(done, 75));
    this.#stopTimer();
  }

  /** Sends all without giving way to anything else: for a cell that has ended by throwing. */
  flushNow(): void {
    while (this.#sendSome() > 0) block(75);
    this.#stopTimer();
  }

  /** Sends what the server lets pass now; returns how many characters still wait. */
  #sendSome(): number {
    const now = this.#clock();
    while (this.#pending.length > 0) {
      const [{ name, text }] = this.#pending;
      const chunk = text.length > CHUNK ? wholeCharacters(text, CHUNK) : text;
      if (!this.#allowance.take(chunk.length)) break;
      if (chunk.length < text.length) this.#pending[0].text = text.slice(chunk.length);
      else this.#pending.shift();
      this.#size -= chunk.length;
      this.#sent += chunk.length;
      this.#waitingSince = now;
      this.dirty = true;
      this.#send(name, chunk);
    }
    return this.#size;
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** The first `length` characters, fewer where a pair of surrogates would be cut. */
export function wholeCharacters(text: string, length: number): string {
  const code = text.charCodeAt(length - 1);
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? length - 1 : length);
}

/** Waits without letting anything else run. */
export function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
