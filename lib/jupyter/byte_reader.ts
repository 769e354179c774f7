/**
 * Bytes from a stream, in runs of the sizes that are asked for.
 *
 * @module
 */
import { ProtocolBreach } from "./breach.ts";

/** Several runs of bytes as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Where bytes come from: null at the end. The bytes are read before the next call. */
export type Source = () => Promise<Uint8Array | null>;

/** Reads from a stream; memory is taken only as bytes arrive, and what is given is a copy. */
export class ByteReader {
  readonly #source: Source;
  #chunk: Uint8Array = new Uint8Array(0);

  /** Reads from a source. */
  constructor(source: Source) {
    this.#source = source;
  }

  /** The next `size` bytes, or null where the stream ends before the first of them. */
  async bytes(size: number): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = [];
    let missing = size;
    while (missing > 0) {
      if (this.#chunk.length === 0) {
        const chunk = await this.#source();
        if (chunk === null) {
          if (missing === size) return null;
          throw new ProtocolBreach("read from a peer", "it ended too early", "missing", missing);
        }
        this.#chunk = chunk;
      }
      const part = this.#chunk.slice(0, missing);
      this.#chunk = this.#chunk.subarray(part.length);
      missing -= part.length;
      parts.push(part);
    }
    return parts.length === 1 ? parts[0] : joined(parts);
  }

  /** As `bytes`, where the stream may not end. */
  async rest(size: number): Promise<Uint8Array> {
    const bytes = await this.bytes(size);
    if (bytes !== null) return bytes;
    throw new ProtocolBreach("read from a peer", "it ended inside a frame", "missing", size);
  }
}
