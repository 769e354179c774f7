import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  embeddedTokens,
  largestSingularValue,
  loadMobyDick,
  matmul,
  matrix,
  matrixOperator,
  oneHotMatrix,
  oneHotOperator,
  rng,
  singularValues,
  stableRank,
  tokenize,
} from "resolvent";

Deno.test("oneHotOperator() multiplies as oneHotMatrix() does", () => {
  const tokens = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(tokens, fc.integer(), (list, seed) => {
      const operator = oneHotOperator(Int32Array.from(list), 5);
      const dense = matrixOperator(oneHotMatrix(Int32Array.from(list), 5));
      const [x, y] = [rng(seed).normal(5), rng(seed).fork("y").normal(list.length)];
      assertEquals([operator.rows, operator.cols], [list.length, 5]);
      assertEquals(operator.apply(x), dense.apply(x));
      operator.applyTransposed(y).forEach((value, i) =>
        assertAlmostEquals(value, dense.applyTransposed(y)[i], 1e-14)
      );
    }),
    { seed: 32 },
  );
});

Deno.test("oneHotMatrix() has the stable rank 1 / p_max", () => {
  const { tokens, types, counts } = tokenize("a rose is a rose is a", { unit: "words" });
  const a = oneHotMatrix(tokens, types.length);
  assertAlmostEquals(stableRank(a), tokens.length / counts[0], 1e-14);
});

Deno.test("oneHotOperator() of a whole book has the largest singular value sqrt(largest count)", async () => {
  const { tokens, types, counts } = tokenize(await loadMobyDick(), { unit: "words" });
  const top = largestSingularValue(oneHotOperator(tokens, types.length), { tolerance: 1e-12 });
  assertAlmostEquals(top ** 2 / counts[0], 1, 1e-11);
});

Deno.test("oneHotOperator() sums a million equal terms without drift", () => {
  const tokens = new Int32Array(1_000_000);
  const { applyTransposed } = oneHotOperator(tokens, 1);
  const [sum] = applyTransposed(new Float64Array(tokens.length).fill(0.1));
  // A plain sum is off by 1e-11 relative.
  assertAlmostEquals(sum / 100_000, 1, 3e-16);
});

Deno.test("embeddedTokens() has the singular values of the embedded sequence", () => {
  const { tokens, types, counts } = tokenize("so much depends upon so much", { unit: "words" });
  const embedding = rng(1).normal([types.length, 3]);
  const whole = singularValues(matmul(oneHotMatrix(tokens, types.length), embedding));
  const short = singularValues(embeddedTokens(embedding, counts));
  whole.forEach((value, i) => assertAlmostEquals(value, short[i], 1e-13));
});

Deno.test("one-hot matrices refuse tokens that are no types", () => {
  assertThrows(
    () => oneHotOperator(Int32Array.of(0, 3), 3),
    RangeError,
    "Cannot make a one-hot operator as tokens[1] must be an integer from 0 to 2: tokens[1] is 3",
  );
  assertThrows(() => oneHotMatrix(Int32Array.of(-1), 3), RangeError, "tokens[0] is -1");
  assertThrows(() => oneHotMatrix([0.5], 2), RangeError, "tokens[0] is 0.5");
  assertThrows(() => oneHotMatrix("ab" as never, 2), TypeError, "tokens must be a list of indices");
  assertThrows(() => oneHotMatrix(Int32Array.of(), 0), RangeError, "types is 0");
  const { apply, applyTransposed } = oneHotOperator(Int32Array.of(0, 1), 3);
  assertThrows(() => apply(new Float64Array(2)), TypeError, "x must have 3 entries");
  assertThrows(() => applyTransposed(new Float64Array(3)), TypeError, "y must have 2 entries");
  assertThrows(() => embeddedTokens(matrix(2, 1), [1]), TypeError, "the number of counts is 1");
  assertThrows(() => embeddedTokens(matrix(1, 1), [-1]), RangeError, "counts[0] is -1");
});
