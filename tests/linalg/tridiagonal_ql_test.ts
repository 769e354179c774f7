import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { tridiagonalQl } from "../../lib/linalg/tridiagonal_ql.ts";
import { secondDifferenceSpectrum } from "./matrices.ts";

/** Rounding of some dozen sweeps. */
const ROUNDING = 1e-13;

Deno.test("tridiagonalQl() finds the spectrum of the second difference", () => {
  const n = 41;
  const d = new Float64Array(n).fill(2), e = new Float64Array(n - 1).fill(-1);
  tridiagonalQl(d, e);
  const expected = secondDifferenceSpectrum(n);
  d.sort().forEach((value, i) => assertAlmostEquals(value, expected[i], ROUNDING));
  assertEquals(e, new Float64Array(n - 1));
});

Deno.test("tridiagonalQl() keeps trace and determinant of matrices graded either way", () => {
  for (const d of [[1, 1e-6, 1e-12], [1e-12, 1e-6, 1]]) {
    const values = Float64Array.from(d);
    tridiagonalQl(values, Float64Array.of(1e-14, 1e-14));
    assertAlmostEquals(values.reduce((product, value) => product * value, 1) / 1e-18, 1, 1e-3);
    assertAlmostEquals(values.reduce((sum, value) => sum + value, 0), 1 + 1e-6 + 1e-12, ROUNDING);
  }
});

Deno.test("tridiagonalQl() says when it does not converge", () => {
  assertThrows(
    () => tridiagonalQl(Float64Array.of(1, NaN), Float64Array.of(1)),
    Error,
    "Cannot compute eigenvalues as the iteration must converge: the number of values not converged is 1",
  );
});
