/**
 * What every provider of linear algebra has to do besides: refuse, leave overflow, and give the same
 * for the same, whatever it keeps between calls.
 *
 * @module
 */
import {
  eigenvalues,
  eigh,
  matmul,
  type Matrix,
  matrix,
  qr,
  rng,
  singularValues,
  svd,
  transpose,
} from "resolvent";
import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import type { LinalgKernels } from "../../lib/linalg/kernels.ts";
import { withKernels } from "../../lib/linalg/provider.ts";
import { relativeDistance } from "./matrices.ts";

/** Sums of at most 300 products, each rounded. */
const ROUNDING = 2e-13;

const key = rng("linear algebra again");

/** Runs the suite on one provider. */
export function repeatedContract(label: string, provider: LinalgKernels): void {
  function test(title: string, run: () => void): void {
    Deno.test(`${title} (${label})`, () => withKernels(provider, run));
  }

  test("matmul() refuses an entry that is not finite, whatever it would meet", () => {
    for (const [m, k, n] of [[2, 3, 2], [1, 40, 1], [33, 17, 29], [2, 2, 300], [300, 40, 300]]) {
      for (const bad of [NaN, Infinity, -Infinity]) {
        for (const transposeA of [false, true]) {
          for (const transposeB of [false, true]) {
            const [a, b] = [matrix(m, k), matrix(k, n)];
            const left = transposeA ? transpose(a) : a, right = transposeB ? transpose(b) : b;
            const at = (m * k) >> 1, to = k * n - 1;
            const withBad = (c: Matrix, i: number) => ({ ...c, data: c.data.with(i, bad) });
            const name = (c: string, i: number, cols: number) =>
              `${c}[${Math.floor(i / cols)}, ${i % cols}] is ${bad}`;
            const options = { transposeA, transposeB };
            const first = assertThrows(() => matmul(withBad(left, at), right, options), RangeError);
            assert(first.message.endsWith(name("a", at, left.cols)), first.message);
            const second = assertThrows(
              () => matmul(left, withBad(right, to), options),
              RangeError,
            );
            assert(second.message.endsWith(name("b", to, right.cols)), second.message);
          }
        }
      }
    }
  });

  test("matmul() leaves overflow of finite entries as it is", () => {
    const a = matrix(20, 20, () => 1e200);
    assertEquals(matmul(a, a), matrix(20, 20, () => Infinity));
  });

  test("matmul() of a matrix with itself is the same as with its copy", () => {
    const a = key.fork("gram").normal([270, 300]);
    const copy = { ...a };
    for (const options of [{ transposeA: true }, { transposeB: true }]) {
      const gram = matmul(a, a, options);
      assertLess(relativeDistance(matmul(a, copy, options), gram), ROUNDING);
      assertLess(relativeDistance(gram, transpose(gram)), ROUNDING);
    }
    const square = key.fork("square").normal([270, 270]);
    assertLess(relativeDistance(matmul(square, { ...square }), matmul(square, square)), ROUNDING);
    const both = { transposeA: true, transposeB: true };
    const twice = matmul(square, { ...square }, both);
    assertLess(relativeDistance(twice, matmul(square, square, both)), ROUNDING);
  });

  test("decompositions of one shape do not see the ones before", () => {
    const [a, b] = [key.fork("one").normal([9, 6]), key.fork("two").normal([9, 6])];
    const gram = matmul(a, a, { transposeA: true }), other = matmul(b, b, { transposeA: true });
    const results = () => [svd(a), singularValues(a), qr(a), eigh(gram), eigenvalues(gram)];
    const before = results();
    const kept = structuredClone(before);
    svd(b), singularValues(b), qr(b), eigh(other), eigenvalues(other);
    assertEquals(results(), kept);
    assertEquals(before, kept);
  });
}
