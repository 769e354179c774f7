import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { betaQuantile, normalQuantile, tQuantile } from "../../lib/stats/quantiles.ts";
import { normalCdf, regularisedBeta } from "../../lib/stats/special.ts";

/** Half a unit of the last digit that the printed tables give. */
const TABLE = 5.1e-4;
/** Rounding of a continued fraction and of log-gamma at parameters up to 1e4. */
const ROUND_TRIP = 1e-10;

Deno.test("tQuantile() agrees with printed tables (Student's t, one-sided)", () => {
  const table: readonly (readonly [df: number, p: number, t: number])[] = [
    [1, 0.975, 12.706],
    [1, 0.995, 63.657],
    [2, 0.995, 9.925],
    [5, 0.975, 2.571],
    [7, 0.995, 3.499],
    [7, 0.9995, 5.408],
    [11, 0.995, 3.106],
    [15, 0.995, 2.947],
    [30, 0.95, 1.697],
    [30, 0.995, 2.75],
    [120, 0.995, 2.617],
    [10, 0.6, 0.26],
  ];
  for (const [df, p, t] of table) assertAlmostEquals(tQuantile(p, df), t, TABLE, `${df}, ${p}`);
});

Deno.test("tQuantile() is exact for one and two degrees of freedom and odd in p - 1/2", () => {
  for (const p of [1e-6, 0.01, 0.3, 0.5, 0.501, 0.9, 0.9999]) {
    assertAlmostEquals(tQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)), 1e-9 / Math.min(p, 1 - p));
    const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
    assertAlmostEquals(tQuantile(p, 2), two, 1e-11 * (1 + Math.abs(two)));
    assertAlmostEquals(tQuantile(1 - p, 9), -tQuantile(p, 9), 1e-9 / Math.min(p, 1 - p));
  }
});

Deno.test("tQuantile() tends to normalQuantile() as the degrees of freedom grow", () => {
  // Cornish-Fisher: t = z + (z^3 + z)/(4 df) + O(1/df^2)
  for (const p of [0.6, 0.9, 0.995]) {
    const z = normalQuantile(p);
    assertAlmostEquals(tQuantile(p, 1e5), z + (z ** 3 + z) / 4e5, 1e-8);
  }
});

Deno.test("normalQuantile() gives the values of printed tables, and their mirror", () => {
  const table = [[0.5, 0], [0.75, 0.6744897501960817], [0.95, 1.6448536269514722]];
  table.push([0.975, 1.959963984540054], [0.995, 2.5758293035489004], [0.999, 3.090232306167813]);
  for (const [p, z] of table) {
    assertAlmostEquals(normalQuantile(p), z, 1e-12);
    assertAlmostEquals(normalQuantile(1 - p), -z, 1e-12);
  }
  assertAlmostEquals(normalQuantile(1e-20), -9.262340089798408, 1e-13);
});

Deno.test("normalCdf() undoes normalQuantile()", () => {
  for (const p of [1e-200, 1e-12, 0.001, 0.02425, 0.3, 0.5, 0.8, 0.999]) {
    assertAlmostEquals(normalCdf(normalQuantile(p)), p, 1e-12 * p);
  }
});

Deno.test("betaQuantile() has closed forms when a parameter is one", () => {
  for (const p of [0.005, 0.2, 0.995]) {
    assertAlmostEquals(betaQuantile(p, 1, 8), 1 - (1 - p) ** (1 / 8), 1e-14);
    assertAlmostEquals(betaQuantile(p, 400, 1), p ** (1 / 400), 1e-14);
  }
  assertEquals([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)], [0, 1]);
});

Deno.test("regularisedBeta() undoes betaQuantile() and counts binomial tails", () => {
  const parameter = fc.double({ min: 0.3, max: 5000, noNaN: true });
  fc.assert(
    fc.property(
      parameter,
      parameter,
      fc.double({ min: 1e-6, max: 0.999, noNaN: true }),
      (a, b, p) => {
        assertAlmostEquals(regularisedBeta(betaQuantile(p, a, b), a, b), p, ROUND_TRIP);
      },
    ),
    { seed: 1, numRuns: 300 },
  );
  // P(Binomial(5, 0.3) >= 2) = I_0.3(2, 4)
  const tail = 1 - 0.7 ** 5 - 5 * 0.3 * 0.7 ** 4;
  assertAlmostEquals(regularisedBeta(0.3, 2, 4), tail, 1e-15);
});

Deno.test("quantiles refuse what is no probability", () => {
  const text = "Cannot find a t quantile as p must be a finite number above 0 and below 1: p is 1";
  assertThrows(() => tQuantile(1, 3), RangeError, text);
  assertThrows(() => normalQuantile(0), RangeError, "Cannot find a normal quantile");
  assertThrows(() => betaQuantile(0.5, 0, 1), RangeError, "a must be a finite number above 0");
});
