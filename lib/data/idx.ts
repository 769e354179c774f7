/**
 * The IDX format of MNIST's files: a head of sizes, then bytes.
 *
 * @module
 */
import { cannot, shown } from "../check.ts";

/** An array of bytes with its sizes. */
export type ByteArray = {
  /** The sizes, first the number of items. */
  readonly sizes: readonly number[];
  /** The bytes, the last index fastest. */
  readonly bytes: Uint8Array;
};

/** The code of unsigned bytes, the only kind of entry that is read. */
const UNSIGNED_BYTE = 0x08;

/** Reads a file in the IDX format of unsigned bytes and so many sizes; refuses what is malformed. */
export function parseIdx(doing: string, file: Uint8Array, dimensions: number): ByteArray {
  const head = 4 + 4 * dimensions;
  // two zeros, the kind of entry, the number of sizes
  const magic = [0, 0, UNSIGNED_BYTE, dimensions];
  if (file.length < head || magic.some((byte, at) => file[at] !== byte)) {
    const need = `an IDX file of bytes with ${dimensions} sizes begins with ${shown(magic)}`;
    throw new TypeError(cannot(doing, need, "its beginning", file.subarray(0, 4)));
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, at) => view.getUint32(4 + 4 * at));
  const expected = head + sizes.reduce((product, size) => product * size, 1);
  if (file.length !== expected) {
    const need = `an IDX file of sizes ${shown(sizes)} has ${expected} bytes`;
    throw new TypeError(cannot(doing, need, "its length", file.length));
  }
  return { sizes, bytes: file.subarray(head) };
}
