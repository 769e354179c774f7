import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { claim, type ClaimInput, within } from "resolvent";
import {
  canonicalJson,
  catalogHash,
  declarationHash,
  declare,
} from "../../lib/claims/declaration.ts";
import { fields } from "./fixture.ts";

/** Hash of the test's claim with some fields replaced. */
function hashWith(replaced: Partial<ClaimInput> = {}): string {
  return declarationHash(declare(fields(replaced)));
}

Deno.test("declarationHash() is SHA-256 of JSON with sorted keys, as another program computes it", () => {
  const text = canonicalJson({ b: [1, { d: 2, c: "x" }], a: null });
  assertEquals(text, '{"a":null,"b":[1,{"c":"x","d":2}]}');
  // hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
  assertEquals(hashWith(), "5d62408fbca000151c0f22711a23f58a644be969fd85f135a1c92d9139c2ed50");
});

Deno.test("declarationHash() changes with every field that can change a verdict", () => {
  const changes: Partial<ClaimInput>[] = [
    { id: "paper/other" },
    { statement: "The slope is two" },
    { where: "Lemma 2" },
    { reading: "in the limit" },
    { estimand: { kind: "mean", of: "one number" } },
    { estimand: { kind: "slope", of: "another number" } },
    { estimand: { kind: "slope", of: "one number", over: "k" } },
    { estimand: { kind: "slope", of: "one number", over: "k", log: true } },
    { criterion: within(0.9, 1.2) },
    { criterion: { outside: [0.9, 1.1] } },
    { origin: "pilot" },
    { setup: "uniform numbers" },
    { sizes: { quick: "k = 9", full: "k = 16", paper: "k = 512" } },
    { covers: false },
    { n: { quick: 9, full: 16 } },
    { n: { quick: 8, full: 17 } },
    { expectedSd: 0.03 },
    { control: { statement: "something grows", expected: "0 is outside" } },
    { control: { statement: "nothing grows", expected: "0 is far outside" } },
    { control: { none: "nothing to vary" } },
    { sensitivity: [] },
    { profile: "full" },
    { choices: ["Haar by QR"] },
    { censoredUpTo: 0.5 },
    { seed: 7 },
  ];
  const hashes = [hashWith(), ...changes.map(hashWith)];
  assertEquals(new Set(hashes).size, hashes.length);
});

Deno.test("declarationHash() ignores reasons, costs, functions and how a number is shown", () => {
  const same: Partial<ClaimInput>[] = [
    { criterion: within(0.9, 1.1) },
    { criterion: within(0.9, 1.1, "another reason") },
    { power: "half-width 0.1" },
    { cost: { quick: 1, full: 2 } },
    { estimand: { kind: "slope", of: "one number", log: true } },
    { control: { statement: "nothing grows", expected: "0 is outside", measure: () => 0 } },
  ];
  for (const replaced of same) assertEquals(hashWith(replaced), hashWith());
  const declared = claim(fields());
  assertEquals(claim(declared).declarationHash, declared.declarationHash);
  assertEquals(hashWith({ n: 8 }), hashWith({ n: { quick: 8, full: 8 } }));
  assertEquals(hashWith({ seed: 7 }), hashWith({ seed: "7" }));
});

Deno.test("catalogHash() leaves out what a notebook settles", () => {
  const settled = declare(fields({ seed: 3, choices: ["Haar by QR"], censoredUpTo: 0.2 }));
  assertEquals(catalogHash(settled), hashWith());
  assertNotEquals(declarationHash(settled), hashWith());
});

Deno.test("declare() fills in defaults", () => {
  const { id, statement, estimand, criterion, origin, control } = fields();
  const short = declare({ id, statement, estimand, criterion, origin, control, n: 8, source: "x" });
  assertEquals([short.where, short.covers, short.profile], ["x", true, "quick"]);
  assertEquals(short.n, { quick: 8, full: 8 });
  assert(short.sensitivity.length === 0 && short.expectedSd === null);
});

Deno.test("declare() takes a scale for sizes, which covers the statement where it is the paper's", () => {
  const { sizes: _sizes, covers: _covers, ...rest } = fields();
  const scale = { kind: "reduced", here: "k = 256", paper: "asymptotic" } as const;
  const reduced = declare({ ...rest, scale });
  assertEquals(reduced.sizes, { quick: "k = 256", full: "k = 256", paper: "asymptotic" });
  assertEquals([reduced.covers, "scale" in reduced], [false, false]);
  assertEquals(declare({ ...rest, scale: { ...scale, kind: "paper" } }).covers, true);
  assertEquals(declare({ ...rest, scale, covers: true }).covers, true);
});

Deno.test("declare() says which field is missing or wrong", () => {
  const cases: readonly (readonly [Partial<Record<keyof ClaimInput, unknown>>, string])[] = [
    [{ id: "" }, 'Cannot declare a claim as id must be a text: id is ""'],
    [{ statement: undefined }, "Cannot declare claim paper/claim as statement must be a text"],
    [{ estimand: { kind: "mode", of: "x" } }, "estimand.kind must be one of"],
    [{ criterion: undefined }, "one of within, atLeast, atMost, outside"],
    [{ origin: "hope" }, "origin must be one of"],
    [{ profile: "slow" }, "profile must be one of"],
    [{ n: 0.5 }, "n.quick must be an integer of at least 1"],
    [{ n: undefined }, "n.quick must be an integer"],
    [{ control: undefined }, "it needs a control, or { none: reason }"],
    [{ control: { none: "" } }, "control.none must be a text"],
    [{ control: { statement: "x", expected: "" } }, "control.expected must be a text"],
    [{ estimand: { kind: "slope", of: "x", over: "" } }, "estimand.over must be a text"],
    [{ scale: { kind: "own" }, sizes: undefined }, "scale.kind must be one of"],
    [{ scale: { kind: "paper", here: "k" }, sizes: undefined }, "scale.paper must be a text"],
    [{ scale: { kind: "paper", here: "k", paper: "k" } }, "scale stands in the place of sizes"],
    [{ censoredUpTo: 2 }, "censoredUpTo must be a finite number"],
  ];
  for (const [replaced, text] of cases) {
    assertThrows(() => declare(fields(replaced as Partial<ClaimInput>)), Error, text);
  }
});
