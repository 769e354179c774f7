import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import {
  atLeast,
  atMost,
  claim,
  type ClaimInput,
  notDecided,
  type Rng,
  rng,
  slope,
  within,
} from "resolvent";
import { fields } from "./fixture.ts";

/** A measure that draws one normal number. */
function normal(mean: number, sd = 0.02): (key: Rng) => number {
  return (key) => key.normal(1, { mean, sd })[0];
}

const AWAY = { control: normal(0) };

Deno.test("claim.decide() measures exactly n keys, the control on the same ones", async () => {
  const seen: string[] = [];
  const controlled: string[] = [];
  const verdict = await claim(fields()).decide(rng(7), (key, index) => {
    seen.push(`${index} ${key.state.key}`);
    return normal(1)(key);
  }, {
    control: (key, index) => {
      controlled.push(`${index} ${key.state.key}`);
      return 0.1 * index;
    },
    seed: 7,
  });
  assertEquals(seen, rng(7).split(8).map((key, i) => `${i} ${key.state.key}`));
  assertEquals(controlled, seen);
  assertEquals([verdict.status, verdict.n, verdict.values.length], ["reproduced", 8, 8]);
  assertEquals([verdict.seed, verdict.profile, verdict.sizesHere], ["7", "quick", "k = 8"]);
  assertEquals(verdict.control?.holds, true);
  assertEquals(verdict.control?.arms[0].values.length, 8);
});

Deno.test("claim.decide() begins the full profile with the same keys, and takes its own n", async () => {
  const full = await claim(fields()).decide(rng(7), normal(1), { ...AWAY, profile: "full" });
  const quick = await claim(fields()).decide(rng(7), normal(1), AWAY);
  assertEquals([full.n, full.sizesHere], [16, "k = 16"]);
  assertEquals(full.values.slice(0, 8), quick.values);
});

Deno.test("claim.decide() repeats itself, and another key gives other numbers", async () => {
  const first = await claim(fields()).decide(rng(7), normal(1), AWAY);
  assertEquals(await claim(fields()).decide(rng(7), normal(1), AWAY), first);
  const other = await claim(fields()).decide(rng(8), normal(1), AWAY);
  assertNotEquals(other.values, first.values);
});

Deno.test("claim.decide() tells contradicted from differs by what the statement covers", async () => {
  const far = normal(2);
  assertEquals((await claim(fields()).decide(rng(1), far, AWAY)).status, "contradicted");
  const reduced = claim(fields({ covers: false }));
  assertEquals((await reduced.decide(rng(1), far, AWAY)).status, "differs");
});

Deno.test("claim.decide() is inconclusive when the control does not land outside", async () => {
  const inside = await claim(fields()).decide(rng(1), normal(1), { control: normal(1) });
  assertEquals([inside.status, inside.control?.holds], ["inconclusive", false]);
  assert(inside.notes[0].startsWith("control failed"), inside.notes[0]);
  assert(inside.notes[0].endsWith("without it reproduced"));
  const across = await claim(fields()).decide(rng(1), normal(1), { control: normal(0.9, 0.3) });
  assertEquals(across.status, "inconclusive");
  const both = await claim(fields()).decide(rng(1), normal(1), { control: [normal(0), normal(1)] });
  assertEquals([both.status, both.control?.arms.length], ["inconclusive", 2]);
  const named = { noise: normal(0), "longer step": normal(3) };
  const held = await claim(fields()).decide(rng(1), normal(1), { control: named });
  assertEquals(held.status, "reproduced");
  assertEquals(held.control?.arms.map(({ label }) => label), ["noise", "longer step"]);
  const contradicted = await claim(fields()).decide(rng(1), normal(2), { control: normal(1) });
  assertEquals(contradicted.status, "inconclusive");
});

Deno.test("claim.decide() runs the example of the design as it stands there", async () => {
  const atZero = (key: Rng) => normal(0)(key);
  const measure = (key: Rng) => {
    const k = [256, 512, 1024];
    return { k, nuclearRank: k.map((size) => size / 3 * Math.exp(normal(0)(key.fork(size)))) };
  };
  const grows = claim({
    id: "spectral-updates-when/nuclear-rank-grows",
    statement: "After one gradient step the gradient's nuclear rank grows linearly with dimension",
    source: "arXiv:2512.04299, Lemma 3.5",
    scale: { kind: "reduced", here: "k = 256..1024", paper: "asymptotic" },
    estimand: slope({ of: "nuclearRank", over: "k", log: true }),
    criterion: within(0.9, 1.1),
    origin: "theorem",
    n: 16,
    expectedSd: 0.04,
    control: { statement: "at t = 0 it does not grow", measure: atZero },
  });
  const verdict = await grows.decide(rng(7), measure);
  assertEquals([verdict.status, verdict.n, verdict.control?.holds], ["reproduced", 16, true]);
  assertEquals([verdict.sizesHere, verdict.sizesPaper], ["k = 256..1024", "asymptotic"]);
  assertEquals([verdict.of, verdict.log], ["log-log slope of nuclearRank over k", false]);
  assertEquals(verdict.shown[0].k, [256, 512, 1024]);
  assertEquals([...verdict.values], verdict.shown.map(({ value }) => value));
  assertEquals((await grows.decide(rng(7), () => 2)).status, "differs");
});

