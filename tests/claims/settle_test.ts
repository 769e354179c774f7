import { assertEquals } from "@std/assert";
import { settledStatus } from "../../lib/claims/settle.ts";

Deno.test("settledStatus() follows a table of cases", () => {
  const reproduced = { judgement: { status: "reproduced" }, n: 20 } as const;
  const differs = { judgement: { status: "differs" }, n: 20 } as const;
  const cases = [
    [{ ...reproduced, censored: 0 }, { status: "reproduced" }],
    [{ ...reproduced, censored: 0, controlHolds: true }, { status: "reproduced" }],
    [
      { ...reproduced, censored: 0, controlHolds: false },
      { status: "inconclusive", spoiled: "control" },
    ],
    [{ ...differs, censored: 0, controlHolds: false }, {
      status: "inconclusive",
      spoiled: "control",
    }],
    [{ ...differs, censored: 2 }, { status: "differs" }],
    [{ ...differs, censored: 3 }, { status: "inconclusive", spoiled: "censored" }],
    [{ ...differs, censored: 3, censoredUpTo: 0.5 }, { status: "differs" }],
  ] as const;
  for (const [given, expected] of cases) assertEquals(settledStatus(given), expected);
});
