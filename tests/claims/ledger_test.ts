import { assert, assertEquals, assertThrows } from "@std/assert";
import { claim, type ClaimInput, rng, type SensitivityRow, type Verdict } from "resolvent";
import { type LedgerRecord, mergeLedger, unpacked } from "../../lib/claims/ledger.ts";
import { EMPTY_LEDGER, parseLedger, renderLedger } from "../../lib/claims/ledger_schema.ts";
import { fields } from "./fixture.ts";

/** A verdict of the test's claim. */
function verdictOf(
  replaced: Partial<ClaimInput> = {},
  options: { profile?: "quick" | "full"; mean?: number; amended?: string; amends?: string } = {},
): Promise<Verdict> {
  const { mean = 1, ...others } = options;
  return claim(fields({ seed: 7, ...replaced })).decide(
    rng(7).fork(options.profile ?? "quick"),
    (key) => key.normal(1, { mean, sd: 0.01 })[0],
    { control: () => 0, ...others },
  );
}

/** A record with verdicts and rows. */
function record(verdicts: readonly Verdict[], more: Partial<LedgerRecord> = {}): LedgerRecord {
  return {
    slug: "paper",
    profile: "quick",
    seed: "7",
    defaultSeed: "7",
    verdicts,
    sensitivity: [],
    date: "2026-03-01T10:20:30.000Z",
    provenance: { deno: "2.9.6", date: "2026-03-01T10:20:30.000Z" },
    ...more,
  };
}

Deno.test("mergeLedger() keeps verdict, declaration and provenance, and changes nothing in place", async () => {
  const verdict = await verdictOf();
  const before = structuredClone(EMPTY_LEDGER);
  const ledger = mergeLedger(EMPTY_LEDGER, record([verdict]));
  assertEquals(EMPTY_LEDGER, before);
  const entry = ledger.claims["paper/claim"];
  assertEquals(entry.declarations, [
    { hash: verdict.declarationHash, first: "2026-03-01", seed: "7" },
  ]);
  assertEquals(entry.verdicts.quick?.values, [...verdict.values]);
  assertEquals(entry.verdicts.quick?.date, "2026-03-01");
  assertEquals(ledger.provenance, { [entry.verdicts.quick!.provenance]: { deno: "2.9.6" } });
  assertEquals([entry.confirmed, entry.verdicts.full], [false, undefined]);
});

Deno.test("mergeLedger() confirms what both profiles came to", async () => {
  const quick = mergeLedger(EMPTY_LEDGER, record([await verdictOf()]));
  const full = await verdictOf({}, { profile: "full" });
  const both = mergeLedger(quick, record([full], { profile: "full" }));
  assertEquals(both.claims["paper/claim"].confirmed, true);
  const other = await verdictOf({}, { profile: "full", mean: 3 });
  const against = mergeLedger(
    both,
    record([other], { profile: "full", provenance: { deno: "3" } }),
  );
  assertEquals(against.claims["paper/claim"].confirmed, false);
  assertEquals(Object.values(against.provenance), [{ deno: "2.9.6" }, { deno: "3" }].sort());
  const again = mergeLedger(against, record([await verdictOf()], { provenance: { deno: "3" } }));
  assertEquals(Object.values(again.provenance), [{ deno: "3" }], "unused provenance goes");
});

Deno.test("mergeLedger() keeps every hash: a change after a measurement needs its reason", async () => {
  const first = mergeLedger(EMPTY_LEDGER, record([await verdictOf()]));
  const changed = await verdictOf({ setup: "uniform numbers" });
  assertThrows(
    () => mergeLedger(first, record([changed])),
    RangeError,
    "Cannot merge paper (quick) into the ledger as the declaration of paper/claim changed after " +
      "its first measurement, which needs a reason",
  );
  const row: SensitivityRow = {
    id: "paper/claim",
    label: "another step",
    status: "reproduced",
    fragile: false,
    estimate: 1,
    interval: [0.95, 1.05],
    n: 8,
    profile: "quick",
  };
  const reasoned = await verdictOf({ setup: "uniform numbers" }, { amended: "setup was wrong" });
  const withRow = mergeLedger(first, record([], { sensitivity: [row] }));
  const amended = mergeLedger(withRow, record([reasoned])).claims["paper/claim"];
  assertEquals(amended.declarations.map(({ hash, reason }) => [hash, reason]), [
    [(await verdictOf()).declarationHash, undefined],
    [reasoned.declarationHash, "setup was wrong"],
  ]);
  assertEquals(amended.sensitivity, [], "rows of the old declaration are gone");
  const seeded = await verdictOf({ seed: 8 });
  assertThrows(() => mergeLedger(first, record([seeded])), RangeError, "needs a reason");
});

