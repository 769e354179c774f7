import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkValues, moments } from "../../lib/stats/values.ts";

Deno.test("moments() gives mean and standard deviation, also far from zero", () => {
  assertEquals(moments([2, 4, 4, 4, 5, 5, 7, 9]).mean, 5);
  assertAlmostEquals(moments([2, 4, 4, 4, 5, 5, 7, 9]).sd, Math.sqrt(32 / 7), 1e-15);
  assertAlmostEquals(moments([1e9 + 1, 1e9 + 2, 1e9 + 3]).sd, 1, 1e-7);
  assertEquals(moments([3]), { mean: 3, sd: 0 });
});

Deno.test("checkValues() says what was being done and which value is at fault", () => {
  assertEquals(checkValues("fit", "x", [1, 2], 2), [1, 2]);
  assertThrows(() => checkValues("fit", "x", [1], 2), RangeError, "Cannot fit as the number of x");
  assertThrows(
    () => checkValues("fit", "x", [0, -Infinity], 1),
    RangeError,
    "Cannot fit as every value must be a finite number: x[1] is -Infinity",
  );
});
