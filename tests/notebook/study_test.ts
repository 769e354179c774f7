import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { claim, type Rng, rng, within } from "resolvent";
import { mergeLedger } from "../../lib/claims/ledger.ts";
import { EMPTY_LEDGER, renderLedger } from "../../lib/claims/ledger_schema.ts";
import { installSink, SINK } from "../../lib/notebook/sink.ts";
import { openStudy } from "../../lib/notebook/study.ts";
import type { Study, StudyRecord } from "../../lib/notebook/study_types.ts";
import { fields } from "../claims/fixture.ts";

const CLAIMS = [
  fields({ id: "paper/grows", power: "", cost: { quick: 1, full: 1 } }),
  fields({ id: "paper/flat", power: "", cost: { quick: 1, full: 1 }, covers: false }),
  fields({ id: "paper/dear", power: "", cost: { quick: 1, full: 1 }, profile: "full" }),
];

/** A number near one. */
function near(key: Rng): number {
  return key.normal(1, { mean: 1, sd: 0.02 })[0];
}

const AWAY = { control: (key: Rng) => key.normal(1, { sd: 0.02 })[0] };

/** Runs a test in a folder of notebooks of its own, in one profile and seed. */
async function inFolder(
  test: (folder: URL, open: (seed?: number) => Study) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const path = await Deno.makeTempDir();
  const folder = new URL(`file://${path}/`);
  const paper = { slug: "paper", title: "A paper", arxiv: "1", readings: "v1" };
  const file = { paper, claims: CLAIMS, ours: [], refused: [], notes: [] };
  await Deno.mkdir(new URL("claims/", folder));
  await Deno.writeTextFile(new URL("claims/paper.json", folder), JSON.stringify(file));
  await Deno.writeTextFile(new URL("catalog.json", folder), JSON.stringify({ papers: [paper] }));
  const kept = ["RESOLVENT_PROFILE", "RESOLVENT_SEED"].map((name) => [name, Deno.env.get(name)]);
  for (const [name] of kept) Deno.env.delete(name!);
  for (const [name, value] of Object.entries(environment)) Deno.env.set(name, value);
  try {
    await test(folder, (seed = 7) => openStudy("paper", { seed, folder }));
  } finally {
    for (const [name, value] of kept) {
      if (value === undefined) Deno.env.delete(name!);
      else Deno.env.set(name!, value);
    }
    await Deno.remove(path, { recursive: true });
  }
}

Deno.test("openStudy() takes profile and seed from the environment, and keys disjoint by profile", async () => {
  await inFolder((_folder, open) => {
    const study = open();
    assertEquals([study.profile, study.seed], ["quick", "7"]);
    assertEquals(study.key.state, rng(7).fork("quick").state);
    return Promise.resolve();
  });
  await inFolder((_folder, open) => {
    const study = open();
    assertEquals([study.profile, study.seed], ["full", "11"]);
    assertEquals(study.key.state, rng(11).fork("full").state);
    return Promise.resolve();
  }, { RESOLVENT_PROFILE: "full", RESOLVENT_SEED: "11" });
});

Deno.test("study.decide() declares what the claim file has, with the notebook's seed in the hash", async () => {
  await inFolder(async (_folder, open) => {
    const study = open();
    const grows = claim({ ...study.declared("grows"), criterion: within(0.9, 1.1) });
    const verdict = await study.decide(grows, near, AWAY);
    assertEquals([verdict.status, verdict.seed], ["reproduced", "7"]);
    assertEquals(verdict.criterion.why, "theorem");
    const again = claim({ ...study.declared("paper/grows"), seed: 7 });
    assertEquals(verdict.declarationHash, again.declarationHash);
    const keys = study.key.fork("paper/grows").split(8);
    assertEquals(verdict.values, keys.map(near));
  });
});

Deno.test("study.decide() lets claims that name the same runs share their seeds", async () => {
  await inFolder(async (_folder, open) => {
    const study = open();
    const runs = { ...AWAY, runs: "model-1" };
    const first = await study.decide(study.declared("grows"), near, runs);
    const second = await study.decide(study.declared("flat"), near, runs);
    assertEquals(first.values, second.values);
  });
});

