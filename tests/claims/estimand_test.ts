import { assertEquals, assertThrows } from "@std/assert";
import { equality, exists, forall, mean, median, paired, proportion, slope } from "resolvent";
import { estimandText, KINDS } from "../../lib/claims/estimand.ts";

Deno.test("the constructors of estimands cover every kind", () => {
  const made = [mean, median, proportion, paired, slope, forall, exists, equality];
  assertEquals(made.map((make) => make({ of: "x" }).kind), [...KINDS]);
  assertEquals(paired({ of: "log(a/b)", log: true }), {
    kind: "paired",
    of: "log(a/b)",
    log: true,
  });
});

Deno.test("slope() names two quantities, and says what is fitted", () => {
  const made = slope({ of: "nuclearRank", over: "k", log: true });
  assertEquals(made, { kind: "slope", of: "nuclearRank", log: true, over: "k" });
  assertEquals(estimandText(made), "log-log slope of nuclearRank over k");
  assertEquals(estimandText(slope({ of: "loss", over: "step" })), "slope of loss over step");
  assertEquals(estimandText(slope({ of: "an exponent" })), "an exponent");
  assertThrows(() => slope({ of: "x", over: 3 as never }), TypeError, "over is 3");
  assertThrows(() => slope(undefined as never), TypeError, "of is {}");
});

Deno.test("mean() refuses numbers: it names an estimand, and computes nothing", () => {
  assertThrows(
    () => mean([1, 2] as never),
    TypeError,
    "Cannot name what a claim estimates by its mean as of must be a text that names the quantity",
  );
});
