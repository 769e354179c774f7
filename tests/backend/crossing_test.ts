/**
 * Tests of the crossing between matrices and tensors.
 *
 * @module
 */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Matrix, matrix, rng, toMatrix, toTensor } from "resolvent";
import type { Tensor } from "../../lib/backend/tf.ts";
import { backendRequirement, BACKENDS, useBackend } from "../support/backends.ts";

/** The largest float32, and the smallest number that rounds beyond it. */
const LARGEST = 2 ** 128 - 2 ** 104, BEYOND = 2 ** 128 - 2 ** 103;

for (const name of BACKENDS) {
  const { ignore } = await backendRequirement(name);

  Deno.test({
    name: `toTensor() and toMatrix() on ${name} round to nearest and keep what is a float32`,
    ignore,
    fn: async () => {
      await useBackend(name);
      const a = rng("crossing").normal([17, 5]);
      const tensor = toTensor(a);
      assertEquals([tensor.shape, tensor.dtype], [[17, 5], "float32"]);
      const back = await toMatrix(tensor);
      assertEquals(back, matrix(17, 5, (i, j) => Math.fround(a.data[5 * i + j])));
      assertEquals(await toMatrix(toTensor(back)), back);
      const edges = matrix(2, 3, [LARGEST, -LARGEST, 2 ** -126, 0, 16777217, -0.1]);
      const expected = [LARGEST, -LARGEST, 2 ** -126, 0, 16777216, Math.fround(-0.1)];
      assertEquals((await toMatrix(toTensor(edges))).data, Float64Array.from(expected));
      for (const [rows, cols] of [[0, 3], [3, 0], [1, 1]]) {
        assertEquals(await toMatrix(toTensor(matrix(rows, cols))), matrix(rows, cols));
      }
    },
  });

  Deno.test({
    name: `toMatrix() on ${name} reads what was computed, of rank 0 to 2`,
    ignore,
    fn: async () => {
      const tf = await useBackend(name);
      const a = toTensor(matrix(2, 3, [1, 2, 3, 4, 5, 6]));
      const large = tf.ones([300, 2]).add(a.sum()); // too large to be done beside the device
      assertEquals(await toMatrix(large.sum(0)), matrix(1, 2, [6600, 6600]));
      assertEquals(await toMatrix(large.sum()), matrix(1, 1, [13200]));
      assertEquals((await toMatrix(large)).rows, 300);
      assertEquals(await toMatrix(tf.tensor1d([7, -8], "int32")), matrix(1, 2, [7, -8]));
      assertEquals(await toMatrix(tf.tensor1d([true, false])), matrix(1, 2, [1, 0]));
      assertEquals(await toMatrix(tf.tensor1d([])), matrix(1, 0));
      assertEquals((await toMatrix(a)).data[5], 6); // it stays in use
    },
  });
}

Deno.test("toTensor() and toMatrix() are the rounding to float32 of any matrix", async () => {
  await useBackend("cpu");
  const entry = fc.double({ min: -3e38, max: 3e38, noNaN: true });
  await fc.assert(fc.asyncProperty(fc.array(entry, { minLength: 1 }), async (entries) => {
    const back = await toMatrix(toTensor(matrix(1, entries.length, entries)));
    assertEquals(back.data, Float64Array.from(Float32Array.from(entries)));
  }));
});

Deno.test("toTensor() refuses what no float32 holds, with its place", async () => {
  await useBackend("cpu");
  assertThrows(
    () => toTensor(matrix(2, 2, [0, 1, 2, BEYOND])),
    RangeError,
    `Cannot make a tensor as entries must fit in a float32: matrix[1, 1] is ${BEYOND}`,
  );
  assertThrows(() => toTensor(matrix(1, 2, [0, -1e39])), RangeError, "matrix[0, 1] is -1e+39");
  assertThrows(() => toTensor(matrix(1, 1, [NaN])), RangeError, "Cannot make a tensor as");
  assertThrows(() => toTensor([[1, 2]] as unknown as Matrix), TypeError, "Cannot make a tensor as");
});

Deno.test("toMatrix() refuses what is no matrix of numbers", async () => {
  const tf = await useBackend("cpu");
  const disposed = tf.scalar(1);
  disposed.dispose();
  const refused: readonly (readonly [unknown, string])[] = [
    [tf.zeros([2, 2, 2]), "its rank must be at most 2: its shape is [2, 2, 2]"],
    [disposed, "tensor must be in use: tensor.isDisposed is true"],
    [tf.tensor1d(["a"]), 'it must hold numbers: its dtype is "string"'],
    [tf.complex([1], [2]), 'it must hold numbers: its dtype is "complex64"'],
    [matrix(1, 1), "tensor must be a tensor: tensor is a 1 x 1 matrix"],
    [3, "tensor must be a tensor: tensor is 3"],
  ];
  for (const [value, text] of refused) {
    await assertRejects(
      () => toMatrix(value as Tensor),
      TypeError,
      `Cannot make a matrix of a tensor as ${text}`,
    );
  }
});
