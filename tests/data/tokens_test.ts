import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { tokenize } from "resolvent";

Deno.test("tokenize() splits words at whatever is no letter, in lower case", () => {
  const { types, tokens, counts } = tokenize("Éte—don't; DON'T 42 été", { unit: "words" });
  assertEquals(types, ["don", "t", "éte", "été"]);
  assertEquals([...tokens], [2, 0, 1, 0, 1, 3]);
  assertEquals([...counts], [2, 2, 1, 1]);
  assertEquals(tokenize("A a", { unit: "words", keepCase: true }).types, ["A", "a"]);
});

Deno.test("tokenize() takes code points, not UTF-16 units, as characters", () => {
  assertEquals(tokenize("a😀A😀", { unit: "characters" }).types, ["😀", "a", "A"]);
  assertEquals(tokenize("aA", { unit: "characters", keepCase: false }).types, ["a"]);
});

Deno.test("tokenize() loses nothing: types by token are the text", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (text) => {
      const { tokens, types, counts } = tokenize(text, { unit: "characters" });
      assertEquals(Array.from(tokens, (token) => types[token]).join(""), text);
      assertEquals(counts.reduce((sum, count) => sum + count, 0), tokens.length);
      assertEquals([...counts], [...counts].sort((a, b) => b - a));
    }),
    { seed: 31 },
  );
});

Deno.test("tokenize() refuses texts without tokens and unknown units", () => {
  assertThrows(
    () => tokenize("42 -", { unit: "words" }),
    RangeError,
    "Cannot tokenize a text as there must be words: the length of the text is 4",
  );
  assertThrows(() => tokenize(7 as never, { unit: "words" }), TypeError, "text is 7");
  assertThrows(() => tokenize("a", { unit: "bytes" as "words" }), RangeError, '"characters"');
});