Deno.test("claim.decide() tells where a verdict came from, outside of the plain data", async () => {
  const verdict = await claim(fields()).decide(rng(7), normal(1), { ...AWAY, seed: 7 });
  const { seed, profile, settings, source } = verdict.provenance;
  assertEquals([seed, profile, source.length], ["7", "quick", 64]);
  assertEquals(settings.declarationHash, verdict.declarationHash);
  assertEquals(settings.key, rng(7).state);
  assertEquals(verdict.provenance, verdict.provenance);
  assertEquals("provenance" in JSON.parse(JSON.stringify(verdict)), false);
});

Deno.test("claim.decide() names what an open claim needs", async () => {
  const open = await claim(fields()).decide(rng(1), normal(1.08, 0.05), AWAY);
  assertEquals(open.status, "inconclusive");
  assert(open.needs! > 8);
  assertEquals(open.notes, [`about ${open.needs} seeds would decide, if the estimate stays`]);
  const edge = await claim(fields({ criterion: atLeast(1.5) })).decide(
    rng(1),
    (_key, i) => i % 2 === 0 ? 1 : 2,
    AWAY,
  );
  assert(edge.notes[0].includes("so near an edge"), edge.notes[0]);
});

Deno.test("claim.decide() counts censored values aloud, and is open beyond one in ten", async () => {
  const measure = (limit: number) => (key: Rng, i: number) => ({
    value: normal(1)(key),
    censored: i < limit,
  });
  const long = fields({ n: 20 });
  const two = await claim(long).decide(rng(1), measure(2), AWAY);
  assertEquals([two.status, two.censored, two.notes[0]], ["reproduced", 2, "2 of 20 censored"]);
  const three = await claim(long).decide(rng(1), measure(3), AWAY);
  assertEquals([three.status, three.censored], ["inconclusive", 3]);
  const more = await claim({ ...long, censoredUpTo: 0.2 }).decide(rng(1), measure(3), AWAY);
  assertEquals(more.status, "reproduced");
});

Deno.test("claim.decide() labels a criterion from a pilot, and keeps a reason of amendment", async () => {
  const pilot = claim(fields({ origin: "pilot" }));
  const verdict = await pilot.decide(rng(1), normal(1), { ...AWAY, amended: "a wrong size" });
  assertEquals([verdict.exploratory, verdict.amended], [true, "a wrong size"]);
  assertEquals((await claim(fields()).decide(rng(1), normal(1), AWAY)).exploratory, false);
});

Deno.test("claim.decide() reports progress of claim and control", async () => {
  const seen: string[] = [];
  const onProgress = ({ done, total }: { done: number; total: number }) => {
    seen.push(`${done}/${total}`);
  };
  await claim(fields()).decide(rng(1), normal(1), { ...AWAY, onProgress });
  assertEquals([seen.length, seen[0], seen[15]], [16, "1/16", "16/16"]);
});

Deno.test("claim.decide() keeps what seeds show beside their numbers out of the plain data", async () => {
  const verdict = await claim(fields()).decide(
    rng(1),
    (key, index) => ({ value: normal(1)(key), curve: [index, 2 * index] }),
    AWAY,
  );
  assertEquals(verdict.shown[3].curve, [3, 6]);
  assertEquals(JSON.stringify(verdict).includes("curve"), false);
  assertEquals(JSON.parse(JSON.stringify(verdict)), { ...verdict });
  const bundle = verdict[Symbol.for("Jupyter.display")]();
  assertEquals(Object.keys(bundle), ["text/html", "text/plain"]);
});

Deno.test("claim.decide() asks whether the measure uses its key when all numbers are equal", async () => {
  const verdict = await claim(fields()).decide(rng(1), () => 1, AWAY);
  assertEquals(verdict.notes, ["all seeds gave the same number: does the measure use its key?"]);
});

