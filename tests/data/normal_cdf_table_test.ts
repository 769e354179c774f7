import { assert, assertAlmostEquals } from "@std/assert";
import { tabulatedNormalCdf } from "../../lib/data/normal_cdf_table.ts";
import { normalCdf } from "../../lib/stats/special.ts";

Deno.test("tabulatedNormalCdf() is the normal distribution function in both tails", () => {
  const cdf = tabulatedNormalCdf();
  for (let z = -12; z <= 12; z += 0.00713) {
    const expected = normalCdf(z);
    // The series of normalCdf rounds by up to 5e-16; in the tail its continued fraction does not.
    assertAlmostEquals(cdf(z), expected, 1e-15);
    if (z < -4) assertAlmostEquals(cdf(z) / expected, 1, 2e-13, `at ${z}`);
  }
  assert(cdf(-40) === 0 && cdf(40) === 1 && cdf(0) === 0.5 && Number.isNaN(cdf(NaN)));
});
