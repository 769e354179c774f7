import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { claim, notDecided, rng } from "resolvent";
import { escape, shortName, STATUS_COLOURS, verdictCard } from "../../lib/claims/card.ts";
import { fields } from "./fixture.ts";

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

Deno.test("STATUS_COLOURS bear white text, and stand out on light and dark pages", () => {
  for (const [status, colour] of Object.entries(STATUS_COLOURS)) {
    assert(contrast(colour, "#ffffff") >= 4.5, `${status}: text`);
    assert(contrast(colour, "#111111") >= 3, `${status}: border on a dark page`);
  }
});

Deno.test("verdictCard() shows statement, sizes, control and reading, and marks its claim", async () => {
  const verdict = await claim(fields({ reading: "in the limit" })).decide(
    rng(1),
    (key) => key.normal(1, { mean: 1, sd: 0.01 })[0],
    { control: () => 0 },
  );
  const card = verdictCard(verdict);
  const parts = ["data-resolvent-verdict='paper/claim'", "The slope is one", "k = 8", "k = 512"];
  parts.push("nothing grows: 0", "in the limit", "within [0.9, 1.1], from a theorem");
  parts.push("sizes:</b> k = 8; in the paper: k = 512", "<svg ", ">reproduced<");
  for (const part of parts) assertStringIncludes(card, part);
});

Deno.test("verdictCard() says what computed with tensors, where anything did", async () => {
  const verdict = await claim(fields()).decide(
    rng(1),
    (key) => key.normal(1, { mean: 1, sd: 0.01 })[0],
    { control: () => 0 },
  );
  assertEquals(verdictCard(verdict).includes("tensors"), false);
  const backend = {
    name: "webgpu",
    adapter: "a <card>",
    software: false,
    features: ["shader-f16", "timestamp-query"],
    products: "WGSL",
    reason: "asked for by prefer",
    precision: "float32",
  } as const;
  assertStringIncludes(
    verdictCard(verdict, backend),
    "<b>tensors:</b> float32 by webgpu on a &lt;card&gt;, shader-f16, timestamp-query, " +
      "products by WGSL, as asked for by prefer",
  );
  assertStringIncludes(
    verdictCard(verdict, { ...backend, name: "wasm", adapter: null, products: "OpenBLAS" }),
    "float32 by wasm, products by OpenBLAS, as asked",
  );
});

Deno.test("verdictCard() has inline styles alone: no script, class, link or page colour", async () => {
  const nasty = fields({
    statement: '<script>alert("x")</script> & more',
    estimand: { kind: "exists", of: "x" },
    criterion: { atLeast: 1 },
    n: 1,
  });
  const verdict = await claim(nasty).decide(
    rng(1),
    () => ({ value: 2, witness: { text: "<i>".repeat(400) } }),
    { control: () => 0 },
  );
  const card = verdictCard(verdict);
  assertStringIncludes(card, '&lt;script&gt;alert("x")&lt;/script&gt; &amp; more');
  assertStringIncludes(card, "(whole in the record)");
  for (const part of ["<script", "<style", "class=", "href=", "src=", "url(", "<i>"]) {
    assertEquals(card.includes(part), false, part);
  }
  const open = (card.match(/<[a-z]/g) ?? []).length;
  const closed = (card.match(/<\/|\/>|<br>/g) ?? []).length;
  assertEquals(closed, open, "every element is closed");
});

Deno.test("verdictCard() is small: a notebook holds many", async () => {
  const verdict = await claim(fields()).decide(
    rng(1),
    (key) => key.normal(1, { mean: 1, sd: 0.01 })[0],
    { control: () => 0 },
  );
  assert(verdictCard(verdict).length < 850);
});

Deno.test("verdictCard() names the paper's sizes only where there are some", async () => {
  const own = await claim(fields({ sizes: { quick: "k = 8", full: "k = 16", paper: "-" } })).decide(
    rng(1),
    () => 1,
    {
      control: () => 0,
    },
  );
  assertStringIncludes(verdictCard(own), "sizes:</b> k = 8<br>");
});

Deno.test("shortName() leaves the paper out", () => {
  assertEquals(shortName("paper/claim"), "claim");
});

Deno.test("verdictCard() of a claim not decided shows the committed verdict", () => {
  const dear = claim(fields({ profile: "full" }));
  const committed = {
    status: "differs",
    fragile: true,
    estimate: 0.5,
    interval: [0.4, 0.6],
    n: 16,
    date: "2026-01-02",
  } as const;
  const card = verdictCard(notDecided(dear, "too dear", { committed }));
  assertStringIncludes(card, "full, 2026-01-02: differs (fragile), 0.5 [0.4, 0.6]");
  const lame = {
    ...committed,
    status: "inconclusive",
    fragile: false,
    controlHolds: false,
  } as const;
  assertStringIncludes(
    verdictCard(notDecided(dear, "too dear", { committed: lame })),
    "full, 2026-01-02: inconclusive (control failed), 0.5 [0.4, 0.6]",
  );
});

Deno.test("verdictCard() says when a control failed, and why there is none", async () => {
  const failed = await claim(fields()).decide(rng(1), () => 1, { control: () => 1 });
  assertStringIncludes(verdictCard(failed), ">control failed:<");
  const none = claim(fields({ control: { none: "nothing can vanish" } }));
  assertStringIncludes(verdictCard(await none.decide(rng(1), () => 1)), "nothing can vanish");
});

Deno.test("verdictCard() keeps a name with a quote inside its attribute", async () => {
  const verdict = await claim(fields()).decide(rng(1), () => 1, { control: () => 0 });
  assertStringIncludes(verdictCard({ ...verdict, id: "a/b'c" }), "verdict='a/b&#39;c' ");
});

Deno.test("escape() leaves no markup", () => {
  assertEquals(escape('<a b="c">&'), '&lt;a b="c"&gt;&amp;');
});
