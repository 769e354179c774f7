import { assertEquals, assertThrows } from "@std/assert";
import { verdictsOf } from "../../lib/report/verdicts.ts";
import { VERDICTS } from "./fixture.ts";

Deno.test("verdictsOf() reads the verdicts of a record, also from JSON", () => {
  const record = JSON.parse(JSON.stringify({ verdicts: VERDICTS }));
  assertEquals(verdictsOf(record), VERDICTS);
  assertEquals(verdictsOf({}), []);
});

Deno.test("verdictsOf() says what is wrong with a record", () => {
  assertThrows(
    () => verdictsOf({ verdicts: 3 }),
    TypeError,
    "Cannot read the record of a run as its verdicts must be a list: verdicts is 3",
  );
  assertThrows(
    () => verdictsOf({ verdicts: [VERDICTS[0], { id: "a" }] }),
    TypeError,
    "each verdict must have id, statement, status and criterion: verdict 2 is",
  );
});
