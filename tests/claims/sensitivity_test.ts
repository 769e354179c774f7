import { assertEquals, assertRejects } from "@std/assert";
import { claim, rng } from "resolvent";
import { fields } from "./fixture.ts";

Deno.test("claim.sensitivityRow() judges by the same criterion and n, without a control", async () => {
  const declared = claim(fields());
  const row = await declared.sensitivityRow(
    "half the step",
    rng(1),
    (key) => key.normal(1)[0] / 99,
  );
  assertEquals([row.id, row.label, row.status], ["paper/claim", "half the step", "contradicted"]);
  assertEquals([row.n, row.profile, row.fragile], [8, "quick", false]);
  const verdict = await declared.decide(rng(1), (key) => key.normal(1)[0] / 99, {
    control: () => 0,
  });
  assertEquals([row.estimate, row.interval], [verdict.estimate, verdict.interval]);
  const full = await declared.sensitivityRow("x", rng(1), () => 1, { profile: "full" });
  assertEquals([full.n, full.status], [16, "reproduced"]);
  const fewer = await declared.sensitivityRow("x", rng(1), () => 1, {
    profile: "full",
    seeds: "quick",
  });
  assertEquals([fewer.n, fewer.profile], [row.n, "full"]);
  const dear = claim({ ...fields(), profile: "full" });
  const fewest = { profile: "full", seeds: "quick" } as const;
  assertEquals((await dear.sensitivityRow("x", rng(1), () => 1, fewest)).n, row.n);
});

Deno.test("claim.sensitivityRow() may report without a status", async () => {
  const row = await claim(fields()).sensitivityRow("x", rng(1), () => 5, { reportedOnly: true });
  assertEquals([row.status, row.estimate], ["reported", 5]);
});

Deno.test("claim.sensitivityRow() searches for a worse problem, as the claim does", async () => {
  const estimand = { kind: "forall", of: "excess" } as const;
  const declared = claim(fields({ estimand, criterion: { atMost: 0 }, n: 1000 }));
  const row = await declared.sensitivityRow("W = 0", rng(1), () => -1, { search: () => 0.1 });
  assertEquals([row.status, row.estimate], ["contradicted", 0.1]);
});

Deno.test("claim.sensitivityRow() names the row in its errors", async () => {
  await assertRejects(
    () => claim(fields()).sensitivityRow("wide", rng(1), () => NaN),
    RangeError,
    'Cannot measure row "wide" of claim paper/claim as every seed must give a finite number',
  );
});
