/**
 * One peer: what it sends, and the queue of what goes to it.
 *
 * @module
 */
import { ProtocolBreach } from "./breach.ts";
import { joined } from "./byte_reader.ts";
import {
  commandBody,
  type Frame,
  FrameReader,
  framesOf,
  MessageJoiner,
  type Received,
} from "./zmtp_frames.ts";
import { type HandshakeOptions, type Met, sealed, shakeHands } from "./zmtp_handshake.ts";
import type { Stream } from "./zmtp_listen.ts";

/** The bytes that may wait for a peer, unless told otherwise. */
export const QUEUE_LIMIT = 2 ** 28;
/** The size of a read, and of small messages that are written together, in bytes. */
const BLOCK = 2 ** 16;
/** What a message costs beside its bytes. */
const MESSAGE_COST = 64;

/** Settings of a connection. */
export type ConnectionOptions = HandshakeOptions & {
  /** The largest message that the peer may send, in bytes (default 2^30). */
  readonly messageLimit?: number;
  /** The bytes that may wait for the peer (default 2^28). */
  readonly queueLimit?: number;
};

/** A queued message, its cost, and whom to tell when it is written. */
type Queued = { readonly frames: readonly Frame[]; readonly cost: number };

/** What a message takes in a queue, in bytes. */
export function costOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length + MESSAGE_COST, 0);
}

/** Tells whether an error means that a peer is gone or misbehaves, not that the code is wrong. */
export function isPeersFault(error: unknown): boolean {
  // What Deno throws of a stream that was closed or broken; a bug throws TypeError and the like.
  return error instanceof ProtocolBreach ||
    Object.values(Deno.errors).some((kind) => error instanceof kind) ||
    (error as { readonly code?: unknown } | null)?.code !== undefined;
}

/** Writes all of the bytes. */
async function writeAll(stream: Stream, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await stream.write(bytes.subarray(at));
}

/** A connection after its handshake. */
export class Connection {
  /** What the peer said about itself. */
  readonly peer: Met;
  readonly #stream: Stream;
  readonly #reader: FrameReader;
  readonly #joiner: MessageJoiner;
  readonly #limit: number;
  #queue: Queued[] = [];
  #waiting = 0;
  #isWriting = false;
  #isClosed = false;
  #wakeups: { readonly below: number; readonly wake: (isOpen: boolean) => void }[] = [];

  private constructor(
    stream: Stream,
    reader: FrameReader,
    peer: Met,
    { messageLimit, queueLimit = QUEUE_LIMIT }: ConnectionOptions,
  ) {
    this.peer = peer;
    this.#stream = stream;
    this.#reader = reader;
    this.#joiner = new MessageJoiner(messageLimit);
    this.#limit = queueLimit;
  }

  /** Meets the peer at the other end of a stream; on failure the stream is closed. */
  static async meet(stream: Stream, options: ConnectionOptions): Promise<Connection> {
    const block = new Uint8Array(BLOCK);
    const reader = new FrameReader(async () => {
      const size = await stream.read(block);
      return size === null ? null : block.subarray(0, size);
    }, { limit: options.messageLimit });
    const wire = {
      reader,
      write: (bytes: Uint8Array) => writeAll(stream, bytes),
      close: () => closeStream(stream),
    };
    return new Connection(stream, reader, await shakeHands(wire, options), options);
  }

  /** What the peer sends, until it ends; a breach is thrown, and the connection closed. */
  async *received(): AsyncGenerator<Received> {
    try {
      for (;;) {
        const frame = await this.#reader.next();
        if (frame === null) return;
        const whole = this.#joiner.add(this.peer.open(frame));
        if (whole !== null && !this.#answered(whole)) yield whole;
      }
    } catch (error) {
      // Our own close() ends a read with an error.
      if (!this.#isClosed) throw error;
    } finally {
      this.close();
    }
  }

  /** Answers what belongs to the connection itself: a sign of life that the peer asks for. */
  #answered(whole: Received): boolean {
    if (!("command" in whole)) return false;
    const { name, data } = whole.command;
    if (name === "PONG") return true;
    if (name !== "PING") return false;
    if (data.length < 2 || data.length > 18) {
      throw new ProtocolBreach("answer PING", "2 to 18 bytes belong to it", "size", data.length);
    }
    if (this.#waiting > this.#limit) return true; // it asks, yet takes nothing
    const body = commandBody("PONG", data.slice(2));
    this.#enqueue({ frames: [{ more: false, command: true, body }], cost: MESSAGE_COST });
    return true;
  }

  /** Tells whether a message fits the queue; one that is larger than all of it fits an empty one. */
  hasRoom(parts: readonly Uint8Array[]): boolean {
    return this.#waiting === 0 || this.#waiting + costOf(parts) <= this.#limit;
  }

  /**
   * Sends a message after all that were sent before, and waits while more than the limit is queued.
   * The parts may not change any more. Gives false where the peer is gone.
   */
  async send(parts: readonly Uint8Array[]): Promise<boolean> {
    if (this.#isClosed) return false;
    this.#enqueue({ frames: framesOf(parts), cost: costOf(parts) });
    return await this.#below(this.#limit);
  }

  /** Waits until all is written; false where the peer is gone. */
  async flush(): Promise<boolean> {
    return await this.#below(0);
  }

  /** Ends the connection; what is queued is lost. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#queue = [];
    this.#waiting = 0;
    closeStream(this.#stream);
    this.#wake();
  }

  #below(limit: number): Promise<boolean> {
    if (this.#isClosed || this.#waiting <= limit) return Promise.resolve(!this.#isClosed);
    return new Promise((wake) => this.#wakeups.push({ below: limit, wake }));
  }

  #wake(): void {
    const ready = this.#wakeups.filter(({ below }) => this.#waiting <= below);
    if (ready.length === 0) return;
    this.#wakeups = this.#wakeups.filter(({ below }) => this.#waiting > below);
    for (const { wake } of ready) wake(!this.#isClosed);
  }

  #enqueue(message: Queued): void {
    this.#queue.push(message);
    this.#waiting += message.cost;
    if (this.#isWriting) return;
    this.#isWriting = true;
    void this.#write();
  }

  async #write(): Promise<void> {
    try {
      while (this.#queue.length > 0) {
        const taken = this.#take();
        for (const bytes of this.#blocks(taken)) await writeAll(this.#stream, bytes);
        if (this.#isClosed) return;
        this.#waiting -= taken.reduce((sum, { cost }) => sum + cost, 0);
        this.#wake();
      }
    } catch (error) {
      this.close();
      if (!isPeersFault(error)) throw error;
    } finally {
      this.#isWriting = false;
    }
  }

  /** The next messages: one, or as many small ones as fit a block. */
  #take(): readonly Queued[] {
    let count = 0, size = 0;
    while (count < this.#queue.length && (count === 0 || size < BLOCK)) {
      size += this.#queue[count++].cost;
    }
    return this.#queue.splice(0, count);
  }

  /** Messages as runs of bytes: small frames together, large bodies as they are. */
  #blocks(messages: readonly Queued[]): readonly Uint8Array[] {
    const blocks: Uint8Array[] = [];
    let small: Uint8Array[] = [];
    for (const { frames } of messages) {
      for (const bytes of frames.flatMap((frame) => sealed(this.peer, frame))) {
        if (bytes.length < BLOCK) {
          small.push(bytes);
          continue;
        }
        blocks.push(joined(small), bytes);
        small = [];
      }
    }
    return [...blocks, joined(small)];
  }
}

/** Closes a stream that may be closed already. */
function closeStream(stream: Stream): void {
  try {
    stream.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
