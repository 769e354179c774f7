import { matmul, matrix, rng } from "resolvent";
import { assertLess } from "@std/assert";
import { bidiagonalised } from "../../lib/linalg/bidiagonal.ts";
import { relativeDistance, skewness } from "./matrices.ts";

/** Backward errors at sides of at most 30. */
const ROUNDING = 1e-13;

Deno.test("bidiagonalised() gives orthogonal factors around two diagonals", () => {
  for (const [m, n] of [[1, 1], [5, 1], [4, 4], [30, 21]]) {
    const a = rng(24).normal([m, n]);
    const { diagonal, above, left, right } = bidiagonalised(a.data.slice(), m, n);
    const u = matrix(m, n, left()), v = matrix(n, n, right());
    const b = matrix(n, n, (i, j) => i === j ? diagonal[i] : j === i + 1 ? above[i] : 0);
    assertLess(relativeDistance(a, matmul(matmul(u, b), v, { transposeB: true })), ROUNDING);
    assertLess(skewness(u), ROUNDING);
    assertLess(skewness(v), ROUNDING);
  }
});
