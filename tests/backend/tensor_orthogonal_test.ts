/**
 * Tests of norms and polar factors of tensors.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import {
  diagonal,
  frobeniusNorm,
  matmul,
  type Matrix,
  matrix,
  polarFactor,
  qr,
  rng,
  scale,
  spectralNorm,
  subtract,
  tensorOps,
} from "resolvent";
import { devicePolar } from "../../lib/backend/tensor_orthogonal.ts";
import { widePolarPlan } from "../../lib/linalg/polar_express.ts";
import { backendRequirement, BACKENDS, numbersOf, useBackend } from "../support/backends.ts";

/** Rounding of the 33 products, as documented: the second part is mixing with larger directions. */
function statedError(norm: number, smallest: number): number {
  return 2 ** -17 + 2 ** -24 * norm / smallest;
}

/** The plan's polynomials on one singular value, in float64. */
function composed(x: number): number {
  return widePolarPlan().polynomials.reduce((y, [a, b, c]) => a * y + b * y ** 3 + c * y ** 5, x);
}

/** A matrix with singular values from 1 down to 1/condition in equal ratios. */
function conditioned(rows: number, cols: number, condition: number): Matrix {
  const key = rng("conditioned").fork(rows).fork(cols);
  const k = Math.min(rows, cols);
  const [u, v] = [qr(key.fork("u").normal([rows, k])).q, qr(key.fork("v").normal([cols, k])).q];
  const s = Array.from({ length: k }, (_, i) => condition ** (-i / (k - 1)));
  return matmul(matmul(u, diagonal(s)), v, { transposeB: true });
}

for (const name of BACKENDS) {
  const { ignore } = await backendRequirement(name);

  for (const condition of [1, 1e2, 1e4]) {
    Deno.test({
      name: `devicePolar() on ${name} keeps its stated error at condition number ${condition}`,
      ignore,
      fn: async () => {
        const tf = await useBackend(name);
        for (const [rows, cols] of [[16, 16], [24, 48], [64, 32]]) {
          const a = tensorOps.constant(conditioned(rows, cols, condition));
          const held = await numbersOf(a); // what float32 holds of it
          const factor = devicePolar(a);
          const error = spectralNorm(subtract(await numbersOf(factor), polarFactor(held)));
          assertLess(error, statedError(frobeniusNorm(held), 1 / condition));
          tf.dispose([a, factor]);
        }
      },
    });
  }

  Deno.test({
    name: `devicePolar() on ${name} fades singular values out below its range`,
    ignore,
    fn: async () => {
      const tf = await useBackend(name);
      const values = [1, 0.5, 1e-3, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 0];
      const a = tensorOps.constant(diagonal(values));
      const factor = devicePolar(a);
      const { data } = await numbersOf(factor);
      const norm = 1.01 * Math.hypot(...values);
      values.forEach((value, i) => {
        assertAlmostEquals(data[i * (values.length + 1)], composed(value / norm), 1e-5);
      });
      assertLess(data[6 * (values.length + 1)], 0.006);
      tf.dispose([a, factor]);
    },
  });

  Deno.test({
    name: `tensorOps.polar() on ${name} does not take rounding for a direction`,
    ignore,
    fn: async () => {
      const tf = await useBackend(name);
      const key = rng("low rank");
      const low = matmul(key.fork("left").normal([40, 3]), key.fork("right").normal([3, 30]));
      const expected = polarFactor(low, { tolerance: 1e-9 });
      const a = tensorOps.constant(low);
      const factor = tensorOps.polar(a);
      const error = spectralNorm(subtract(await numbersOf(factor), expected));
      // 27 more directions, at full size, would be an error of 1
      assertLess(error, name === "webgpu" ? 0.02 : 1e-6);
      tf.dispose([a, factor]);
    },
  });

  Deno.test({
    name: `tensorOps on ${name} take polar factors of tiny and huge tensors`,
    ignore,
    fn: async () => {
      const tf = await useBackend(name);
      const plain = rng(15).normal([3, 5]);
      for (const unit of [1e-30, 1e-20, 1e20, 1e36]) {
        const a = tensorOps.constant(scale(plain, unit));
        for (const make of [tensorOps.polar, devicePolar]) {
          const factor = make(a);
          assertLess(spectralNorm(subtract(await numbersOf(factor), polarFactor(plain))), 1e-5);
          factor.dispose();
        }
        a.dispose();
      }
      const zero = tensorOps.constant(matrix(2, 3));
      const factors = [tensorOps.polar(zero), tensorOps.nuclearPolar(zero, 3)];
      for (const factor of factors) assertEquals(await numbersOf(factor), matrix(2, 3));
      tf.dispose([zero, ...factors]);
    },
  });
}

Deno.test({
  name: "tensorOps on webgpu read nothing",
  ...await backendRequirement("webgpu"),
  fn: async () => {
    const tf = await useBackend("webgpu");
    const backend = tf.backend() as unknown as Record<"read" | "readSync", () => unknown>;
    const [read, readSync] = [backend.read, backend.readSync];
    backend.read = backend.readSync = () => {
      throw new Error("a read");
    };
    try {
      const a = tensorOps.constant(rng(3).normal([6, 4]));
      const made = [
        tensorOps.polar(a),
        tensorOps.nuclearPolar(a, -1),
        tensorOps.clipNorm(a, 1),
        tensorOps.newtonSchulz(a, {}),
        tensorOps.polarExpress(a, {}),
      ];
      tf.dispose([a, ...made]);
    } finally {
      Object.assign(backend, { read, readSync });
    }
  },
});
