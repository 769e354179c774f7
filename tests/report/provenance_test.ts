import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { provenance } from "resolvent";
import {
  arxivLink,
  factsOf,
  renderCitation,
  renderProvenance,
  renderRunBox,
  secondsText,
} from "../../lib/report/provenance.ts";

const PAPER = {
  slug: "demo",
  title: "When do they help?",
  theme: "spectral-updates",
  arxiv: "2512.04299",
};

Deno.test("renderRunBox() gives the command for Node, for Deno, for Jupyter and for a seed", () => {
  const html = renderRunBox(PAPER, { seed: "7", profile: "quick" });
  for (
    const line of [
      "<code>npx -y deno@2.9.6 task reproduce demo</code>",
      "<code>deno task reproduce demo</code>",
      "then open notebooks/spectral-updates/demo.ipynb",
      "<code>deno task reproduce demo --seed 8</code>",
    ]
  ) assertStringIncludes(html, line);
});

Deno.test("renderRunBox() names a profile other than the default", () => {
  const html = renderRunBox(PAPER, { profile: "full" });
  assertStringIncludes(html, "npx -y deno@2.9.6 task reproduce demo --profile full<");
  assertStringIncludes(html, "--profile full --seed N<");
});

Deno.test("renderCitation() links the paper, with one full stop after its title", () => {
  const html = renderCitation({ ...PAPER, readings: "v1" });
  assertStringIncludes(html, "<cite>When do they help?</cite> <a");
  assertStringIncludes(html, 'href="https://arxiv.org/abs/2512.04299">arXiv:2512.04299</a>.');
  assertStringIncludes(html, "Read: v1.");
  assertStringIncludes(renderCitation({ slug: "a", title: "A title" }), "<cite>A title</cite>.");
});

Deno.test("arxivLink() links numbers of arXiv, old and new, and nothing else", () => {
  assertStringIncludes(arxivLink("1706.04454v2"), "<a href=");
  assertStringIncludes(arxivLink("cond-mat/0403022"), "<a href=");
  assertEquals(arxivLink("none <yet>"), "none &lt;yet&gt;");
});

Deno.test("factsOf() tells everything that the provenance of a run holds", () => {
  const origin = provenance({ seed: 7, profile: "quick", width: 256 });
  const facts = new Map(factsOf({ ...origin, seconds: 53.2 }));
  assertEquals(facts.get("Deno"), Deno.version.deno);
  assertEquals(facts.get("Settings: width"), "256");
  assertEquals(facts.get("Seed"), "7");
  assertEquals(facts.get("Time of all cells"), "53.2 s");
  assert(facts.get("Linear algebra")?.includes(origin.linalg.name));
  assertEquals(facts.get("Library, SHA-256"), origin.source);
});

Deno.test("factsOf() writes a library, a date and a list, and leaves out what is empty", () => {
  const facts = factsOf({
    linalg: { name: "OpenBLAS", version: "0.3.21", library: "libopenblas.so.0" },
    date: "2026-01-06T10:00:12.000Z",
    rootSeeds: [1, 2],
    nothing: null,
    none: [],
  });
  assertEquals(facts, [
    ["Linear algebra", "OpenBLAS 0.3.21 (libopenblas.so.0)"],
    ["Date", "2026-01-06, 10:00 UTC"],
    ["Root seeds", "1, 2"],
  ]);
  assertEquals(renderProvenance([]), "");
});

Deno.test("secondsText() chooses the unit", () => {
  assertEquals([0.1234, 12.34, 135, 119.99].map(secondsText), [
    "123 ms",
    "12.3 s",
    "2 min 15 s",
    "120.0 s",
  ]);
});
