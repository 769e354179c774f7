import { assertEquals, assertThrows } from "@std/assert";
import { claim, rng } from "resolvent";
import { compareVerdicts, type Expectations } from "../../lib/notebook/expectations.ts";
import { fields } from "../claims/fixture.ts";

const VERDICT = await claim(fields()).decide(rng(1), (_key, i) => 1 + i / 1000, {
  control: () => 0,
});

/** Lines for one expectation about the test's claim. */
function lines(expected: Expectations, profile: "quick" | "full" = "quick", mayDiffer = false) {
  return compareVerdicts([VERDICT], expected, {
    profile,
    known: (id) => id === "paper/known",
    mayDiffer: () => mayDiffer,
  });
}

Deno.test("compareVerdicts() finds no difference where there is none", () => {
  assertEquals(lines({ "paper/claim": "reproduced" }), []);
  const both = { quick: "reproduced", full: "differs" } as const;
  assertEquals(lines({ "paper/claim": { status: both, reason: "width" } }), []);
  assertEquals(lines({ "paper/claim": { status: both, reason: "width" } }, "full").length, 1);
  assertEquals(lines({ "paper/claim": { status: "differs", reason: "x" } }, "quick", true), []);
});

Deno.test("compareVerdicts() names what no cell decides", () => {
  const expected = { "paper/claim": "reproduced", "paper/known": "reproduced" } as const;
  assertEquals(lines(expected), ["paper/known: expected, not decided by any cell"]);
  assertEquals(lines({ "paper/claim": "reproduced", "paper/x": "reproduced" }), [
    "paper/x: expected, not declared",
  ]);
});

Deno.test("compareVerdicts() asks for the reason of what does not reproduce", () => {
  assertThrows(
    () => lines({ "paper/claim": "contradicted" }),
    TypeError,
    "Cannot expect a verdict on paper/claim as what does not reproduce is expected as " +
      "{ status, reason }",
  );
  assertThrows(
    () => lines({ "paper/claim": { status: "differs", reason: "" } }),
    TypeError,
    "it needs a reason",
  );
});
