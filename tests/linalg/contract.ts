/**
 * What every provider of linear algebra has to do: one suite over one table of matrices.
 *
 * @module
 */
import {
  cholesky,
  eigenvalues,
  eigh,
  identity,
  leastSquares,
  matmul,
  type Matrix,
  matrix,
  polar,
  qr,
  rng,
  scale,
  singularValues,
  solve,
  svd,
  transpose,
} from "resolvent";
import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import type { LinalgKernels } from "../../lib/linalg/kernels.ts";
import { withKernels } from "../../lib/linalg/provider.ts";
import {
  firstDifference,
  firstDifferenceSpectrum,
  hilbert,
  largest,
  orthonormal,
  product,
  relativeDistance,
  secondDifference,
  secondDifferenceSpectrum,
  skewness,
  spectrumDistance,
  symmetrised,
  withSpectrum,
} from "./matrices.ts";

/** Backward errors are a small multiple of n 2^-53; the sides below are at most 130. */
const BACKWARD = 2e-13;
/** Agreement on well-conditioned input that is promised to users. */
const PROMISED = 1e-10;

const key = rng("linear algebra contract");

/** A matrix of the table. */
export type Case = { readonly name: string; readonly a: Matrix };

/** Matrices of all kinds: shapes, ranks, grades, sizes of entries. */
export const CASES: readonly Case[] = [
  ...[[1, 1], [1, 7], [7, 1], [2, 2], [5, 3], [3, 5], [33, 33], [65, 64], [130, 17], [17, 130]]
    .map(([rows, cols]) => ({
      name: `Gaussian ${rows} x ${cols}`,
      a: key.fork(`${rows} x ${cols}`).normal([rows, cols]),
    })),
  { name: "no rows", a: matrix(0, 3) },
  { name: "no columns", a: matrix(3, 0) },
  { name: "empty", a: matrix(0, 0) },
  { name: "zero", a: matrix(4, 3) },
  { name: "identity", a: identity(6) },
  { name: "zero rows and columns", a: matrix(6, 5, (i, j) => i % 2 && j % 2 ? i + j * j : 0) },
  { name: "rank 3", a: withSpectrum(key.fork("rank"), [5, 2, 1], [40, 30]) },
  { name: "rank 1 of ones", a: matrix(20, 25, () => 1) },
  { name: "repeated values", a: withSpectrum(key.fork("repeat"), [3, 3, 3, 3, 1, 1], [9, 6]) },
  {
    name: "graded values",
    a: withSpectrum(key.fork("graded"), Array.from({ length: 20 }, (_, i) => 10 ** -i), [24, 20]),
  },
  { name: "graded rows", a: matrix(16, 16, (i, j) => 10 ** (-i) * Math.cos(i * j + 1)) },
  {
    name: "graded rows upwards",
    a: matrix(16, 16, (i, j) => 10 ** (i - 16) * Math.cos(i * j + 1)),
  },
  { name: "graded to underflow", a: matrix(12, 12, (i, j) => 10 ** (-27 * i) * (1 + i * j % 5)) },
  { name: "Hilbert", a: hilbert(12) },
  { name: "second difference", a: secondDifference(50) },
  { name: "first difference", a: firstDifference(40) },
  { name: "entries of 1e-150", a: scale(key.fork("tiny").normal([20, 12]), 1e-150) },
  { name: "entries of 1e150", a: scale(key.fork("huge").normal([12, 20]), 1e150) },
  { name: "entries of 1e-300", a: scale(key.fork("tiniest").normal([9, 9]), 1e-300) },
  { name: "entries of 1e300", a: scale(key.fork("hugest").normal([9, 9]), 1e300) },
];

