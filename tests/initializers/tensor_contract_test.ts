/**
 * What every initialiser keeps to on every backend: the weights are those of the key, and cross into
 * tensors and back by one rounding.
 *
 * @module
 */
import { assert, assertEquals, assertLess } from "@std/assert";
import { backend, matmul, type Matrix, rng, tensorOps, toMatrix, toTensor } from "resolvent";
import { assertClose } from "../optimizers/contract.ts";
import { onEveryBackend, read } from "../support/backends.ts";
import { MEMBERS } from "./members.ts";

const KEY = rng("initialisers on backends");

/** Draws whose mean square is compared with the variance: 960 entries each. */
const DRAWS = 40;

/** Sum of the squares of a matrix over the number of its entries. */
function meanSquare({ data }: Matrix): number {
  return data.reduce((sum, x) => sum + x * x, 0) / data.length;
}

/** Weights as float32 holds them. */
function rounded(w: Matrix): Matrix {
  return { ...w, data: w.data.map(Math.fround) };
}

for (const { name, draw, variance, exact } of MEMBERS) {
  const key = KEY.fork(name), weights = draw(key);

  await onEveryBackend(
    (where) => `${name} gives on ${where} the weights of the key, to one rounding`,
    async ({ tf, rounding }) => {
      assertEquals(draw(key), weights, "the backend in use is not to be seen");
      const tensor = toTensor(weights);
      assertEquals([tensor.shape, tensor.dtype], [[weights.rows, weights.cols], "float32"]);
      assertEquals(await toMatrix(tensor), rounded(weights));
      tensor.dispose();
      // also what is computed with them: their mean square, and what they do to inputs
      const square = await read(tf, () => tf.mean(tf.square(toTensor(weights))).reshape([1, 1]));
      assertLess(Math.abs(square.data[0] / meanSquare(weights) - 1), rounding);
      const x = rng("inputs").normal([5, weights.rows]);
      const sums = await read(
        tf,
        () => tensorOps.matmul(tensorOps.constant(x), tensorOps.constant(weights)),
      );
      assertClose(sums, matmul(x, weights), rounding);
    },
  );

  Deno.test(`${name} has the variance that it states, before and after rounding`, () => {
    const squares = KEY.fork("variance").fork(name).split(DRAWS).map((each) => {
      const w = draw(each), square = meanSquare(w);
      assertLess(Math.abs(meanSquare(rounded(w)) / square - 1), 2 ** -23);
      return square / variance;
    });
    if (exact) return squares.forEach((square) => assertLess(Math.abs(square - 1), 1e-12));
    const mean = squares.reduce((sum, s) => sum + s / DRAWS, 0);
    const spread = Math.hypot(...squares.map((s) => s - mean)) / Math.sqrt(DRAWS - 1);
    // a mean of many; four standard errors, which are themselves found to a tenth
    assertLess(Math.abs(mean - 1), 4.5 * spread / Math.sqrt(DRAWS));
    assertLess(spread, 0.2); // so that a variance off by a seventh would be seen
    assert(spread > 0);
  });
}

Deno.test("initialisers give other weights for another key", async () => {
  await backend({ prefer: "cpu" });
  for (const { name, draw } of MEMBERS) {
    const [a, b] = KEY.fork("other").split(2).map(draw);
    assert(a.data.every((entry, at) => entry !== b.data[at]), name);
  }
});
