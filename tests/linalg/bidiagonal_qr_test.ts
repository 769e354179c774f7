import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bidiagonalQr } from "../../lib/linalg/bidiagonal_qr.ts";

/** Rounding of a few sweeps. */
const ROUNDING = 1e-14;

Deno.test("bidiagonalQr() finds the golden ratio in two by two", () => {
  // [[1, 1], [0, 1]] has the singular values phi and 1 / phi.
  const d = Float64Array.of(1, 1), e = Float64Array.of(1);
  bidiagonalQr(d, e);
  const phi = (1 + Math.sqrt(5)) / 2;
  const sizes = d.map(Math.abs).sort();
  assertAlmostEquals(sizes[0], 1 / phi, ROUNDING);
  assertAlmostEquals(sizes[1], phi, ROUNDING);
  assertEquals(e[0], 0);
});

Deno.test("bidiagonalQr() splits at zeros of the diagonal", () => {
  const d = Float64Array.of(1, 0, 2, 0), e = Float64Array.of(1, 1, 1);
  bidiagonalQr(d, e);
  const sizes = d.map(Math.abs).sort();
  // Squares of the singular values are the roots of t (t - 2) (t^2 - 6 t + 1), from B B^T by hand.
  assertAlmostEquals(sizes[0], 0, ROUNDING);
  const product = sizes[1] * sizes[2] * sizes[3];
  const energy = sizes[1] ** 2 + sizes[2] ** 2 + sizes[3] ** 2;
  assertAlmostEquals(energy, 8, 10 * ROUNDING);
  assertAlmostEquals(product ** 2, 2, 100 * ROUNDING);
});

Deno.test("bidiagonalQr() keeps tiny singular values of a graded matrix accurate", () => {
  // The determinant is the product of the singular values, and the diagonal's.
  for (const d of [[1, 1e-5, 1e-10], [1e-10, 1e-5, 1]]) {
    const values = Float64Array.from(d);
    bidiagonalQr(values, Float64Array.of(1e-12, 1e-12));
    const product = values.reduce((value, entry) => value * Math.abs(entry), 1);
    assertAlmostEquals(product / 1e-15, 1, 1e-10);
  }
});

Deno.test("bidiagonalQr() says when it does not converge", () => {
  assertThrows(
    () => bidiagonalQr(Float64Array.of(1, NaN, 1), Float64Array.of(1, 1)),
    Error,
    "Cannot compute singular values as the iteration must converge: the number of values not converged is 2",
  );
});
