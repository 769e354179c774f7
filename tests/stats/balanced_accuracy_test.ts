import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { balancedAccuracy, rng } from "resolvent";
import fc from "fast-check";

/** Four divisions and two sums of numbers up to 1. */
const ROUNDING = 1e-15;

Deno.test("balancedAccuracy() of values known by hand", () => {
  assertEquals(balancedAccuracy([true, false], [true, false]), 1);
  assertEquals(balancedAccuracy([false, true], [true, false]), 0);
  // Of 4 that happened 1 is called, of 2 that did not 2: (1/4 + 2/2) / 2.
  const happened = [true, true, true, true, false, false];
  assertEquals(balancedAccuracy([true, false, false, false, false, false], happened), 0.625);
});

Deno.test("balancedAccuracy() is 0.5 where one outcome never occurs", () => {
  for (const only of [true, false]) {
    assertEquals(balancedAccuracy([true, false, true], [only, only, only]), 0.5);
    assertEquals(balancedAccuracy([only], [only]), 0.5);
  }
});

Deno.test("balancedAccuracy() is turned round by the opposite call, and blind to names and order", () => {
  const pairs = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(pairs, (list) => {
      const called = list.map(([call]) => call), happened = list.map(([, event]) => event);
      const opposite = called.map((call) => !call), others = happened.map((event) => !event);
      const share = balancedAccuracy(called, happened);
      assertAlmostEquals(balancedAccuracy(opposite, happened), 1 - share, ROUNDING);
      assertAlmostEquals(balancedAccuracy(opposite, others), share, ROUNDING);
      const backwards = balancedAccuracy(called.toReversed(), happened.toReversed());
      assertEquals(backwards, share);
      assertEquals(balancedAccuracy(called.map(() => true), happened), 0.5);
    }),
    { seed: 2 },
  );
});

Deno.test("balancedAccuracy() of calls by chance is near 0.5, however rare the outcome", () => {
  const key = rng("chance"), n = 20_000;
  const called = Array.from(key.fork("called").uniform(n), (u) => u < 0.3);
  const happened = Array.from(key.fork("happened").uniform(n), (u) => u < 0.05);
  // Of 1000 events that happened the rate has the standard error 0.015, half of which counts.
  assertAlmostEquals(balancedAccuracy(called, happened), 0.5, 0.03);
});

Deno.test("balancedAccuracy() refuses lists of different lengths, empty ones and numbers", () => {
  assertThrows(
    () => balancedAccuracy([true], [true, false]),
    TypeError,
    "Cannot compute a balanced accuracy as happened must have as many entries as called, 1: " +
      "happened.length is 2",
  );
  assertThrows(
    () => balancedAccuracy([], []),
    RangeError,
    "Cannot compute a balanced accuracy as there must be calls: called.length is 0",
  );
  assertThrows(
    () => balancedAccuracy([true, 1 as never], [true, true]),
    TypeError,
    "Cannot compute a balanced accuracy as every entry must be a boolean: called[1] is 1",
  );
  assertThrows(() => balancedAccuracy([true], "yes" as never), TypeError, 'happened is "yes"');
});