Deno.test("claim.decide() decides medians, proportions and pairs", async () => {
  const kinds: readonly (readonly [Partial<ClaimInput>, (key: Rng) => number | boolean])[] = [
    [{ estimand: { kind: "median", of: "x" } }, normal(1)],
    [{ estimand: { kind: "paired", of: "x" } }, normal(1)],
    [
      { estimand: { kind: "proportion", of: "x" }, criterion: atLeast(0.4) },
      (key) => key.uniform(1)[0] < 2,
    ],
  ];
  for (const [replaced, measure] of kinds) {
    const control = replaced.estimand!.kind === "proportion"
      ? () => false
      : (key: Rng) => normal(0)(key);
    const verdict = await claim(fields({ ...replaced, n: 16 })).decide(rng(1), measure, {
      control,
    });
    assertEquals(verdict.status, "reproduced", replaced.estimand!.kind);
  }
});

Deno.test("claim.decide() of identity and exists needs one run", async () => {
  const equal = claim(
    fields({ estimand: { kind: "identity", of: "x" }, criterion: atMost(1e-10), n: 1 }),
  );
  const controls = { control: { noise: () => 0.02, step: () => 1e-3 } };
  assertEquals((await equal.decide(rng(1), () => 1e-12, controls)).status, "reproduced");
  assertEquals((await equal.decide(rng(1), () => 1e-9, controls)).status, "contradicted");
  assertEquals(
    (await equal.decide(rng(1), () => 1e-12, { control: { noise: () => 0.02, step: () => 0 } }))
      .status,
    "inconclusive",
  );
  const some = claim(
    fields({ estimand: { kind: "exists", of: "x" }, criterion: atLeast(1.2), n: 1 }),
  );
  const found = await some.decide(rng(1), () => ({ value: 1.4, witness: [1, 2] }), {
    control: () => 0.9,
  });
  assertEquals([found.status, found.witness], ["reproduced", [1, 2]]);
  const none = await some.decide(rng(1), () => 1.1, { control: () => 0.9 });
  assertEquals(none.status, "inconclusive");
  assertEquals(none.notes, ["a witness decides; none was found by the search"]);
  const forbidden = await some.decide(rng(1), () => 1.4, { control: () => 1.3 });
  assertEquals(forbidden.status, "inconclusive");
});

Deno.test("claim() and decide() refuse what would steer a verdict", async () => {
  const few = claim(fields({ n: 7 }));
  await assertRejects(
    () => few.decide(rng(1), normal(1), AWAY),
    RangeError,
    "Cannot decide claim paper/claim as n.quick of a slope must be an integer of at least 8",
  );
  const problems = claim(fields({ estimand: { kind: "forall", of: "x" }, n: 999 }));
  await assertRejects(() => problems.decide(rng(1), normal(1), AWAY), RangeError, "1000");
  await assertRejects(
    () => claim(fields()).decide(rng(1), normal(1)),
    TypeError,
    "Cannot decide claim paper/claim as its control (nothing grows) needs a measure",
  );
  const without = claim(fields({ control: { none: "nothing can vanish" } }));
  await assertRejects(() => without.decide(rng(1), normal(1), AWAY), TypeError, "has no control");
  assertEquals((await without.decide(rng(1), normal(1))).noControl, "nothing can vanish");
  const dear = claim(fields({ profile: "full" }));
  await assertRejects(
    () => dear.decide(rng(1), normal(1), AWAY),
    RangeError,
    "it is declared for the full profile (see notDecided)",
  );
  await assertRejects(
    () => claim(fields()).decide(7 as never, normal(1), AWAY),
    TypeError,
    "it needs a random key",
  );
  await assertRejects(
    () => claim(fields()).decide(rng(1), normal(1), { ...AWAY, profile: "slow" as never }),
    RangeError,
    'profile must be one of "quick", "full"',
  );
  await assertRejects(
    () => claim(fields()).decide(rng(1), normal(1), { control: [] }),
    RangeError,
    "a control has at least one condition",
  );
  await assertRejects(
    () => claim(fields()).decide(rng(1), normal(1), { control: () => NaN }),
    RangeError,
    "Cannot decide claim paper/claim by its control as every seed must give a finite number",
  );
  assertThrows(() => claim({ id: "x" } as never), Error, "Cannot declare claim x");
});

Deno.test("notDecided() stands beside the committed verdict", () => {
  const dear = claim(fields({ profile: "full" }));
  const committed = {
    status: "reproduced",
    fragile: false,
    estimate: 1,
    interval: [0.95, 1.05],
    n: 16,
    date: "2026-01-02",
  } as const;
  const verdict = notDecided(dear, "too dear", { smoke: 0.5, committed, seed: 7 });
  assertEquals([verdict.status, verdict.estimate, verdict.interval], ["not decided", null, null]);
  assertEquals(verdict.notes, ["too dear", "ran at smoke size: 0.5"]);
  assertEquals(verdict.committed, committed);
  assertEquals(verdict.declarationHash, dear.declarationHash);
});
