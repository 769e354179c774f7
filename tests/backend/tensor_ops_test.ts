/**
 * Tests of the operations on tensors, beside those on matrices.
 *
 * @module
 */
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { type Matrix, matrix, matrixOps, type Ops, rng, tensorOps } from "resolvent";
import { operationsOf } from "../../lib/backend/kinds.ts";
import type { Tensor } from "../../lib/backend/tf.ts";
import { assertClose } from "../optimizers/contract.ts";
import { textFault } from "../lint/error_text.ts";
import { backendRequirement, BACKENDS, numbersOf, useBackend } from "../support/backends.ts";

/** Rounding of float32 in a few operations: 2^-24 is 6e-8. */
const ROUNDING = 1e-6;
/** Roots and quotients of WebGPU may be off by 2.5 units in the last place, products are summed otherwise. */
const ITERATED = 2e-5;

const a = rng("tensor ops").fork("a").normal([4, 6]);
const b = rng("tensor ops").fork("b").normal([4, 6]);
const row = rng("tensor ops").fork("row").normal([1, 6]);

/** What an operation gives, written over the operations of either kind. */
type Case = <A>(ops: Ops<A>, a: A, b: A, row: A) => A;

const CASES: Readonly<Record<string, readonly [share: number, run: Case]>> = {
  zerosLike: [0, (ops, x) => ops.zerosLike(x)],
  add: [ROUNDING, (ops, x, y) => ops.add(x, y)],
  subtract: [ROUNDING, (ops, x, y) => ops.subtract(x, y)],
  multiply: [ROUNDING, (ops, x, y) => ops.multiply(x, y)],
  divide: [ROUNDING, (ops, x, y) => ops.divide(x, y)],
  scale: [ROUNDING, (ops, x) => ops.scale(x, -2.5)],
  addScalar: [ROUNDING, (ops, x) => ops.addScalar(x, 3)],
  sqrt: [ROUNDING, (ops, x) => ops.sqrt(ops.multiply(x, x))],
  sign: [0, (ops, x) => ops.sign(x)],
  "clipNorm, shorter": [ROUNDING, (ops, x) => ops.clipNorm(x, 1)],
  "clipNorm, as it is": [ROUNDING, (ops, x) => ops.clipNorm(x, 1e300)],
  "clipNorm of what overflows": [ROUNDING, (ops, x) => ops.clipNorm(ops.scale(x, 1e38), 1)],
  "clipNorm of zeros": [0, (ops, x) => ops.clipNorm(ops.zerosLike(x), 1)],
  "matmul, first transposed": [ROUNDING, (ops, x, y) => ops.matmul(x, y, { transposeA: true })],
  "matmul, second transposed": [ROUNDING, (ops, x, y) => ops.matmul(x, y, { transposeB: true })],
  matmul: [ROUNDING, (ops, x, y) => ops.matmul(x, ops.transpose(y))],
  reshape: [ROUNDING, (ops, x) => ops.reshape(x, 3, 8)],
  addRow: [ROUNDING, (ops, x, _, r) => ops.addRow(x, r)],
  columnSums: [ROUNDING, (ops, x) => ops.columnSums(x)],
  multiplyBlocks: [
    ROUNDING,
    (ops, x, y) => ops.multiplyBlocks(x, ops.sliceColumns(ops.reshape(y, 2, 12), 0, 3)),
  ],
  "multiplyBlocks by a column": [
    ROUNDING,
    (ops, x, y) => ops.multiplyBlocks(x, ops.sliceColumns(y, 2, 3)),
  ],
  concatColumns: [ROUNDING, (ops, x, y) => ops.concatColumns([x, y, x])],
  sliceColumns: [ROUNDING, (ops, x) => ops.sliceColumns(x, 2, 5)],
  polar: [ITERATED, (ops, x) => ops.polar(x)],
  nuclearPolar: [ITERATED, (ops, x) => ops.nuclearPolar(x, -0.5)],
  newtonSchulz: [ITERATED, (ops, x) => ops.newtonSchulz(x, {})],
  "newtonSchulz of a tall one": [ITERATED, (ops, x) => ops.newtonSchulz(ops.transpose(x), {})],
  "newtonSchulz of zeros": [0, (ops, x) => ops.newtonSchulz(ops.zerosLike(x), { epsilon: 0 })],
  polarExpress: [ITERATED, (ops, x) => ops.polarExpress(x, { steps: 9 })],
};

