/**
 * Tests of provenance and keys of runs.
 *
 * @module
 */
import { assertEquals, assertLess, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import {
  backend,
  closeWorkers,
  linalgProvider,
  matrix,
  onWorkers,
  provenance,
  runKey,
  toMatrix,
  toTensor,
} from "resolvent";
import { backendState } from "../../lib/backend/state.ts";
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

Deno.test("provenance() and runKey() say what computed with tensors, where anything did", async () => {
  const state = backendState();
  state.current = state.ofWorkers = null;
  const key = runKey({ seed: 1 });
  assertEquals(provenance().backend, null);
  const chosen = await backend({ prefer: "cpu" });
  assertEquals(provenance().backend, chosen);
  const onCpu = runKey({ seed: 1 });
  assertNotEquals(onCpu, key);
  state.current = { ...chosen, reason: "another" }; // why it was chosen changes no number
  assertEquals(runKey({ seed: 1 }), onCpu);
  state.current = null;
  assertEquals(runKey({ seed: 1 }), key);
});

Deno.test("provenance() tells of a backend that only workers chose", async () => {
  const state = backendState();
  state.current = state.ofWorkers = null;
  const square = onWorkers(async (x: number) => {
    await backend({ prefer: "cpu" });
    const tensor = toTensor(matrix(1, 1, [x]));
    return (await toMatrix(tensor.square())).data[0];
  });
  assertEquals(await square(3), 9);
  await closeWorkers();
  assertEquals(provenance().backend?.name, "cpu");
  const own = await backend({ prefer: "wasm" });
  assertEquals(provenance().backend, own);
  state.ofWorkers = null;
});
