import { assertEquals, assertStringIncludes } from "@std/assert";
import { verdictCard } from "../../lib/claims/card.ts";
import { anchorVerdicts, verdictAnchor, verdictsIn } from "../../lib/report/verdict_cards.ts";
import { VERDICTS } from "./fixture.ts";

Deno.test("verdictsIn() finds the cards that the claims part makes", () => {
  const html = VERDICTS.map((verdict) => verdictCard(verdict)).join("");
  assertEquals(verdictsIn(html), VERDICTS.map(({ id }) => id));
});

Deno.test("anchorVerdicts() puts one anchor before the first card of each claim", () => {
  const taken = new Set<string>();
  const html = anchorVerdicts(verdictCard(VERDICTS[0]) + verdictCard(VERDICTS[0]), taken);
  assertEquals(html.split('<span id="verdict-falls"').length - 1, 1);
  assertEquals(anchorVerdicts(verdictCard(VERDICTS[0]), taken).includes("<span id="), false);
  assertStringIncludes(html, '<span id="verdict-falls" class="anchor"></span><div data-resolvent');
});

Deno.test("verdictAnchor() leaves the paper's name out", () => {
  assertEquals(verdictAnchor("spectral-updates-when/rule-along-path"), "verdict-rule-along-path");
});
