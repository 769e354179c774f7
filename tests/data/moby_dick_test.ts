import { assert, assertEquals, assertRejects } from "@std/assert";
import { loadMobyDick, tokenize } from "resolvent";
import { checkedText } from "../../lib/data/moby_dick.ts";

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

Deno.test("checkedText() refuses a text of another hash", async () => {
  const bytes = new TextEncoder().encode("Call me Ahab.");
  await assertRejects(
    () => checkedText(bytes, "00"),
    Error,
    "Cannot load a text as its SHA-256 must be 00: it is ",
  );
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  assertEquals(await checkedText(new Uint8Array(), empty), "");
});
