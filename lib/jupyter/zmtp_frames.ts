/**
 * Frames of ZMTP 3.0, the protocol of ZeroMQ over a stream of bytes: what messages of several parts
 * and commands look like, and how they are read from a peer that may send anything.
 *
 * Source: https://rfc.zeromq.org/spec/23/, "Framing".
 *
 * @module
 */
import { ProtocolBreach } from "./breach.ts";
import { ByteReader, joined, type Source } from "./byte_reader.ts";

const MORE = 1, LONG = 2, COMMAND = 4;
/** The largest size that one byte can say. */
const SHORT_LIMIT = 255;
/** What a frame costs beside its bytes, so that a message of endless empty frames has an end too. */
const FRAME_COST = 64;

/** The largest message that a peer may send, in bytes. */
export const DATA_LIMIT = 2 ** 30;
/** The largest frame of a peer that has not finished the handshake, in bytes. */
export const HANDSHAKE_LIMIT = 2 ** 16;

/** A frame: a part of a message, or a command. */
export type Frame = {
  /** Another part of the same message follows. */
  readonly more: boolean;
  /** The frame is a command, not a part of a message. */
  readonly command: boolean;
  /** What the frame holds. */
  readonly body: Uint8Array;
};

/** A name with the data that belongs to it. */
export type Command = {
  /** Name of the command, such as `READY`. */
  readonly name: string;
  /** What follows the name. */
  readonly data: Uint8Array;
};

/** Text of which every character is one byte. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes as text, one character for each: a key for maps. */
export function byteText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Flags and size of a frame, as they go before its body. */
function headOf({ more, command, body }: Frame): Uint8Array {
  const long = body.length > SHORT_LIMIT;
  const flags = (more ? MORE : 0) | (long ? LONG : 0) | (command ? COMMAND : 0);
  if (!long) return Uint8Array.of(flags, body.length);
  const head = new Uint8Array(9);
  head[0] = flags;
  new DataView(head.buffer).setBigUint64(1, BigInt(body.length));
  return head;
}

/** A frame as bytes, in two runs: a large body is not copied. */
export function encodeFrame(frame: Frame): readonly Uint8Array[] {
  return [headOf(frame), frame.body];
}

/** The frames of a message of one part or more. */
export function framesOf(parts: readonly Uint8Array[]): readonly Frame[] {
  return parts.map((body, i) => ({ more: i < parts.length - 1, command: false, body }));
}

/** A message as bytes. */
export function encodeFrames(parts: readonly Uint8Array[]): Uint8Array {
  return joined(framesOf(parts).flatMap(encodeFrame));
}

/** A command as the body of its frame: the name's length, the name, the data. */
export function commandBody(name: string, data: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(name.length), bytesOf(name), data]);
}

/** A command as bytes. */
export function encodeCommand(name: string, data: Uint8Array): Uint8Array {
  return joined(encodeFrame({ more: false, command: true, body: commandBody(name, data) }));
}

/** Name and data of the body of a command. */
export function decodeCommand(body: Uint8Array): Command {
  const length = body.length === 0 ? 0 : body[0];
  if (length === 0 || length + 1 > body.length) {
    throw new ProtocolBreach("read a command", "its name must fit in it", "its size", body.length);
  }
  return { name: byteText(body.subarray(1, 1 + length)), data: body.subarray(1 + length) };
}

/** Reads frames from a stream; a limit holds for each, and memory is taken only as bytes arrive. */
export class FrameReader extends ByteReader {
  /** The largest frame that is accepted, in bytes; it may change between two frames. */
  limit: number;

  /** Reads from a source, frames of at most `limit` bytes. */
  constructor(source: Source, { limit = DATA_LIMIT }: { readonly limit?: number } = {}) {
    super(source);
    this.limit = limit;
  }

  /** The next frame, or null at the end of the stream. */
  async next(): Promise<Frame | null> {
    const flags = (await this.bytes(1))?.[0];
    if (flags === undefined) return null;
    if ((flags & ~(MORE | LONG | COMMAND)) !== 0) {
      throw new ProtocolBreach("read a frame", "reserved flags must be 0", "flags", flags);
    }
    const [more, command] = [(flags & MORE) !== 0, (flags & COMMAND) !== 0];
    if (more && command) {
      throw new ProtocolBreach("read a frame", "a command must be one frame", "flags", flags);
    }
    const head = await this.rest((flags & LONG) === 0 ? 1 : 8);
    // 2^64 is rounded as a number, far above any limit.
    const size = head.length === 1
      ? head[0]
      : Number(new DataView(head.buffer, head.byteOffset).getBigUint64(0));
    if (size > this.limit) {
      throw new ProtocolBreach("read a frame", `${this.limit} is the limit`, "its size", size);
    }
    return { more, command, body: size === 0 ? new Uint8Array(0) : await this.rest(size) };
  }
}

/** What a peer sends once the handshake is over. */
export type Received = { readonly command: Command } | { readonly parts: readonly Uint8Array[] };

/** Puts frames together to messages, of which each has a limit in bytes. */
export class MessageJoiner {
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  #size = 0;

  /** Joins messages of at most `limit` bytes. */
  constructor(limit: number = DATA_LIMIT) {
    this.#limit = limit;
  }

  /** Takes a frame: gives the message or the command that it ends, or null. */
  add({ more, command, body }: Frame): Received | null {
    if (command) {
      if (this.#parts.length === 0 && !more) return { command: decodeCommand(body) };
      throw new ProtocolBreach(
        "read a message",
        "no command may come inside it",
        "its parts",
        this.#parts.length,
      );
    }
    this.#size += body.length + FRAME_COST;
    if (this.#size > this.#limit + FRAME_COST) {
      throw new ProtocolBreach("read a message", `${this.#limit} is the limit`, "size", this.#size);
    }
    this.#parts.push(body);
    if (more) return null;
    const parts = this.#parts;
    this.#parts = [];
    this.#size = 0;
    return { parts };
  }
}
