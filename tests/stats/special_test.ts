import { assertAlmostEquals } from "@std/assert";
import { logBeta, logGamma, normalCdf } from "../../lib/stats/special.ts";

Deno.test("logGamma() gives factorials, and the root of pi at one half", () => {
  let factorial = 1;
  for (let n = 1; n <= 20; n++) {
    assertAlmostEquals(logGamma(n), Math.log(factorial), 1e-13 * (1 + Math.log(factorial)));
    factorial *= n;
  }
  assertAlmostEquals(logGamma(0.5), Math.log(Math.PI) / 2, 1e-14);
  assertAlmostEquals(logGamma(0.1), 2.252712651734206, 1e-13);
});

Deno.test("logGamma() follows Stirling's series far out", () => {
  const x = 12345.5;
  const series = (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + 1 / (12 * x);
  assertAlmostEquals(logGamma(x), series, 1e-14 * series);
});

Deno.test("logBeta() is symmetric and has its closed form", () => {
  assertAlmostEquals(logBeta(3, 4), Math.log(1 / 60), 1e-14);
  assertAlmostEquals(logBeta(0.5, 0.5), Math.log(Math.PI), 1e-14);
  assertAlmostEquals(logBeta(2.5, 700), logBeta(700, 2.5), 1e-12);
});

Deno.test("normalCdf() gives the values of printed tables", () => {
  assertAlmostEquals(normalCdf(0), 0.5, 1e-16);
  assertAlmostEquals(normalCdf(1), 0.8413447460685429, 1e-15);
  assertAlmostEquals(normalCdf(-3.0001), 0.001349454, 1e-9);
  assertAlmostEquals(normalCdf(-10), 7.61985302416047e-24, 1e-36);
});
