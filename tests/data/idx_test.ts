import { assertEquals, assertThrows } from "@std/assert";
import { parseIdx } from "../../lib/data/idx.ts";

/** Two items of 1 x 3 bytes. */
const FILE = Uint8Array.from([
  ...[0, 0, 8, 3],
  ...[0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3],
  ...[1, 2, 3, 4, 5, 255],
]);

Deno.test("parseIdx() reads sizes and bytes, also from the middle of a buffer", () => {
  const expected = { sizes: [2, 1, 3], bytes: Uint8Array.from([1, 2, 3, 4, 5, 255]) };
  assertEquals(parseIdx("read", FILE, 3), expected);
  const shifted = new Uint8Array(FILE.length + 3);
  shifted.set(FILE, 3);
  assertEquals(parseIdx("read", shifted.subarray(3), 3), expected);
  const sizes = [0, 0, 8, 1, 0, 0, 1, 2]; // sizes are big-endian: 258
  assertEquals(parseIdx("read", Uint8Array.from([...sizes, ...Array(258).fill(7)]), 1).sizes, [
    258,
  ]);
});

Deno.test("parseIdx() refuses what is malformed", () => {
  const refuses = (file: Uint8Array, dimensions: number, text: string) =>
    assertThrows(() => parseIdx("read digits", file, dimensions), TypeError, text);
  const beginning = "an IDX file of bytes with 3 sizes begins with [0, 0, 8, 3]: its beginning is ";
  refuses(FILE.with(0, 31), 3, `Cannot read digits as ${beginning}[31, 0, 8, 3]`);
  refuses(FILE.with(2, 9), 3, `${beginning}[0, 0, 9, 3]`);
  refuses(FILE, 1, "with 1 sizes begins with [0, 0, 8, 1]");
  refuses(FILE.subarray(0, 15), 3, beginning);
  refuses(new Uint8Array(), 3, `${beginning}[]`);
  const length = "an IDX file of sizes [2, 1, 3] has 22 bytes: its length is ";
  refuses(FILE.subarray(0, 21), 3, `${length}21`);
  refuses(Uint8Array.from([...FILE, 0]), 3, `${length}23`);
});
