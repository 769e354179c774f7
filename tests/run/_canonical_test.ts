/**
 * Tests of canonical hashes.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { canonicalHash } from "../../lib/run/_canonical.ts";

function hash(value: unknown): string {
  return canonicalHash("try", value);
}

Deno.test("canonicalHash() is the same whatever the order of keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const turned = Object.fromEntries(Object.entries(record).reverse());
      assertEquals(hash(turned), hash(record));
      assertEquals(hash(structuredClone(record)), hash(record));
    }),
    { numRuns: 200, seed: 1 },
  );
});

Deno.test("canonicalHash() tells values apart", () => {
  const values = [
    null,
    undefined,
    true,
    0,
    -0,
    NaN,
    1,
    1n,
    "1",
    "",
    [],
    {},
    [[]],
    [1, 2],
    ["1", 2],
    ["12"],
    [[1], 2],
    [1, [2]],
    { a: 1, b: 2 },
    { a: { b: 2 } },
    { ab: 2 },
    "s1:1;",
    new Float64Array([1]),
    new Float64Array([1, 0]),
    new Float32Array([1]),
    new BigInt64Array([1n]),
    (x: number) => x,
  ];
  assertEquals(new Set(values.map(hash)).size, values.length);
});

Deno.test("canonicalHash() leaves out undefined fields, and reads views by their own bytes", () => {
  assertEquals(hash({ a: 1, b: undefined }), hash({ a: 1 }));
  const part = new Float64Array([9, 1, 2, 9]).subarray(1, 3);
  assertEquals(hash(part), hash(new Float64Array([1, 2])));
});

Deno.test("canonicalHash() is the SHA-256 of the text that it says", () => {
  // printf '{k1:a=n1;}' | sha256sum
  assertEquals(
    hash({ a: 1 }),
    "dcebe641c3106d438eea5ec73eb7ff1796dbd6b0a5c4a7b5a2c292634f035f1d",
  );
});

Deno.test("canonicalHash() refuses what is not plain data", () => {
  assertThrows(() => hash({ a: [new Map()] }), TypeError, 'the value.a[0] is "Map"');
  assertThrows(() => hash(Symbol("x")), TypeError, "Cannot try as symbols have no text");
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  assertThrows(() => hash(loop), TypeError, "values must not contain themselves");
});
