/**
 * Keys as printable text: five characters for every four bytes.
 *
 * Source: https://rfc.zeromq.org/spec/32/.
 *
 * @module
 */
import { cannot } from "../check.ts";

const DIGITS =
  "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
/** The largest number of 32 bits. */
const LARGEST = 2 ** 32 - 1;

/** Bytes, a multiple of four, as text. */
export function encodeZ85(bytes: Uint8Array): string {
  if (bytes.length % 4 !== 0) {
    throw new RangeError(cannot("write Z85", "bytes come by four", "their number", bytes.length));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    const word = view.getUint32(at);
    for (let power = 85 ** 4; power >= 1; power /= 85) {
      text += DIGITS[Math.floor(word / power) % 85];
    }
  }
  return text;
}

/** The bytes of a text; an error does not repeat it, as it may be a secret. */
export function decodeZ85(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 5 !== 0) {
    throw new RangeError(cannot("read Z85", "characters come by five", "length", text.length));
  }
  const bytes = new Uint8Array(text.length / 5 * 4);
  const view = new DataView(bytes.buffer);
  for (let group = 0; group < text.length / 5; group++) {
    let word = 0;
    for (let i = 0; i < 5; i++) {
      const digit = DIGITS.indexOf(text[5 * group + i]);
      if (digit < 0) {
        throw new RangeError(
          cannot("read Z85", "only 85 characters are used", "place of another", 5 * group + i),
        );
      }
      word = 85 * word + digit;
    }
    if (word > LARGEST) {
      throw new RangeError(cannot("read Z85", "five characters are 32 bits", "group", group));
    }
    view.setUint32(4 * group, word);
  }
  return bytes;
}
