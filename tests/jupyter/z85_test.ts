import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeZ85, encodeZ85 } from "../../lib/jupyter/z85.ts";

Deno.test("encodeZ85() gives the example of its specification", () => {
  const bytes = Uint8Array.of(0x86, 0x4f, 0xd2, 0x6f, 0xb5, 0x59, 0xf7, 0x5b);
  assertEquals(encodeZ85(bytes), "HelloWorld");
  assertEquals([...decodeZ85("HelloWorld")], [...bytes]);
});

Deno.test("decodeZ85() undoes encodeZ85()", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      assertEquals([...decodeZ85(encodeZ85(bytes))], [...bytes]);
    }),
    { seed: 1 },
  );
});

Deno.test("Z85 refuses what is not written so", () => {
  assertThrows(() => encodeZ85(new Uint8Array(3)), RangeError, "bytes come by four");
  assertThrows(() => decodeZ85("abcd"), RangeError, "characters come by five");
  assertThrows(() => decodeZ85("ab cd"), RangeError, "place of another is 2");
  assertThrows(() => decodeZ85("#####"), RangeError, "32 bits");
});
