import { matmul, matrix, rng } from "resolvent";
import { assertLess } from "@std/assert";
import { tridiagonalised } from "../../lib/linalg/tridiagonal.ts";
import { relativeDistance, skewness, symmetrised } from "./matrices.ts";

/** Backward errors at sides of at most 30. */
const ROUNDING = 1e-13;

Deno.test("tridiagonalised() gives an orthogonal factor around three diagonals", () => {
  for (const n of [1, 2, 3, 16, 29]) {
    const a = symmetrised(rng(25).normal([n, n]));
    const { diagonal, beside, vectors } = tridiagonalised(a.data.slice(), n);
    const q = matrix(n, n, vectors());
    const t = matrix(
      n,
      n,
      (i, j) => i === j ? diagonal[i] : Math.abs(i - j) === 1 ? beside[Math.min(i, j)] : 0,
    );
    assertLess(relativeDistance(a, matmul(matmul(q, t), q, { transposeB: true })), ROUNDING);
    assertLess(skewness(q), ROUNDING);
  }
});
