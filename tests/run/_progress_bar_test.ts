import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import {
  advanced,
  barHtml,
  barText,
  duration,
  rateOf,
  type Reached,
  started,
} from "../../lib/run/_progress_bar.ts";

// sums of exponentials of at most a hundred terms
const EXACT = 1e-9;

/** How far it is after ticks at times in seconds, from 0 on. */
function after(ticks: readonly (readonly [time: number, n: number])[]): Reached {
  return ticks.reduce((reached, [time, n]) => advanced(reached, n, time), started(0));
}

/** `count` ticks of `n`, `gap` seconds apart. */
function even(count: number, gap: number, n = 1): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, i) => [gap * (i + 1), n]);
}

Deno.test("barText() shows count, rate and time left", () => {
  const task = { label: "seeds", total: 1000 };
  const bar = (full: number) => "█".repeat(full) + "░".repeat(24 - full);
  const table: readonly (readonly [Reached, string])[] = [
    [after([]), `seeds: ${bar(0)} 0 of 1,000`],
    [after([[0, 1]]), `seeds: ${bar(0)} 1 of 1,000`], // no time has passed
    [after([[2, 250]]), `seeds: ${bar(6)} 250 of 1,000, 125 per s, 6 s left`],
    [after([[10, 1000]]), `seeds: ${bar(24)} 1,000 of 1,000, 100 per s`],
    [after([[10, 1200]]), `seeds: ${bar(24)} 1,200 of 1,000, 120 per s`],
  ];
  for (const [reached, text] of table) assertEquals(barText(task, reached), text);
  const slow = after(even(3, 60));
  assertEquals(
    barText({ label: "", total: 12 }, slow),
    `${bar(6)} 3 of 12, 1 min 0 s each, 9 min 0 s left`,
  );
});

Deno.test("rateOf() is n over the gap for even ticks, whatever the gap", () => {
  assertEquals(rateOf(started(3)), null);
  const gaps = fc.double({ min: 1e-3, max: 1e4, noNaN: true });
  fc.assert(fc.property(gaps, fc.integer({ min: 1, max: 50 }), (gap, count) => {
    assertAlmostEquals(rateOf(after(even(count, gap, 3)))! * gap, 3, EXACT);
  }));
});

Deno.test("rateOf() forgets what is long ago", () => {
  // a hundred a second from what was kept, then two: after a minute e^-4 of them is left
  const ticks = [...even(1000, 0.01), ...even(120, 0.5).map(([t, n]) => [10 + t, n] as const)];
  const weight = (age: number) => Math.exp(-age / 15);
  const sum = (of: (n: number, gap: number) => number) =>
    ticks.reduce(
      (total, [t, n], i) => total + of(n, t - (ticks[i - 1]?.[0] ?? 0)) * weight(70 - t),
      0,
    );
  const expected = sum((n) => n) / sum((_, gap) => gap);
  assertAlmostEquals(rateOf(after(ticks))!, expected, EXACT);
  assert(expected > 2 && expected < 3.2, String(expected));
});

Deno.test("advanced() takes a clock that steps back for one that stands", () => {
  const reached = advanced(after([[2, 4]]), 1, 1);
  assertEquals([reached.done, rateOf(reached)], [5, 2.5]);
});

Deno.test("duration() has two units at most", () => {
  const seconds = [0, 0.2, 59.5, 60, 61, 599, 600, 3590, 3600, 7260, 172799, 172801];
  assertEquals(seconds.map(duration), [
    "0 s",
    "1 s",
    "1 min 0 s",
    "1 min 0 s",
    "1 min 1 s",
    "9 min 59 s",
    "10 min",
    "1 h 0 min",
    "1 h 0 min",
    "2 h 1 min",
    "2 days",
    "2 days",
  ]);
});

Deno.test("barHtml() says the same to the eye and to a screen reader", () => {
  const html = barHtml({ label: `<a & "b">`, total: 2000 }, after([[1, 500]]));
  const parts = [
    "&lt;a &amp; &quot;b&quot;&gt;</span>",
    `role="progressbar" aria-label="&lt;a &amp; &quot;b&quot;&gt;"`,
    `aria-valuemin="0" aria-valuemax="2000" aria-valuenow="500" aria-valuetext="500 of 2,000"`,
    "width:25.0%",
    "<span>500 of 2,000, 500 per s, 3 s left</span>",
  ];
  for (const part of parts) assertStringIncludes(html, part);
  const over = barHtml({ label: "", total: 2 }, after([[1, 3]]));
  for (const part of [`aria-label="progress"`, `aria-valuenow="2"`, "width:100.0%"]) {
    assertStringIncludes(over, part);
  }
});
