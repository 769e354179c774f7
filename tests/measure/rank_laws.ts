/** What every rank-like measure obeys; one suite for the family. */
import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  haarMatrix,
  matmul,
  matrix,
  type MatrixOrSpectrum,
  matrixWithSpectrum,
  numericalRank,
  rng,
  scale,
  singularValues,
  transpose,
} from "resolvent";

/** Rounding of two decompositions and two products of order at most 10. */
const ROUNDING = 1e-11;

/** Random shapes and spectra that span six orders of magnitude. */
export const PROBLEMS = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 1, max: 10 }),
  cols: fc.integer({ min: 1, max: 10 }),
  decades: fc.double({ min: 0, max: 6, noNaN: true }),
});

/** A matrix of a random problem. */
export function draw(
  { seed, rows, cols, decades }: { seed: number; rows: number; cols: number; decades: number },
): ReturnType<typeof matrix> {
  const key = rng(seed);
  const values = key.uniform(Math.min(rows, cols)).map((u) => 10 ** (-decades * u));
  return matrixWithSpectrum(key.fork("factors"), [rows, cols], values);
}

/** Registers the tests that a measure of rank obeys. */
export function testRankLaws(name: string, measure: (a: MatrixOrSpectrum) => number): void {
  Deno.test(`${name}() lies between 1 and the rank, and is the rank for equal values`, () => {
    fc.assert(
      fc.property(PROBLEMS, (problem) => {
        const a = draw(problem);
        const value = measure(a);
        assert(value >= 1 && value <= numericalRank(a) * (1 + ROUNDING), String(value));
      }),
      { seed: 11 },
    );
    const rows = matrixWithSpectrum(rng(4), [9, 5], [3, 3, 3]);
    assertAlmostEquals(measure(rows), 3, ROUNDING);
    assertAlmostEquals(measure(matrix(1, 1, [-7])), 1, ROUNDING);
  });

  Deno.test(`${name}() is the same for scaled, transposed and rotated matrices`, () => {
    fc.assert(
      fc.property(PROBLEMS, (problem) => {
        const a = draw(problem);
        const key = rng(problem.seed).fork("rotations");
        const left = haarMatrix(key.fork("left"), [a.rows, a.rows]);
        const right = haarMatrix(key.fork("right"), [a.cols, a.cols]);
        const value = measure(a);
        const others = [
          scale(a, -1e150),
          scale(a, 1e-150),
          transpose(a),
          matmul(matmul(left, a), right),
          { singularValues: singularValues(a) },
        ];
        for (const other of others) assertAlmostEquals(measure(other) / value, 1, ROUNDING);
      }),
      { seed: 12, numRuns: 50 },
    );
  });

  Deno.test(`${name}() refuses zeros, nothing, and what is not finite`, () => {
    const doing = "Cannot compute a";
    assertThrows(() => measure(matrix(2, 3)), RangeError, "not defined for zero: a is a [2, 3]");
    assertThrows(() => measure({ singularValues: new Float64Array(2) }), RangeError, "for zero");
    assertThrows(() => measure(matrix(0, 0)), RangeError, "the matrix must have entries");
    assertThrows(() => measure(matrix(1, 2, [0, NaN])), RangeError, "a[0, 1] is NaN");
    assertThrows(() => measure(matrix(1, 1, [-Infinity])), RangeError, doing);
  });
}
