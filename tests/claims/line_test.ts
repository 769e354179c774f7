import { assertEquals, assertMatch } from "@std/assert";
import { atLeast, claim, multiplicityLine, notDecided, outside, rng, verdictLine } from "resolvent";
import { bracket, criterionText, digits, estimateText } from "../../lib/claims/line.ts";
import { fields } from "./fixture.ts";

Deno.test("digits() writes four significant digits, or as many as an interval tells apart", () => {
  assertEquals([0, 1.23456, -0.5, 12345, 1e-11, 3.456e-5, 2e6].map((x) => digits(x)), [
    "0",
    "1.235",
    "-0.5",
    "12350",
    "1e-11",
    "3.46e-5",
    "2e6",
  ]);
  assertEquals(digits(0.0012345, 0.5), "0.001");
  assertEquals(digits(1.00012345, 0.001), "1.00012");
  assertEquals(bracket([0.98767, 1.02344]), "[0.9877, 1.0234]");
});

Deno.test("criterionText() and estimateText() are readable", () => {
  assertEquals(criterionText(atLeast(0.6931)), "at least 0.6931");
  assertEquals(criterionText(outside(-1, 1)), "outside [-1, 1]");
  const log = { estimate: Math.log(2), interval: [Math.log(1.5), Math.log(3)], log: true } as const;
  assertEquals(estimateText(log), "0.693 [0.405, 1.099] (ratio 2 [1.5, 3])");
  assertEquals(estimateText({ estimate: 3e-13, interval: [3e-13, 3e-13] }), "3e-13");
  assertEquals(estimateText({ estimate: null, interval: null }), "no estimate");
});

Deno.test("verdictLine() is one line, also for a claim that is not decided", async () => {
  const verdict = await claim(fields({ origin: "pilot" })).decide(
    rng(1),
    (_key, i) => 0.9 + i / 500,
    { control: () => 0, amended: "sizes" },
  );
  assertEquals(
    verdictLine(verdict),
    "reproduced    paper/claim (fragile, exploratory, amended): 0.907 [0.9009, 0.9131], " +
      "within [0.9, 1.1], n = 8",
  );
  const open = notDecided(claim(fields({ profile: "full" })), "too dear");
  assertEquals(
    verdictLine(open),
    "not decided   paper/claim: within [0.9, 1.1]; too dear; " +
      "the full profile has not decided it either",
  );
  assertEquals(verdictLine(verdict).includes("\n"), false);
});

Deno.test("multiplicityLine() counts claims and expected false verdicts", () => {
  const line = multiplicityLine([
    { status: "reproduced", kind: "mean", level: 0.99 },
    { status: "differs", kind: "median", level: 0.9922 },
    { status: "inconclusive", kind: "slope", level: 0.99 },
    { status: "reproduced", kind: "forall", level: null },
    { status: "not decided", kind: "mean", level: null },
  ]);
  assertMatch(line, /^4 claims tested, 3 of them by intervals of 99 %: at most 0.0278 false/);
  assertMatch(line, /dependent/);
  assertMatch(line, /; 1 by bounds or searches, without such a rate; 1 not decided/);
});
