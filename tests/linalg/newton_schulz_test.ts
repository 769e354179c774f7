import {
  diagonal,
  matmul,
  matrix,
  newtonSchulz,
  type Quintic,
  rng,
  scale,
  transpose,
} from "resolvent";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { portableKernels } from "../../lib/linalg/portable.ts";
import { withKernels } from "../../lib/linalg/provider.ts";
import { textFault } from "../lint/error_text.ts";
import { orthonormal, product, relativeDistance } from "./matrices.ts";

/** Errors of 15 products of sides of at most 12. */
const ROUNDING = 1e-12;

/** Five steps of Jordan's polynomial on one singular value, written out. */
function fiveSteps(x: number): number {
  for (let step = 0; step < 5; step++) x = 3.4445 * x - 4.7750 * x ** 3 + 2.0315 * x ** 5;
  return x;
}

Deno.test("newtonSchulz() has slope 484.9 at 0 and maps 1 to 0.701 in a step", () => {
  const small = newtonSchulz(diagonal([1, 1e-9]), { epsilon: 0 });
  assertAlmostEquals(small.data[3] / 1e-9, 484.9, 0.05);
  assertAlmostEquals(
    newtonSchulz(diagonal([2]), { epsilon: 0, steps: 1 }).data[0],
    0.701,
    ROUNDING,
  );
});

Deno.test("newtonSchulz() keeps values in the band [0.6819, 1.1343] once they are there", () => {
  // The first value of a diagonal pair is x when the other one fills up the norm.
  for (let x = 0.69; x < 1; x += 0.001) {
    const value =
      newtonSchulz(diagonal([x, Math.sqrt(1 - x * x)]), { epsilon: 0, steps: 30 }).data[0];
    assertGreater(value, 0.6818);
    assertLess(value, 1.1344);
  }
});

Deno.test("newtonSchulz() puts every singular value through the polynomial", () => {
  const side = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(side, side, fc.nat(), (m, n, seed) => {
      const key = rng(seed), k = Math.min(m, n);
      const u = orthonormal(key.fork("u"), m, k), v = orthonormal(key.fork("v"), n, k);
      const s = key.uniform(k, { min: 0.1, max: 5 });
      const norm = Math.hypot(...s);
      const a = product(u, s, v);
      const expected = product(u, s.map((value) => fiveSteps(value / (norm + 1e-7))), v);
      assertLess(relativeDistance(expected, newtonSchulz(a)), ROUNDING);
      assertLess(
        relativeDistance(transpose(newtonSchulz(a)), newtonSchulz(transpose(a))),
        ROUNDING,
      );
    }),
    { seed: 13, numRuns: 30 },
  );
});

Deno.test("newtonSchulz() multiplies on the smaller side of a tall and of a wide matrix", () => {
  for (const shape of [[40, 20], [20, 40]] as const) {
    let operations = 0;
    const product: typeof portableKernels.product = (a, b, options) => {
      const c = portableKernels.product(a, b, options);
      operations += 2 * c.rows * c.cols * (options.transposeA ? a.rows : a.cols);
      return c;
    };
    const a = rng(30).normal(shape);
    withKernels({ ...portableKernels, product }, () => newtonSchulz(a, { steps: 1 }));
    assertEquals(operations, 4 * 20 ** 2 * 40 + 2 * 20 ** 3);
  }
});

Deno.test("newtonSchulz() takes one polynomial per step from a list", () => {
  const list: readonly Quintic[] = [[1, 1, 0], [2, 0, 1]];
  // 1 -> 2 -> 2 x 2 + 2^5 = 36
  assertAlmostEquals(
    newtonSchulz(diagonal([3]), { epsilon: 0, coefficients: list }).data[0],
    36,
    ROUNDING,
  );
  const first = newtonSchulz(diagonal([3]), { epsilon: 0, coefficients: list, steps: 1 });
  assertAlmostEquals(first.data[0], 2, ROUNDING);
});

Deno.test("newtonSchulz() with the classic quintic converges to the polar factor", () => {
  const q = orthonormal(rng(14), 6, 6);
  const a = matmul(q, diagonal([1, 0.9, 0.8, 0.7, 0.6, 0.5]));
  const factor = newtonSchulz(a, { coefficients: [15 / 8, -10 / 8, 3 / 8], steps: 12 });
  assertLess(relativeDistance(q, factor), ROUNDING);
});

Deno.test("newtonSchulz() leaves zero at zero, and takes tiny, huge and empty matrices", () => {
  assertEquals(newtonSchulz(matrix(2, 3)), matrix(2, 3));
  assertEquals(newtonSchulz(matrix(2, 3), { epsilon: 0 }), matrix(2, 3));
  assertEquals(newtonSchulz(matrix(0, 3)), matrix(0, 3));
  const a = rng(15).normal([3, 5]);
  const plain = newtonSchulz(a, { epsilon: 0 });
  for (const unit of [1e-300, 1e-150, 1e150, 1e300]) {
    assertLess(relativeDistance(plain, newtonSchulz(scale(a, unit), { epsilon: 0 })), ROUNDING);
  }
  // Muon's epsilon is absolute: a matrix far below it stays far below.
  assertLess(Math.abs(newtonSchulz(scale(a, 1e-150)).data[0]), 1e-130);
});

Deno.test("newtonSchulz() refuses options out of range", () => {
  const a = matrix(1, 1, [1]);
  assertThrows(
    () => newtonSchulz(a, { steps: 1.5 }),
    RangeError,
    "Cannot orthogonalise by Newton-Schulz as steps must be an integer of at least 0: steps is 1.5",
  );
  assertThrows(
    () => newtonSchulz(a, { coefficients: [[1, 0, 0]], steps: 2 }),
    RangeError,
    "steps must be an integer from 0 to 1: steps is 2",
  );
  assertThrows(
    () => newtonSchulz(a, { coefficients: [[1, 2]] as unknown as Quintic[] }),
    TypeError,
    "a polynomial has the three coefficients of x, x^3 and x^5: coefficients[0] is [1, 2]",
  );
  assertThrows(
    () => newtonSchulz(a, { coefficients: [[1, 0, 0], [1, Infinity, 0]], steps: 1 }),
    RangeError,
    "coefficients[1][1] must be a finite number: coefficients[1][1] is Infinity",
  );
  assertThrows(() => newtonSchulz(a, { coefficients: [1, NaN, 0] }), RangeError, "is NaN");
  for (const coefficients of [[], [[]], "abc", 3, {}, [1, 2], [[1, 2, 3], null], [1, "2", 3]]) {
    for (const steps of [undefined, 0]) {
      const error = assertThrows(
        () => newtonSchulz(a, { coefficients: coefficients as never, steps }),
        Error,
        "Cannot orthogonalise by Newton-Schulz as ",
      );
      assertEquals(textFault(error.message), null);
    }
  }
  assertThrows(
    () => newtonSchulz(a, { coefficients: [] as never }),
    TypeError,
    "there must be a polynomial for a step: coefficients is []",
  );
  assertThrows(() => newtonSchulz(a, { epsilon: -1 }), RangeError, "epsilon is -1");
  assertThrows(() => newtonSchulz(matrix(1, 1, [NaN])), RangeError, "a[0, 0] is NaN");
});
