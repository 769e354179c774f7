import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { countStatuses, renderVerdicts, statusBadge } from "../../lib/report/verdict_table.ts";
import { VERDICTS } from "./fixture.ts";

Deno.test("countStatuses() counts in a fixed order and leaves out what does not occur", () => {
  assertEquals(countStatuses([...VERDICTS].reverse()), [
    ["reproduced", 2],
    ["contradicted", 1],
    ["inconclusive", 1],
    ["not decided", 1],
  ]);
});

Deno.test("renderVerdicts() links a claim to its card where the page has one", () => {
  const html = renderVerdicts(VERDICTS, new Set([VERDICTS[0].id]));
  assertStringIncludes(html, '<a href="#verdict-falls">The loss falls at each step</a>');
  assertStringIncludes(html, '<td class="claim">The stable rank does not grow with the width</td>');
  assertEquals(html.split("<tr>").length - 1, VERDICTS.length + 1);
});

Deno.test("renderVerdicts() shows estimate, interval, criterion, count and flags", () => {
  const html = renderVerdicts(VERDICTS, new Set());
  assertStringIncludes(html, '0.31<span class="interval">[0.12, 0.5]</span>');
  assertStringIncludes(html, 'within [−0.1, 0.1]<span class="interval">n = 16</span>');
  assertStringIncludes(html, '<span class="flag">fragile</span>');
  assertStringIncludes(html, '2e−16</td><td class="number">at most 1e−11');
  assertStringIncludes(html, "1000 problems");
});

Deno.test("renderVerdicts() shows the committed verdict beside a claim not decided", () => {
  const html = renderVerdicts(VERDICTS.slice(4), new Set());
  assertStringIncludes(html, '<span class="flag">full, 2026-01-05: reproduced</span>');
  assertStringIncludes(html, '1.4<span class="interval">[1.2, 1.6]</span>');
  assertStringIncludes(html, "n = 32");
});

Deno.test("renderVerdicts() counts claims and expected false verdicts; nothing without verdicts", () => {
  assertStringIncludes(
    renderVerdicts(VERDICTS, new Set()),
    "4 claims tested, 3 of them by intervals",
  );
  assertEquals(renderVerdicts([], new Set()), "");
});

Deno.test("statusBadge() tells statuses apart without colour", () => {
  const marks = ["reproduced", "contradicted", "differs", "inconclusive", "not decided"].map((
    status,
  ) => statusBadge(status).match(/data-mark="(.)"/)?.[1]);
  assertEquals(new Set(marks).size, 5);
  assert(statusBadge("not decided").includes('class="status not-decided"'));
});
