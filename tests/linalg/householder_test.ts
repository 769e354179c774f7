import { matmul, rng } from "resolvent";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { householderQr, householderR, reflector } from "../../lib/linalg/householder.ts";
import { relativeDistance, skewness } from "./matrices.ts";

/** Backward errors at sides of at most 30. */
const ROUNDING = 1e-13;

Deno.test("reflector() maps a vector to a multiple of a unit vector, by hand", () => {
  const x = Float64Array.of(9, 3, 4, 9);
  const { tau, beta } = reflector(x, [1, 3], 1);
  // H (3, 4) = (-5, 0) with v = (1, 4 / (3 + 5)) and tau = 1 + 3 / 5.
  assertAlmostEquals(beta, -5, ROUNDING);
  assertAlmostEquals(tau, 1.6, ROUNDING);
  assertEquals([...x], [9, 1, 0.5, 9]);
});

Deno.test("reflector() leaves multiples of the unit vector, and takes sizes from 1e-300 to 1e300", () => {
  assertEquals(reflector(Float64Array.of(-7, 0, 0), [0, 3], 0), { tau: 0, beta: -7 });
  for (const unit of [1e-300, 1e300]) {
    const x = Float64Array.of(3 * unit, 4 * unit);
    const { tau, beta } = reflector(x, [0, 2], 0);
    assertAlmostEquals(beta / unit, -5, ROUNDING);
    assertAlmostEquals(tau, 1.6, ROUNDING);
    assertAlmostEquals(x[1], 0.5, ROUNDING);
  }
});

Deno.test("householderQr() and householderR() factor alike", () => {
  for (const shape of [[30, 7], [7, 30], [16, 16]] as const) {
    const a = rng(22).normal(shape);
    const { q, r } = householderQr(a);
    assertLess(relativeDistance(a, matmul(q, r)), ROUNDING);
    assertLess(skewness(q), ROUNDING);
    assertEquals(householderR(a), r);
  }
});