Deno.test("study.decide() refuses a changed declaration without a reason, and the same claim twice", async () => {
  await inFolder(async (_folder, open) => {
    const study = open();
    const changed = { ...study.declared("grows"), criterion: within(0.8, 1.1), setup: "other" };
    await assertRejects(
      () => study.decide(changed, near, AWAY),
      RangeError,
      "Cannot decide claim paper/grows as a declaration that differs from its claim file needs " +
        '{ amended: reason }: what differs is "criterion, setup"',
    );
    const verdict = await study.decide(changed, near, { ...AWAY, amended: "a slip" });
    assertEquals(verdict.amended, "a slip");
    assertEquals(verdict.amends, claim({ ...study.declared("grows"), seed: 7 }).declarationHash);
    await assertRejects(
      () => study.decide(study.declared("grows"), near, AWAY),
      RangeError,
      "a claim is decided once",
    );
    const settled = { ...study.declared("flat"), choices: ["Haar by QR"] };
    assertEquals((await study.decide(settled, near, AWAY)).settled.choices, ["Haar by QR"]);
    assertThrows(() => study.declared("grow"), RangeError, "close to paper/grows");
  });
});

Deno.test("study.decide() runs one seed of a dear claim, beside the committed verdict", async () => {
  await inFolder(async (folder, open) => {
    Deno.env.set("RESOLVENT_PROFILE", "full");
    const full = open();
    const committed = await full.decide(full.declared("dear"), near, AWAY);
    const row = await full.sensitivity(full.declared("dear"), "half", () => 0.5, {
      profile: "full",
    });
    const { source: _source, ...measured } = row;
    const ledger = mergeLedger(EMPTY_LEDGER, {
      slug: "paper",
      profile: "full",
      seed: "7",
      defaultSeed: "7",
      verdicts: [committed],
      sensitivity: [measured as never],
      date: "2026-03-01",
      provenance: { deno: "2.9.6" },
    });
    await Deno.writeTextFile(new URL("ledger.json", folder), renderLedger(ledger));
    Deno.env.set("RESOLVENT_PROFILE", "quick");
    const quick = open();
    let runs = 0;
    const verdict = await quick.decide(quick.declared("dear"), (key) => {
      runs++;
      return near(key);
    }, AWAY);
    assertEquals([verdict.status, runs], ["not decided", 1]);
    assertEquals([verdict.committed?.status, verdict.committed?.date], [
      "reproduced",
      "2026-03-01",
    ]);
    const kept = await quick.sensitivity(quick.declared("dear"), "half", () => 0.5, {
      profile: "full",
    });
    assertEquals([kept.status, kept.source], ["contradicted", "2026-03-01"]);
    const none = await quick.sensitivity(quick.declared("dear"), "other", () => 0.5, {
      profile: "full",
    });
    assertEquals([none.status, none.source], ["not run", "full profile"]);
    assertStringIncludes(quick.sensitivityTable().text, "half");
    quick.expect({ dear: "reproduced" });
  });
});

Deno.test("study.expect() throws with a line for each difference", async () => {
  await inFolder(async (_folder, open) => {
    const study = open();
    await study.decide(study.declared("grows"), near, AWAY);
    await study.decide(study.declared("flat"), (key) => near(key) + 1, AWAY);
    study.skip(study.declared("dear"), 0.3);
    const wanted = {
      grows: "reproduced",
      flat: { status: "differs", reason: "the width is small" },
      dear: "reproduced",
    } as const;
    assertStringIncludes(study.expect(wanted).text, "2 claims tested");
    const error = assertThrows(() => study.expect({ ...wanted, flat: "reproduced" }), Error);
    assertStringIncludes(
      error.message,
      "Cannot accept the verdicts of paper (quick, seed 7) as they must be those expected:\n" +
        "  paper/flat: expected reproduced, found differs",
    );
    assertThrows(() => study.expect({ ...wanted, other: "reproduced" }), Error, "not declared");
    const { grows: _grows, ...fewer } = wanted;
    assertThrows(() => study.expect(fewer), Error, "paper/grows: nothing is expected");
  });
});