/** Runs the suite on one provider. */
export function linalgContract(label: string, provider: LinalgKernels): void {
  function test(title: string, run: () => void): void {
    Deno.test(`${title} (${label})`, () => withKernels(provider, run));
  }

  for (const { name, a } of CASES) {
    test(`svd() decomposes: ${name}`, () => checkSvd(a));
    test(`qr() decomposes: ${name}`, () => checkQr(a));
    test(`eigh() decomposes: ${name}`, () => checkEigh(a));
    test(`polar() has values zero and one: ${name}`, () => checkPolar(a));
  }

  test("matmul() sums products, transposed or not, at all sizes around the blocks", () => {
    for (
      const [m, k, n] of [[1, 1, 1], [3, 5, 2], [9, 9, 9], [130, 3, 5], [5, 260, 7], [6, 5, 515]]
    ) {
      const a = key.fork("a").normal([m, k]), b = key.fork("b").normal([k, n]);
      const expected = matrix(m, n, (i, j) => {
        let sum = 0;
        for (let p = 0; p < k; p++) sum += a.data[i * k + p] * b.data[p * n + j];
        return sum;
      });
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          const left = transposeA ? transpose(a) : a, right = transposeB ? transpose(b) : b;
          const got = matmul(left, right, { transposeA, transposeB });
          assertLess(relativeDistance(expected, got), BACKWARD);
        }
      }
    }
  });

  test("singularValues() gives those of the first difference in closed form", () => {
    const n = 100;
    assertLess(
      spectrumDistance(firstDifferenceSpectrum(n), singularValues(firstDifference(n))),
      BACKWARD,
    );
  });

  test("eigenvalues() gives those of the second difference in closed form", () => {
    const n = 101;
    const expected = secondDifferenceSpectrum(n);
    assertLess(spectrumDistance(expected, eigenvalues(secondDifference(n))), BACKWARD);
    assertLess(spectrumDistance(expected, eigh(secondDifference(n)).values), BACKWARD);
  });

  test("svd() finds a spectrum hidden between random orthogonal factors", () => {
    const s = Array.from({ length: 60 }, (_, i) => 3 - i / 25);
    const a = withSpectrum(key.fork("hidden"), s, [80, 60]);
    assertLess(spectrumDistance(s, svd(a).s), PROMISED);
    assertLess(spectrumDistance(s, singularValues(transpose(a))), PROMISED);
  });

  test("eigh() finds negative values hidden between random orthogonal factors", () => {
    const values = Float64Array.from({ length: 70 }, (_, i) => (i - 30) / 7);
    const q = orthonormal(key.fork("signs"), 70, 70);
    assertLess(spectrumDistance(values, eigh(symmetrised(product(q, values, q))).values), PROMISED);
  });

  test("svd() keeps an orthogonal factor where all values agree", () => {
    const q = orthonormal(key.fork("orthogonal"), 30, 30);
    assertLess(relativeDistance(q, polar(q).factor), BACKWARD);
  });

  test("cholesky() gives the binomials of Pascal's matrix", () => {
    const pascal = matrix(8, 8, (i, j) => binomial(i + j, i));
    const expected = matrix(8, 8, (i, j) => j <= i ? binomial(i, j) : 0);
    assertLess(relativeDistance(expected, cholesky(pascal)), BACKWARD);
  });

  test("cholesky() refuses an indefinite matrix and names the pivot", () => {
    assertThrows(
      () => cholesky(matrix(3, 3, [4, 2, 0, 2, 1, 0, 0, 0, 1])),
      RangeError,
      "must be positive definite: the first pivot that is not positive is number 1",
    );
  });

  test("solve() inverts the Hilbert matrix of order five to its integers", () => {
    const inverse = solve(hilbert(5), identity(5));
    // deno-fmt-ignore
    const first = [25, -300, 1050, -1400, 630];
    // The condition number is 4.8e5.
    first.forEach((entry, j) => assertLess(Math.abs(inverse.data[j] - entry), 1e-7));
  });

  test("solve() exchanges rows", () => {
    const n = 40;
    const a = key.fork("solve").normal([n, n]), x = key.fork("x").normal([n, 3]);
    a.data[0] = 0;
    assertLess(relativeDistance(x, solve(a, matmul(a, x))), PROMISED);
  });

  test("solve() refuses a singular matrix and names the pivot", () => {
    assertThrows(
      () => solve(matrix(2, 2, [1, 2, 2, 4]), matrix(2, 1, [1, 1])),
      RangeError,
      "a must be invertible: the first pivot that is zero is number 1",
    );
  });

  test("leastSquares() leaves a residual orthogonal to the columns", () => {
    const a = key.fork("fit").normal([40, 7]), b = key.fork("target").normal([40, 2]);
    const x = leastSquares(a, b);
    const normal = matmul(a, a, { transposeA: true });
    assertLess(relativeDistance(x, solve(normal, matmul(a, b, { transposeA: true }))), PROMISED);
  });

  test("leastSquares() takes the solution of least norm where there are many", () => {
    const a = withSpectrum(key.fork("many"), [4, 2, 1], [12, 20]);
    const x = matmul(a, key.fork("row space").normal([12, 2]), { transposeA: true });
    assertLess(relativeDistance(x, leastSquares(a, matmul(a, x))), PROMISED);
  });

  test("decompositions leave their argument as it was", () => {
    const a = key.fork("kept").normal([12, 12]);
    const copy = a.data.slice();
    const gram = matmul(a, a, { transposeB: true });
    const before = gram.data.slice();
    svd(a), singularValues(a), qr(a), solve(a, a), leastSquares(a, a), polar(a);
    eigh(gram), eigenvalues(gram), cholesky(gram);
    assertEquals(a.data, copy);
    assertEquals(gram.data, before);
  });
}

