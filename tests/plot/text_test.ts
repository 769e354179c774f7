import { assert, assertEquals } from "@std/assert";
import { escaped, textWidth, wrapped } from "../../lib/plot/text.ts";

Deno.test("wrapped() breaks between words and loses none", () => {
  const text = "the gradient's nuclear rank grows in proportion to the width";
  const lines = wrapped(text, 12, 150);
  assertEquals(lines.join(" "), text);
  assert(lines.length > 1 && lines.every((line) => textWidth(line, 12) <= 150));
  assertEquals(wrapped("", 12, 100), []);
  assertEquals(wrapped("immeasurable", 12, 1), ["immeasurable"]);
});

Deno.test("escaped() makes text safe between tags", () => {
  assertEquals(escaped('a<b>&"c"'), 'a&lt;b&gt;&amp;"c"');
});