Deno.test("study.expect() bears a fragile difference at another seed alone", async () => {
  const onEdge = (key: Rng, i: number) => 1.0932 + 0.001 * i + 0 * key.uniform(1)[0];
  for (const [seed, isBorne] of [["7", false], ["8", true]] as const) {
    await inFolder(async (_folder, open) => {
      const study = open();
      const verdict = await study.decide(study.declared("grows"), onEdge, AWAY);
      assert(verdict.fragile);
      const wanted = { grows: { status: "inconclusive", reason: "near the edge" } } as const;
      if (verdict.status === "inconclusive") throw new Error("the test needs a difference");
      if (isBorne) study.expect(wanted);
      else assertThrows(() => study.expect(wanted), Error, "expected inconclusive");
    }, { RESOLVENT_SEED: seed });
  }
});

Deno.test("study.expect() bears another seed that decides what the committed one left open", async () => {
  const across = (_key: Rng, i: number) => 1.1 + (i % 2 === 0 ? 0.02 : -0.02);
  for (const [committedHolds, isBorne] of [[true, true], [false, false]] as const) {
    await inFolder(async (folder, open) => {
      const first = open();
      const left = await first.decide(first.declared("grows"), across, {
        control: committedHolds ? AWAY.control : () => 1,
      });
      assertEquals([left.status, left.fragile, left.control?.holds], [
        "inconclusive",
        false,
        committedHolds,
      ]);
      const ledger = mergeLedger(EMPTY_LEDGER, {
        slug: "paper",
        profile: "quick",
        seed: "7",
        defaultSeed: "7",
        verdicts: [left],
        sensitivity: [],
        date: "2026-03-01",
        provenance: { deno: "2.9.6" },
      });
      await Deno.writeTextFile(new URL("ledger.json", folder), renderLedger(ledger));
      const wanted = { grows: { status: "inconclusive", reason: "few seeds" } } as const;
      for (const seed of ["7", "8"]) {
        Deno.env.set("RESOLVENT_SEED", seed);
        const study = open();
        await study.decide(study.declared("grows"), near, AWAY);
        if (isBorne && seed === "8") study.expect(wanted);
        else assertThrows(() => study.expect(wanted), Error, "expected inconclusive");
      }
    }, { RESOLVENT_SEED: "7" });
  }
});

Deno.test("openStudy() reports its record to the sink", async () => {
  const records: StudyRecord[] = [];
  const shown: unknown[] = [];
  installSink({
    display: (bundle) => void shown.push(bundle),
    stream: () => {},
    study: (record) => void records.push(record as StudyRecord),
  });
  try {
    await inFolder(async (_folder, open) => {
      const study = open();
      await study.decide(study.declared("grows"), near, AWAY);
      await study.sensitivity(study.declared("grows"), "half", () => 0.5);
      study.expect({ grows: "reproduced" });
    });
  } finally {
    delete (globalThis as { [SINK]?: unknown })[SINK];
  }
  const last = records.at(-1)!;
  assertEquals([last.slug, last.profile, last.seed, last.defaultSeed], [
    "paper",
    "quick",
    "7",
    "7",
  ]);
  assertEquals(last.verdicts.map(({ id, status }) => [id, status]), [[
    "paper/grows",
    "reproduced",
  ]]);
  assertEquals(last.sensitivity.map(({ status, source }) => [status, source]), [
    ["contradicted", "this run"],
  ]);
  assertEquals(last.expected, { "paper/grows": "reproduced" });
  assertEquals(JSON.parse(JSON.stringify(last)), last);
  assertEquals(records[0].verdicts, []);
});

Deno.test("openStudy() refuses an unknown paper, another profile and no seed", async () => {
  assertThrows(
    () => openStudy("spectral-update-when", { seed: 1 }),
    RangeError,
    "close to spectral-updates-when",
  );
  await inFolder((_folder, open) => {
    assertThrows(open, RangeError, 'RESOLVENT_PROFILE must be one of "quick", "full"');
    return Promise.resolve();
  }, { RESOLVENT_PROFILE: "slow" });
  await inFolder((folder) => {
    const text = "Cannot open the study of paper as it declares a root seed";
    assertThrows(() => openStudy("paper", { folder } as never), TypeError, text);
    return Promise.resolve();
  });
});
