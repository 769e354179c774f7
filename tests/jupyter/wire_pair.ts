/**
 * Two ends of a stream in memory.
 *
 * @module
 */
import { FrameReader } from "../../lib/jupyter/zmtp_frames.ts";
import type { Wire } from "../../lib/jupyter/zmtp_handshake.ts";

/** Two wires, of which each reads what is written to the other; `change` alters it on the way. */
export function wirePair(
  change: (bytes: Uint8Array, end: number) => Uint8Array = (bytes) => bytes,
): readonly [Wire, Wire] {
  const plenty = { highWaterMark: 99 }; // a write does not wait for the other end
  const streams = [0, 1].map(() => new TransformStream<Uint8Array, Uint8Array>({}, plenty, plenty));
  const writers = streams.map(({ writable }) => writable.getWriter());
  const readers = streams.map(({ readable }) => readable.getReader());
  const [a, b] = [0, 1].map((end): Wire => ({
    reader: new FrameReader(async () => (await readers[end].read()).value ?? null),
    write: (bytes) => writers[1 - end].write(change(bytes, end)),
    close(): void {
      void readers[end].cancel().catch(() => {});
      void writers[1 - end].close().catch(() => {});
    },
  }));
  return [a, b];
}
