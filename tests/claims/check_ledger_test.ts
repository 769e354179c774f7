import { assert, assertEquals } from "@std/assert";
import { atMost, claim, rng } from "resolvent";
import { checkLedger } from "../../lib/claims/check_ledger.ts";
import { declare } from "../../lib/claims/declaration.ts";
import { mergeLedger } from "../../lib/claims/ledger.ts";
import { EMPTY_LEDGER, type Ledger, renderLedger } from "../../lib/claims/ledger_schema.ts";
import { fields } from "./fixture.ts";

const CATALOG = [
  fields(),
  fields({
    id: "paper/every",
    estimand: { kind: "forall", of: "x" },
    criterion: atMost(0),
    n: 1000,
  }),
  fields({
    id: "paper/share",
    estimand: { kind: "proportion", of: "x" },
    criterion: { atLeast: 0.4 },
  }),
];

/** A ledger with a verdict on each claim of the catalogue. */
async function filled(): Promise<Ledger> {
  const seeded = CATALOG.map((one) => claim({ ...one, seed: 7, choices: ["Haar by QR"] }));
  const verdicts = [
    await seeded[0].decide(rng(1), (key) => key.normal(1, { mean: 1, sd: 0.01 })[0], {
      control: { a: (key) => key.normal(1, { sd: 0.01 })[0], b: () => 0 },
    }),
    await seeded[1].decide(rng(1), (_key, i) => -i - 1, {
      control: () => 1,
      search: () => -0.5,
    }),
    await seeded[2].decide(rng(1), () => true, { control: () => false }),
  ];
  return mergeLedger(EMPTY_LEDGER, {
    slug: "paper",
    profile: "quick",
    seed: "7",
    defaultSeed: "7",
    verdicts,
    sensitivity: [],
    date: "2026-03-01",
    provenance: { deno: "2.9.6" },
  });
}

/** Problems of the ledger after something in it was changed. */
async function problemsAfter(change: (ledger: Ledger) => void): Promise<readonly string[]> {
  const ledger = structuredClone(await filled());
  change(ledger);
  return checkLedger(renderLedger(ledger), CATALOG.map(declare));
}

Deno.test("checkLedger() finds a merged ledger in order", async () => {
  assertEquals(await problemsAfter(() => {}), []);
  assertEquals(checkLedger(renderLedger(EMPTY_LEDGER), []), []);
});

Deno.test("checkLedger() sees each thing that was changed by hand", async () => {
  const cases: readonly (readonly [(ledger: Ledger) => void, string])[] = [
    [
      ({ claims }) => claims["paper/claim"].verdicts.quick!.status = "contradicted",
      "its status should be reproduced",
    ],
    [
      ({ claims }) => claims["paper/claim"].verdicts.quick!.interval[0] += 1e-6,
      "its interval does not follow",
    ],
    [
      ({ claims }) => claims["paper/claim"].verdicts.quick!.values[3] = 1.01,
      "its interval does not follow",
    ],
    [({ claims }) => claims["paper/claim"].verdicts.quick!.fragile = true, "fragile is true"],
    [
      ({ claims }) => claims["paper/claim"].verdicts.quick!.control!.arms[0].estimate = 0.5,
      "interval of its control",
    ],
    [
      ({ claims }) => claims["paper/claim"].verdicts.quick!.censored = 4,
      "its status should be inconclusive",
    ],
    [
      ({ claims }) => claims["paper/every"].verdicts.quick!.values[0] = 0.5,
      "its interval does not follow",
    ],
    [
      ({ claims }) => claims["paper/share"].verdicts.quick!.values[0] = 0,
      "its interval does not follow",
    ],
    [({ claims }) => claims["paper/claim"].confirmed = true, "confirmed is true"],
    [({ claims }) => claims["paper/claim"].criterion = { atLeast: 0 }, "are not the catalogue's"],
    [
      ({ claims }) => claims["paper/claim"].declarations[0].seed = "8",
      "its declaration is not the catalogue's",
    ],
    [
      ({ claims }) => claims["paper/claim"].verdicts.quick!.hash = "b".repeat(64),
      "it belongs to an earlier declaration",
    ],
    [
      ({ claims }) => {
        const { declarations } = claims["paper/claim"];
        declarations.unshift({ hash: "c".repeat(64), first: "2026-01-01" });
      },
      "has no reason",
    ],
    [(ledger) => ledger.provenance = {}, "its provenance is missing"],
    [({ claims }) => claims["paper/new"] = claims["paper/claim"], "the catalogue does not know it"],
  ];
  for (const [change, text] of cases) {
    const problems = await problemsAfter(change);
    assert(problems.some((line) => line.includes(text)), `${text}: ${problems.join("; ")}`);
  }
});

Deno.test("checkLedger() sees a text that is not as it is written, or no ledger", async () => {
  const text = renderLedger(await filled());
  const catalog = CATALOG.map(declare);
  assertEquals(checkLedger(text.replace("\n", "\n "), catalog), [
    "the text is not as it is written",
  ]);
  assertEquals(checkLedger("[]", catalog).length, 1);
});