for (const name of BACKENDS) {
  const { ignore } = await backendRequirement(name);

  for (const [title, [share, run]] of Object.entries(CASES)) {
    Deno.test({
      name: `tensorOps.${title} on ${name} agrees with matrixOps`,
      ignore,
      fn: async () => {
        const tf = await useBackend(name);
        // the matrices that the tensors hold exactly
        const [x, y, r] = [a, b, row].map(rounded);
        const tensors = [x, y, r].map(tensorOps.constant);
        const before = tf.memory().numTensors;
        const found = tf.tidy(() => run(tensorOps, tensors[0], tensors[1], tensors[2]));
        assertEquals(tf.memory().numTensors, before + 1);
        assertClose(await numbersOf(found), run(matrixOps, x, y, r), share);
        tf.dispose([...tensors, found]);
      },
    });
  }

  Deno.test({
    name: `tensorOps on ${name} leave one tensor each`,
    ignore,
    fn: async () => {
      const tf = await useBackend(name);
      const x = tensorOps.constant(a);
      const before = tf.memory().numTensors;
      const made = [
        tensorOps.clipNorm(x, 1),
        tensorOps.polar(x),
        tensorOps.nuclearPolar(x, 2),
        tensorOps.newtonSchulz(x, {}),
        tensorOps.polarExpress(x, {}),
        tensorOps.multiplyBlocks(x, x),
      ];
      assertEquals(tf.memory().numTensors, before + made.length);
      tf.dispose([x, ...made]);
    },
  });
}

Deno.test("tensorOps keep gradients: the tape goes through what models are written in", async () => {
  const tf = await useBackend("cpu");
  const x = tensorOps.constant(a);
  // sum of (x xᵀ)² / 2 has the gradient 2 (x xᵀ) x
  const slope = tf.tidy(() =>
    tf.grad((w: Tensor) => {
      const gram = tensorOps.matmul(w, w, { transposeB: true });
      return tf.sum(tensorOps.scale(tensorOps.multiply(gram, gram), 0.5));
    })(x)
  );
  const m = rounded(a);
  const expected = matrixOps.matmul(matrixOps.matmul(m, matrixOps.transpose(m)), m);
  assertClose(await numbersOf(slope), matrixOps.scale(expected, 2), ROUNDING);
  tf.dispose([x, slope]);
});

Deno.test("operationsOf() chooses tensorOps for a tensor, which check() looks at", async () => {
  const tf = await useBackend("cpu");
  const x = tensorOps.constant(a);
  assertEquals(operationsOf("try", x), tensorOps);
  assertEquals(tensorOps.check("try", "x", x), x);
  assertEquals(tensorOps.shape(x), [4, 6]);
  const whole = tf.tensor1d([1, 2], "int32");
  const gone = tf.scalar(1);
  gone.dispose();
  const table = [
    [a, "Cannot try as x must be a tensor: x is a 4 x 6 matrix"],
    [null, "Cannot try as x must be a tensor: x is null"],
    [whole, 'Cannot try as x must be of type float32: its type is "int32"'],
    [gone, "Cannot try as x must be a live tensor: it has been disposed"],
  ] as const;
  for (const [given, text] of table) {
    const error = assertThrows(() => tensorOps.check("try", "x", given as Tensor), TypeError, text);
    assertEquals(textFault(error.message), null);
  }
  tf.dispose([x, whole]);
});

Deno.test("tensorOps refuse shapes that do not fit, as matrixOps do", async () => {
  const tf = await useBackend("cpu");
  const [x, y] = [tensorOps.constant(a), tensorOps.constant(row)];
  const flat = tf.tensor1d([1, 2, 3]);
  const table: readonly (readonly [() => unknown, string])[] = [
    [() => tensorOps.add(x, y), "add tensors as shapes must be equal: the shapes are [4, 6] and"],
    [() => tensorOps.divide(x, y), "divide entries as shapes must be equal"],
    [() => tensorOps.matmul(x, x), "multiply tensors as the inner lengths must be equal"],
    [() => tensorOps.matmul(x, flat), "the tensor must have rows and columns: its shape is [3]"],
    [() => tensorOps.transpose(flat), "transpose a tensor as the tensor must have rows"],
    [() => tensorOps.reshape(x, 5, 5), "5 x 5 needs 25 entries: its shape is [4, 6]"],
    [() => tensorOps.addRow(x, x), "add a row as it needs as many columns"],
    [() => tensorOps.multiplyBlocks(y, x), "the first must be whole blocks of the second"],
    [() => tensorOps.concatColumns([x, y]), "join columns as each needs as many rows"],
    [() => tensorOps.polar(flat), "compute a polar factor as the tensor must have rows"],
    [() => tensorOps.newtonSchulz(flat, {}), "orthogonalise by Newton-Schulz as the tensor must"],
  ];
  for (const [call, text] of table) {
    const error = assertThrows(call, TypeError, text);
    assertEquals(textFault(error.message), null);
  }
  assertThrows(() => tensorOps.newtonSchulz(x, { steps: -1 }), RangeError, "steps is -1");
  assertThrows(() => tensorOps.polarExpress(x, { steps: 0.5 }), RangeError, "steps is 0.5");
  assertThrows(() => tensorOps.constant(matrix(1, 1, [NaN])), RangeError, "is NaN");
  tf.dispose([x, y, flat]);
});

Deno.test("assertClose() on float32 sees an error of ten units in the last place", () => {
  const off = matrixOps.scale(a, 1 + 10 * 2 ** -23);
  assertThrows(() => assertClose(off, a, ROUNDING));
  assertLess(2 ** -24, ROUNDING);
});

/** Entries as float32 holds them. */
function rounded(m: Matrix): Matrix {
  return { ...m, data: m.data.map(Math.fround) };
}
