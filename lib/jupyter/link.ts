/**
 * Values between the two processes of the kernel, over a socket.
 *
 * @module
 */
import { deserialize, serialize } from "node:v8";
import { ProtocolBreach } from "./breach.ts";
import { ByteReader, joined } from "./byte_reader.ts";

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
 * A value as bytes: its length, 4 bytes, little-endian, and what node:v8 makes of it, which keeps
 * what a structured clone keeps, typed arrays, maps and errors among it.
 *
 * @throws {Error} if it cannot be serialised
 * @throws {RangeError} if it is too long
 */
export function encodeValue(value: unknown): readonly Uint8Array[] {
  const bytes = serialize(value);
  if (bytes.length > MOST_BYTES) {
    throw new RangeError(
      `Cannot send a value as it must have at most ${MOST_BYTES} bytes: it has ${bytes.length}`,
    );
  }
  const head = new Uint8Array(HEAD);
  new DataView(head.buffer).setUint32(0, bytes.length, true);
  return [head, bytes];
}

/** The values in a stream of bytes, in the order in which they were sent, until it ends. */
export async function* decodeValues<T>(
  readable: ReadableStream<Uint8Array>,
): AsyncGenerator<T, void, void> {
  const chunks = readable.getReader();
  const reader = new ByteReader(async () => (await chunks.read()).value ?? null);
  try {
    for (let head = await reader.bytes(HEAD); head !== null; head = await reader.bytes(HEAD)) {
      const size = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
      // what is read is a copy, as arrays among the value stay views of it
      yield deserialize(await reader.rest(size)) as T;
    }
  } finally {
    await chunks.cancel().catch(() => {}); // the connection may be closed
  }
}

/** Sends values one way and receives values the other, in order. */
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
    this.#waiting.push(...encodeValue(value));
    this.#writing ??= this.#write();
  }

  /** Resolves when all that was sent has been handed to the system, or the other end is gone. */
  async flush(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  /** Values in the order in which the other end sent them, until it closes. */
  async *receive(): AsyncGenerator<In, void, void> {
    try {
      yield* decodeValues<In>(this.#pipe.readable);
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

/** Tells whether an error says that the other end is gone. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe || error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.UnexpectedEof ||
    error instanceof ProtocolBreach; // it ended inside a value
}
