/**
 * Tests of products by BLAS behind the backends on the processor.
 *
 * @module
 */
import { assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { backend, linalgProvider } from "resolvent";
import type { Tensor } from "../../lib/backend/tf.ts";
import { useBackend } from "../support/backends.ts";

/** Sums of up to 40 products of numbers below 1 in float32: 40 roundings of 6e-8, and room. */
const ROUNDING = 1e-5;

/** Numbers in (-1, 1) that no two places share. */
function numbers(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.fround(Math.sin(1 + seed + 1.7 * i)));
}

/** The product by its definition, in float64: of each batch, one after another. */
function defined(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): number[] {
  const [x, y] = [a.dataSync(), b.dataSync()];
  const [ra, ca] = a.shape.slice(-2);
  const [rb, cb] = b.shape.slice(-2);
  const [m, k, n] = [transposeA ? ca : ra, transposeA ? ra : ca, transposeB ? rb : cb];
  const batches = Math.max(a.size / (ra * ca), b.size / (rb * cb));
  const out: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const [p, q] = [(batch * ra * ca) % a.size, (batch * rb * cb) % b.size];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) {
          sum += x[p + (transposeA ? l * ca + i : i * ca + l)] *
            y[q + (transposeB ? j * cb + l : l * cb + j)];
        }
        out.push(sum);
      }
    }
  }
  return out;
}

for (const name of ["cpu", "wasm"] as const) {
  Deno.test(`matMul on ${name} is the product, whatever is transposed and batched`, async () => {
    const tf = await useBackend(name);
    const side = fc.integer({ min: 1, max: 40 });
    const batch = fc.constantFrom<number[]>([], [1], [3], [2, 3]);
    fc.assert(
      fc.property(side, side, side, fc.boolean(), fc.boolean(), batch, (m, k, n, ta, tb, outer) => {
        tf.tidy(() => {
          const count = outer.reduce((all, length) => all * length, 1);
          const a = tf.tensor(numbers(count * m * k, 0), [...outer, ...(ta ? [k, m] : [m, k])]);
          const b = tf.tensor(numbers(count * k * n, 9), [...outer, ...(tb ? [n, k] : [k, n])]);
          const c = tf.matMul(a, b, ta, tb);
          assertEquals(c.shape, [...outer, m, n]);
          const expected = defined(a, b, ta, tb);
          const off = c.dataSync().map((value, i) => Math.abs(value - expected[i]));
          assertLess(Math.max(...off), ROUNDING);
        });
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  Deno.test(`matMul on ${name} leaves to the library what BLAS has no routine for`, async () => {
    const tf = await useBackend(name);
    const one = tf.tensor3d(numbers(6, 1), [1, 2, 3]);
    const many = tf.tensor3d(numbers(24, 2), [4, 3, 2]);
    const expected = defined(one, many, false, false);
    const spread = tf.matMul(one, many);
    assertEquals(spread.shape, [4, 2, 2]);
    const off = spread.dataSync().map((value, i) => Math.abs(value - expected[i]));
    assertLess(Math.max(...off), ROUNDING);
    tf.fill([2, 2], 7).dispose(); // what lay in memory before must not show
    assertEquals([...tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 2])).dataSync()], [0, 0, 0, 0]);
    if (name === "cpu") {
      const whole = tf.tensor2d([1, 2, 3, 4], [2, 2], "int32");
      const product = tf.matMul(whole, whole);
      assertEquals([product.dtype, ...product.dataSync()], ["int32", 7, 10, 15, 22]);
    }
  });

  Deno.test(`matMul on ${name} reads a result that is a view, and keeps gradients`, async () => {
    const tf = await useBackend(name);
    const x = tf.tensor2d(numbers(12, 3), [3, 4]);
    const view = x.reshape([4, 3]); // the same numbers under another shape
    const expected = defined(view, x, false, false);
    const off = tf.matMul(view as typeof x, x).dataSync()
      .map((value, i) => Math.abs(value - expected[i]));
    assertLess(Math.max(...off), ROUNDING);
    // d/dX of sum(A X) is Aᵀ 1
    const a = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const slope = tf.grad((y: Tensor) => tf.matMul(a, y as typeof a).sum())(x);
    assertEquals([...slope.dataSync()], [5, 5, 5, 5, 7, 7, 7, 7, 9, 9, 9, 9]);
  });

  Deno.test(`backend() on ${name} tells what multiplies`, async () => {
    const own = name === "cpu" ? "JavaScript" : "XNNPACK";
    const provider = linalgProvider().name;
    const { products } = await backend({ prefer: name });
    assertEquals(products, provider === "portable" ? own : provider);
  });
}
