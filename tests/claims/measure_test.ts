import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { rng } from "resolvent";
import { type Measure, runMeasure } from "../../lib/claims/measure.ts";
import type { EstimandKind } from "../../lib/claims/estimand.ts";

/** Runs a measure on three keys. */
function run(measure: Measure, kind: EstimandKind = "mean") {
  return runMeasure("decide claim x", { kind, of: "x" }, measure, rng(1).split(3), () => {});
}

Deno.test("runMeasure() starts all seeds at once and keeps their order", async () => {
  const order: string[] = [];
  const gates = [3, 2, 1].map(() => Promise.withResolvers<void>());
  const done = run(async (_key, i) => {
    order.push(`start ${i}`);
    await gates[i].promise;
    order.push(`end ${i}`);
    gates[i - 1]?.resolve();
    return { value: i, note: `seed ${i}` };
  });
  gates[2].resolve();
  assertEquals(await done, [0, 1, 2].map((i) => ({ value: i, note: `seed ${i}` })));
  assertEquals(order, ["start 0", "start 1", "start 2", "end 2", "end 1", "end 0"]);
});

Deno.test("runMeasure() takes measures of all seeds together", async () => {
  const keys = rng(1).split(3);
  const values = keys.map((key) => key.uniform(1)[0]);
  const together = await run({ all: (all) => all.map((key) => key.uniform(1)[0]) });
  assertEquals(together.map(({ value }) => value), values);
  await assertRejects(
    () => run({ all: () => [1, 2] }),
    TypeError,
    "Cannot decide claim x as measure.all must give one result for each of 3 seeds: " +
      "the number of results is 2",
  );
});

Deno.test("runMeasure() counts truth values for a proportion, and only there", async () => {
  const shares = await run((_key, i) => i > 0, "proportion");
  assertEquals(shares.map(({ value }) => value), [0, 1, 1]);
  await assertRejects(() => run(() => 0.5, "proportion"), RangeError, "counts true and false");
  await assertRejects(() => run(() => true), TypeError, "every seed must give a number");
});

Deno.test("runMeasure() drops no seed: what is not finite or throws is an error with its index", async () => {
  await assertRejects(
    () => run((_key, i) => i === 1 ? NaN : 0),
    RangeError,
    "Cannot decide claim x as every seed must give a finite number: " +
      "the value of seed index 1 is NaN",
  );
  const failing = () =>
    run((_key, i) => {
      if (i === 2) throw new RangeError("the matrix is singular");
      return 0;
    });
  const error = await assertRejects(
    failing,
    Error,
    "Cannot decide claim x as no seed may be dropped: seed index 2 threw: the matrix is singular",
  );
  assertEquals((error.cause as Error).name, "RangeError");
  await assertRejects(() => run(() => undefined as never), TypeError, "index 0 is undefined");
  await assertRejects(() => run(7 as never), TypeError, "must be a function of a key, or { all }");
});

Deno.test("runMeasure() lets an abort pass as it is", async () => {
  const reason = new DOMException("stopped", "AbortError");
  const error = await assertRejects(() => run(() => Promise.reject(reason)));
  assertStrictEquals(error, reason as unknown as Error);
});
