/**
 * Tests of provenance and keys of runs.
 *
 * @module
 */
import { assertEquals, assertLess, assertMatch, assertThrows } from "@std/assert";
import { linalgProvider, provenance, runKey } from "resolvent";
import { sourceHash } from "../../lib/run/_sources.ts";
import project from "../../deno.json" with { type: "json" };

Deno.test("provenance() says what ran, where, on which settings", () => {
  const origin = provenance({ seed: 7, profile: "quick", widths: [8, 16] });
  const provider = linalgProvider();
  assertEquals(origin.resolvent, project.version);
  assertEquals(origin.deno, Deno.version.deno);
  assertEquals([origin.os, origin.arch], [Deno.build.os, Deno.build.arch]);
  assertEquals([origin.linalg.name, origin.linalg.version], [provider.name, provider.version]);
  assertEquals(origin.linalg.library?.includes("/") ?? false, false);
  assertEquals(provider.path?.endsWith(origin.linalg.library!) ?? true, true);
  assertEquals([origin.seed, origin.profile, origin.precision], [7, "quick", "float64"]);
  assertEquals(origin.settings, { widths: [8, 16] });
  assertEquals(origin.source, sourceHash());
  assertLess(Math.abs(Date.parse(origin.date) - Date.now()), 60_000);
  assertMatch(origin.date, /^\d{4}-\d\d-\d\dT.*Z$/);
});

Deno.test("provenance() is the same after JSON, also with a bigint as seed and without settings", () => {
  for (const settings of [{ seed: 2n ** 80n }, { seed: "a" }, {}]) {
    const origin = provenance(settings);
    assertEquals(JSON.parse(JSON.stringify(origin)), origin);
  }
  assertEquals(provenance({ seed: 2n ** 80n }).seed, `${2n ** 80n}n`);
  assertEquals([provenance().seed, provenance().profile], [null, null]);
});

Deno.test("runKey() is of what determines the result, not of the date or the order", () => {
  const key = runKey({ seed: 1, profile: "quick", width: 8, rate: 0.1 });
  assertMatch(key, /^[0-9a-f]{64}$/);
  assertEquals(runKey({ rate: 0.1, width: 8, profile: "quick", seed: 1 }), key);
  const others = [
    { seed: 2, profile: "quick", width: 8, rate: 0.1 },
    { seed: "1", profile: "quick", width: 8, rate: 0.1 },
    { seed: 1n, profile: "quick", width: "8", rate: 0.1 },
    { seed: 1, profile: "full", width: 8, rate: 0.1 },
    { seed: 1, profile: "quick", width: 8 },
  ];
  assertEquals(new Set([key, ...others.map(runKey)]).size, 6);
});

Deno.test("provenance() refuses settings that are not plain data", () => {
  assertThrows(
    () => provenance({ tools: new Map() }),
    TypeError,
    'Cannot describe a run as values must be plain data: the value.tools is "Map"',
  );
});
