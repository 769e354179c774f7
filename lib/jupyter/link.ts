/**
 * Values between the two processes of the kernel, over a socket.
 *
 * @module
 */
import { deserialize, serialize } from "node:v8";

/** The part of a connection that a link uses. */
export type Pipe = {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  readonly close: () => void;
};

/** Bytes that say how long a value is. */
const HEAD = 4;

/** Longest value, in bytes: what the four bytes can say, less a margin for what allocates it. */
const MOST_BYTES = 2 ** 31;

/**
 * Sends values one way and receives values the other, in order.
 *
 * **Definition** a value is its length, 4 bytes, little-endian, and its bytes as node:v8 serialises it:
 * what a structured clone keeps, typed arrays, maps and errors among it.
 */
export class Link<In, Out> implements AsyncDisposable {
  readonly #pipe: Pipe;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #waiting: Uint8Array[] = [];
  #writing: Promise<void> | null = null;
  #closed = false;

  /** Takes a connection over. */
  constructor(pipe: Pipe) {
    this.#pipe = pipe;
    this.#writer = pipe.writable.getWriter();
  }

  /**
   * Sends a value; it is copied before this returns.
   *
   * @throws {Error} if it cannot be serialised; nothing is sent then
   */
  send(value: Out): void {
    if (this.#closed) return;
    const bytes = serialize(value);
    if (bytes.length > MOST_BYTES) {
      throw new RangeError(
        `Cannot send a value as it must have at most ${MOST_BYTES} bytes: it has ${bytes.length}`,
      );
    }
    const head = new Uint8Array(HEAD);
    new DataView(head.buffer).setUint32(0, bytes.length, true);
    this.#waiting.push(head, bytes);
    this.#writing ??= this.#write();
  }

  /** Resolves when all that was sent has been handed to the system, or the other end is gone. */
  async flush(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  /** Values in the order in which the other end sent them, until it closes. */
  async *receive(): AsyncGenerator<In, void, void> {
    let held = new Uint8Array(0), length = 0; // of `held`
    try {
      for await (const chunk of this.#pipe.readable) {
        held = appended(held, length, chunk);
        length += chunk.length;
        let at = 0;
        for (;;) {
          const size = sizeAt(held, at, length);
          if (size === null || at + HEAD + size > length) break;
          // a copy, as arrays among what is read stay views of it
          yield deserialize(held.slice(at + HEAD, at + HEAD + size)) as In;
          at += HEAD + size;
        }
        held.copyWithin(0, at, length);
        length -= at;
      }
    } catch (error) {
      if (!this.#closed && !isGone(error)) throw error;
    }
  }

  /** Ends the connection; what was not flushed is lost. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting = [];
    try {
      this.#pipe.close();
    } catch {
      // the other end was first
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
    this.close();
  }

  async #write(): Promise<void> {
    await null; // values of one turn go together
    try {
      while (this.#waiting.length > 0) {
        const parts = this.#waiting;
        this.#waiting = [];
        await this.#writer.write(joined(parts));
      }
    } catch (error) {
      if (!this.#closed && !isGone(error)) throw error;
      this.close();
    } finally {
      this.#writing = null;
    }
  }
}

/** Bytes in one array; a single part is not copied. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

/** The first `length` bytes of an array and a chunk behind, in room that doubles when it is short. */
function appended(held: Uint8Array, length: number, chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const need = length + chunk.length;
  const room = need <= held.length
    ? held as Uint8Array<ArrayBuffer>
    : new Uint8Array(Math.max(need, 2 * held.length));
  if (room !== held) room.set(held.subarray(0, length));
  room.set(chunk, length);
  return room;
}

/** The length that stands at a place, or null where it has not come yet. */
function sizeAt(held: Uint8Array, at: number, length: number): number | null {
  if (at + HEAD > length) return null;
  return new DataView(held.buffer, held.byteOffset + at, HEAD).getUint32(0, true);
}

/** Tells whether an error says that the other end is gone. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe || error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.UnexpectedEof;
}
