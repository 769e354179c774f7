import { assert, assertEquals } from "@std/assert";
import { loadMobyDick, tokenize } from "resolvent";

Deno.test("loadMobyDick() loads the text of the package", async () => {
  const text = await loadMobyDick();
  assertEquals(text.length, 1_190_317);
  assert(text.startsWith("CHAPTER 1. Loomings."));
  const words = tokenize(text, { unit: "words" });
  assertEquals(words.types.slice(0, 4), ["the", "of", "and", "a"]);
  assertEquals(words.types.length, new Set(words.types).size);
  const characters = tokenize(text, { unit: "characters" });
  assertEquals([characters.types[0], characters.types[1]], [" ", "e"]);
});
