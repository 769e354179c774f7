import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { claim, notDecided, rng } from "resolvent";
import { SINK } from "../../lib/notebook/sink.ts";
import { sensitivityDisplay, summaryDisplay } from "../../lib/notebook/study_tables.ts";
import { fields } from "../claims/fixture.ts";

const VERDICT = await claim(fields()).decide(rng(1), (_key, i) => 1 + i / 1000, {
  control: () => 0,
});
const DISPLAY = Symbol.for("Jupyter.display");

Deno.test("summaryDisplay() lists verdicts with the line on multiplicity", () => {
  const dear = notDecided(claim(fields({ id: "paper/dear", profile: "full" })), "too dear");
  const summary = summaryDisplay([VERDICT, dear]);
  const [head, first, second, foot] = summary.text.split("\n");
  assertEquals(head.split(/ {2,}/), ["verdict", "claim", "estimate", "criterion", "n"]);
  assertStringIncludes(
    first,
    "reproduced   claim  1.0035 [1.00047, 1.00653]  within [0.9, 1.1]  8",
  );
  assertStringIncludes(second, "not decided");
  assertStringIncludes(foot, "1 claim tested");
  const { "text/html": html, "text/plain": text } = summary[DISPLAY]();
  assertEquals((html.match(/<tbody/g) ?? []).length, 2, "a body for each status");
  assertEquals((html.match(/<tr/g) ?? []).length, 3);
  assert(!/class=|<script|<style/.test(html));
  assertStringIncludes(text, summary.text);
});

Deno.test("sensitivityDisplay() names rows that reverse a verdict", () => {
  const row = {
    id: "paper/claim",
    label: "<half> the step",
    status: "contradicted",
    fragile: true,
    estimate: 0.5,
    interval: [0.4, 0.6],
    n: 8,
    profile: "quick",
    source: "this run",
  } as const;
  const missing = {
    id: "paper/claim",
    label: "wide",
    status: "not run",
    source: "full profile",
  } as const;
  const kept = { ...row, label: "double", status: "reproduced", fragile: false } as const;
  const table = sensitivityDisplay([missing, row, kept], [VERDICT]);
  const [head, own, foot] = table.text.split("\n");
  assertEquals(head.split(/ {2,}/), ["claim, as declared", "under other choices"]);
  assertEquals(own.split(/ {2,}| \| /), [
    "claim (reproduced)",
    "still reproduced: double → 0.5 [0.4, 0.6]",
    "reversed to contradicted: <half> the step → 0.5 [0.4, 0.6] (fragile)",
    "not run: wide",
  ]);
  assertStringIncludes(foot, "1 from full profile, 2 from this run");
  const html = table[DISPLAY]()["text/html"];
  assertStringIncludes(html, "&lt;half&gt; the step");
  assertStringIncludes(html, "<br>not run: wide</table>");
});

Deno.test("sensitivityDisplay() compares with the full run where this one decides nothing", () => {
  const dear = notDecided(claim(fields({ id: "paper/dear", profile: "full" })), "too dear", {
    committed: { ...VERDICT, date: "2026-03-01" } as never,
  });
  const row = { id: "paper/dear", status: "differs", source: "2026-03-01" } as const;
  const rows = [{ ...row, label: "half" }, {
    ...row,
    label: "wide",
    status: "reproduced",
  }] as const;
  const [, own] = sensitivityDisplay(rows, [dear]).text.split("\n");
  assertEquals(own.split(/ {2,}| \| /), [
    "dear (reproduced in the full run)",
    "still reproduced: wide",
    "reversed to differs: half",
  ]);
});

Deno.test("sensitivityDisplay() shows a claim without a verdict", () => {
  const row = { id: "paper/other", label: "wide", status: "reported", source: "this run" } as const;
  const [, own] = sensitivityDisplay([row], [VERDICT]).text.split("\n");
  assertEquals(own.split(/ {2,}/), ["other", "reported: wide"]);
});

Deno.test("summaryDisplay() sets words to the left and numbers where the page has them", () => {
  const html = summaryDisplay([VERDICT])[DISPLAY]()["text/html"];
  assertEquals((html.match(/<t[hd][^>]* style=text-align:left>/g) ?? []).length, 2 + 2);
  assertStringIncludes(html, "<td>8</table>");
});

Deno.test("tables store a summary in a notebook, and show all of their text in a terminal", () => {
  const scope = globalThis as { [key: symbol]: unknown };
  const row = { id: "paper/claim", status: "contradicted", source: "this run" } as const;
  const rows = [{ ...row, label: "half the step" }, { ...row, label: "twice the step" }, {
    ...row,
    label: "wide",
    status: "not run",
  }] as const;
  const failed = { ...VERDICT, id: "paper/other", status: "contradicted" } as const;
  const tables = [summaryDisplay([VERDICT, failed]), sensitivityDisplay(rows, [VERDICT])];
  const texts = () => tables.map((table) => table[DISPLAY]()["text/plain"]);
  const whole = texts();
  const before = scope[SINK];
  scope[SINK] = {};
  try {
    const [verdicts, sensitivity] = texts();
    assertEquals(verdicts.split("\n").slice(0, 3), [
      "Verdicts",
      "1 reproduced",
      "1 contradicted: other",
    ]);
    assertEquals(sensitivity.split("\n").slice(0, 2), [
      "Sensitivity",
      "claim (reproduced), reversed to contradicted: half the step, twice the step",
    ]);
  } finally {
    if (before === undefined) delete scope[SINK];
    else scope[SINK] = before;
  }
  assertEquals(whole.map((text, i) => text.endsWith(tables[i].text)), [true, true]);
});