/** Reconstruction, orthonormal factors, order, agreement of values with and without vectors. */
function checkSvd(a: Matrix): void {
  const { u, s, v } = svd(a);
  const k = Math.min(a.rows, a.cols);
  assertEquals([u.rows, u.cols, s.length, v.rows, v.cols], [a.rows, k, k, a.cols, k]);
  assertLess(relativeDistance(a, product(u, s, v)), BACKWARD);
  assertLess(skewness(u), BACKWARD);
  assertLess(skewness(v), BACKWARD);
  assert(s.every((value, i) => value >= 0 && (i === 0 || value <= s[i - 1])), "not descending");
  assertLess(spectrumDistance(s, singularValues(a)), BACKWARD);
  assertLess(spectrumDistance(s, svd(transpose(a)).s), BACKWARD);
}

/** Reconstruction, orthonormal columns, triangle, signs. */
function checkQr(a: Matrix): void {
  const { q, r } = qr(a);
  assertEquals([q.rows, q.cols, r.rows, r.cols], [
    a.rows,
    r.rows,
    Math.min(a.rows, a.cols),
    a.cols,
  ]);
  assertLess(relativeDistance(a, matmul(q, r)), BACKWARD);
  assertLess(skewness(q), BACKWARD);
  for (let i = 0; i < r.rows; i++) {
    assert(r.data[i * r.cols + i] >= 0, "a negative entry on the diagonal");
    for (let j = 0; j < i; j++) assertEquals(r.data[i * r.cols + j], 0);
  }
}

/** Reconstruction, orthonormal vectors, order, of the leading square block made symmetric. */
function checkEigh(a: Matrix): void {
  const n = Math.min(a.rows, a.cols);
  const block = symmetrised(matrix(n, n, (i, j) => a.data[i * a.cols + j]));
  const { values, vectors } = eigh(block);
  assertEquals([values.length, vectors.rows, vectors.cols], [n, n, n]);
  assertLess(relativeDistance(block, product(vectors, values, vectors)), BACKWARD);
  assertLess(skewness(vectors), BACKWARD);
  assert(values.every((value, i) => i === 0 || value >= values[i - 1]), "not ascending");
  assertLess(spectrumDistance(values, eigenvalues(block)), BACKWARD);
}

/** The factor is the partial isometry of the singular vectors that count. */
function checkPolar(a: Matrix): void {
  const { factor, singularValues: s } = polar(a);
  assertEquals([factor.rows, factor.cols], [a.rows, a.cols]);
  const limit = Math.max(a.rows, a.cols) * 2 ** -52 * (s[0] ?? 0);
  const rank = s.filter((value) => value > limit).length;
  const expected = Float64Array.from(s, (_, i) => i < rank ? 1 : 0);
  assertLess(spectrumDistance(expected, singularValues(factor)), BACKWARD);
  const gram = matmul(factor, a, { transposeA: true });
  const size = largest(gram);
  if (size > 0) assertLess(largest(symmetrisedDifference(gram)) / size, BACKWARD);
}

/** `a - a^T`. */
function symmetrisedDifference(a: Matrix): Matrix {
  const t = transpose(a);
  return { ...a, data: a.data.map((value, at) => value - t.data[at]) };
}

/** Binomial coefficient. */
function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value = value * (n - i) / (i + 1);
  return Math.round(value);
}
