import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { atLeast, atMost, claim, type Found, rng, type WorstProblem } from "resolvent";
import { fields } from "./fixture.ts";

/** A claim about a thousand problems. */
function bounded(covers = true) {
  const estimand = { kind: "forall", of: "excess" } as const;
  return claim(fields({ estimand, criterion: atMost(0), n: 1000, covers }));
}

const VIOLATED = { control: (_key: unknown, i: number) => i === 5 ? 1 : -1 };

Deno.test("decide() of forall holds when neither draws nor the search violate", async () => {
  let given: readonly WorstProblem[] = [];
  const verdict = await bounded().decide(rng(1), (_key, i) => -1 - i, {
    ...VIOLATED,
    search: (_key, worst) => {
      given = worst;
      return -0.5;
    },
  });
  assertEquals([verdict.status, verdict.estimate], ["reproduced", -0.5]);
  assertEquals(given.slice(0, 2), [{ index: 0, value: -1 }, { index: 1, value: -2 }]);
  assertEquals([given.length, verdict.values.length, verdict.n], [20, 21, 1000]);
  assertEquals(verdict.notes, [
    "adversarial search reached -0.5",
    "no violation: rate at most 0.003 (3/n, at 95 %) among such problems",
  ]);
  assertEquals(verdict.witness, undefined);
});

Deno.test("decide() of forall is contradicted by one violation, of the draws or of the search", async () => {
  const drawn = await bounded().decide(rng(1), (_key, i) => i === 17 ? 0.1 : -1, VIOLATED);
  assertEquals([drawn.status, drawn.estimate], ["contradicted", 0.1]);
  assertEquals(drawn.witness, { seedIndex: 17 });
  const found: Found = { value: 0.2, witness: { a: [1, 2] } };
  const searched = await bounded().decide(rng(1), () => -1, { ...VIOLATED, search: () => found });
  assertEquals([searched.status, searched.witness], ["contradicted", { a: [1, 2] }]);
  const reduced = await bounded(false).decide(rng(1), (_key, i) => i === 3 ? 1 : -1, VIOLATED);
  assertEquals(reduced.status, "differs");
});

Deno.test("decide() of forall evaluates a violation again before it counts", async () => {
  const asked: number[] = [];
  const verdict = await bounded().decide(rng(1), (_key, i) => i === 17 || i === 3 ? 1e-12 : -1, {
    ...VIOLATED,
    recheck: (index) => {
      asked.push(index);
      return -1e-13;
    },
  });
  assertEquals(asked, [3, 17]);
  assertEquals([verdict.status, verdict.estimate], ["reproduced", -1e-13]);
  const real = await bounded().decide(rng(1), (_key, i) => i === 3 ? 1e-12 : -1, {
    ...VIOLATED,
    recheck: () => 2e-12,
  });
  assertEquals([real.status, real.estimate], ["contradicted", 2e-12]);
});

Deno.test("decide() of forall looks for the smallest value where the criterion is a lower bound", async () => {
  const estimand = { kind: "forall", of: "smallest eigenvalue" } as const;
  const positive = claim(fields({ estimand, criterion: atLeast(1e-12), n: 1000 }));
  const verdict = await positive.decide(rng(1), (key) => 1 + key.uniform(1)[0], {
    control: () => 0,
    search: (_key, [first]) => first.value,
  });
  assertEquals(verdict.status, "reproduced");
  assertEquals(verdict.estimate, Math.min(...verdict.values));
});

Deno.test("decide() of forall needs a control that is violated", async () => {
  const verdict = await bounded().decide(rng(1), () => -1, { control: () => -1 });
  assertEquals(verdict.status, "inconclusive");
  assertEquals(verdict.control?.holds, false);
});

Deno.test("decide() gives the search a key of its own, and refuses what is not finite", async () => {
  const key = rng(1);
  let used: unknown;
  await bounded().decide(key, () => -1, {
    ...VIOLATED,
    search: (own) => {
      used = own.state;
      return -1;
    },
  });
  assertEquals(used, key.fork("search").state);
  assertNotEquals(used, key.state);
  await assertRejects(
    () => bounded().decide(key, () => -1, { ...VIOLATED, search: () => NaN }),
    RangeError,
    "Cannot decide claim paper/claim as the adversarial search must give a finite number",
  );
});