Deno.test("mergeLedger() lists the declaration of the claim file before its amendment", async () => {
  const amends = "a".repeat(64);
  const verdict = await verdictOf({}, { amended: "an error", amends });
  const { declarations } = mergeLedger(EMPTY_LEDGER, record([verdict])).claims["paper/claim"];
  assertEquals(declarations.map(({ hash }) => hash), [amends, verdict.declarationHash]);
});

Deno.test("mergeLedger() replaces rows of the same label and profile, and sorts them", async () => {
  const row = {
    id: "paper/claim",
    status: "reproduced",
    fragile: false,
    estimate: 1,
    n: 8,
  } as const;
  const made = (label: string, estimate: number): SensitivityRow => ({
    ...row,
    label,
    estimate,
    interval: [0.9, 1.1],
    profile: "quick",
  });
  const sensitivity = [made("b", 1), made("a", 2), made("b", 3)];
  const merged = mergeLedger(EMPTY_LEDGER, record([await verdictOf()], { sensitivity }));
  const rows = merged.claims["paper/claim"].sensitivity;
  assertEquals(rows.map(({ label, estimate }) => [label, estimate]), [["a", 2], ["b", 3]]);
});

Deno.test("mergeLedger() refuses other seeds, other papers' claims and rows without a claim", async () => {
  const verdict = await verdictOf();
  assertThrows(
    () => mergeLedger(EMPTY_LEDGER, record([verdict], { seed: "8" })),
    RangeError,
    'only runs with the declared seed 7 enter: seed is "8"',
  );
  assertThrows(
    () => mergeLedger(EMPTY_LEDGER, record([verdict], { slug: "other" })),
    RangeError,
    "a run decides its own claims",
  );
  const row = { id: "paper/claim", label: "a", status: "reported" } as SensitivityRow;
  assertThrows(
    () => mergeLedger(EMPTY_LEDGER, record([], { sensitivity: [row] })),
    RangeError,
    "a row belongs to a decided claim",
  );
});

Deno.test("mergeLedger() keeps the counts of a proportion, which unpacked() gives back", async () => {
  const estimand = { kind: "proportion", of: "x" } as const;
  const shares = claim(fields({ estimand, criterion: { atLeast: 0.1 }, seed: 7 }));
  const verdict = await shares.decide(rng(1), (_key, i) => i !== 2, { control: () => false });
  const { quick } = mergeLedger(EMPTY_LEDGER, record([verdict])).claims["paper/claim"].verdicts;
  assertEquals([quick?.values, quick?.control?.arms[0].values], [[7, 1], [0, 8]]);
  assertEquals(unpacked("proportion", [2, 1]), [1, 1, 0]);
  assertEquals(unpacked("mean", [2, 1]), [2, 1]);
});

Deno.test("renderLedger() writes what parseLedger() reads, whatever the order of its fields", async () => {
  const ledger = mergeLedger(EMPTY_LEDGER, record([await verdictOf()]));
  const text = renderLedger(ledger);
  assertEquals(renderLedger(parseLedger(text)), text);
  assertEquals(parseLedger(text), JSON.parse(JSON.stringify(ledger)));
  assert(text.endsWith("}\n"));
  assertThrows(() => parseLedger('{"claims":{}}'), TypeError, "Cannot read the ledger as it must");
});
