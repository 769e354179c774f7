import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  activate,
  add,
  empiricalNtk,
  frobeniusNorm,
  innerProduct,
  jacobianVectorProduct,
  matmul,
  type Matrix,
  matrix,
  matrixOps,
  rng,
  rnn,
  scale,
  subtract,
  vectorJacobianProduct,
} from "resolvent";
import { largest, like, moved } from "./derivatives.ts";

const MODEL = rnn({ inputs: 2, hidden: 6, outputs: 3, activation: "tanh" });
const PARAMS = MODEL.init(rng(1));

/** Inputs of some trials at each of four steps. */
function inputs(seed: string, trials: number): readonly Matrix[] {
  return rng(seed).split(4).map((key) => key.normal([trials, 2]));
}

/** Outputs of all steps side by side. */
function outputs(params: typeof PARAMS, x: readonly Matrix[]): Matrix {
  return matrixOps.concatColumns(MODEL.apply(params, x));
}

/** Distance of two matrices relative to the second. */
function relative(a: Matrix, b: Matrix): number {
  return frobeniusNorm(subtract(a, b)) / frobeniusNorm(b);
}

Deno.test("rnn() is the recurrence that it states", () => {
  const x = inputs("x", 5);
  let h = matrix(5, 6);
  const states = MODEL.hiddenStates(PARAMS, x), y = MODEL.apply(PARAMS, x);
  x.forEach((step, t) => {
    h = activate(add(matmul(h, PARAMS.wRec), matmul(step, PARAMS.wIn)), "tanh");
    assertLess(largest(subtract(states[t], h)), 1e-14);
    assertLess(largest(subtract(y[t], matmul(h, PARAMS.wOut))), 1e-14);
  });
  const { wIn, wRec, wOut } = MODEL.activations(PARAMS, x);
  assertEquals(wIn, x);
  assertEquals(wRec, [matrix(5, 6), ...states.slice(0, -1)]);
  assertEquals(wOut, states);
});

Deno.test("rnn() draws parameters of the variances that it states", () => {
  const { wIn, wRec, wOut } = rnn({ inputs: 50, hidden: 400, outputs: 60, gain: 1.25 }).init(
    rng(2),
  );
  const variance = (a: Matrix) => a.data.reduce((sum, v) => sum + v * v, 0) / a.data.length;
  // at least 20,000 entries: relative deviation at most sqrt(2/20000) = 0.01; five of them
  assertAlmostEquals(variance(wIn) * 3 * 50, 1, 0.05);
  assertAlmostEquals(variance(wRec) * 400 / 1.25 ** 2, 1, 0.05);
  assertAlmostEquals(variance(wOut) * 3 * 400, 1, 0.05);
  assertLess(largest(wIn), 1 / Math.sqrt(50));
});

Deno.test("rnn() has the derivatives of difference quotients, and their transpose", () => {
  const x = inputs("x", 5), tangents = like(PARAMS, "tangents");
  const h = 1e-5; // central: truncation 1e-10 times third derivatives, rounding 1e-11
  const [ahead, behind] = [h, -h].map((t) => outputs(moved(PARAMS, tangents, t), x));
  const product = jacobianVectorProduct(MODEL, PARAMS, x, tangents);
  assertLess(relative(product, scale(subtract(ahead, behind), 1 / (2 * h))), 1e-7);
  const v = rng(3).normal([5, 12]);
  const back = vectorJacobianProduct(MODEL, PARAMS, x, v);
  const sum = Object.entries(back).reduce((s, [name, g]) => s + innerProduct(g, tangents[name]), 0);
  assertAlmostEquals(sum, innerProduct(v, product), 1e-11);
});

Deno.test("empiricalNtk() of rnn() is the same by its three methods, of one weight or all", () => {
  const x1 = inputs("x1", 4), x2 = inputs("x2", 3);
  for (const only of [["wRec"], ["wIn", "wOut"], undefined]) {
    for (const outputs of ["full", "mean"] as const) {
      for (const other of [null, x2]) {
        const kernel = empiricalNtk(MODEL, PARAMS, x1, other, { only, outputs });
        for (const method of ["jacobian", "products"] as const) {
          const same = empiricalNtk(MODEL, PARAMS, x1, other, { only, outputs, method });
          assertLess(relative(same, kernel), 1e-12);
        }
        const parts = empiricalNtk(MODEL, PARAMS, x1, other, { only, outputs, batchSize: 3 });
        assertLess(relative(parts, kernel), 1e-12);
      }
    }
  }
});

Deno.test("empiricalNtk() of rnn() by its recurrent matrix is that of difference quotients", () => {
  const x = inputs("x", 3), h = 1e-5;
  const columns = Array.from(PARAMS.wRec.data, (_, at) => {
    const unit = { wRec: matrix(6, 6, (i, j) => 6 * i + j === at ? 1 : 0) };
    const all = { ...like(PARAMS, "any"), wIn: matrix(2, 6), wOut: matrix(6, 3), ...unit };
    const [ahead, behind] = [h, -h].map((t) => outputs(moved(PARAMS, all, t), x));
    return scale(subtract(ahead, behind), 1 / (2 * h)).data;
  });
  const j = matrix(36, 36, (i, k) => columns[k][i]); // 3 trials of 4 steps of 3 outputs
  const kernel = empiricalNtk(MODEL, PARAMS, x, null, { only: ["wRec"], outputs: "full" });
  assertLess(relative(kernel, matmul(j, j, { transposeB: true })), 1e-7);
});

Deno.test("empiricalNtk() of rnn() by its recurrent matrix at one step is zero: units are at rest", () => {
  const x = [rng(1).normal([3, 2])];
  assertEquals(empiricalNtk(MODEL, PARAMS, x, null, { only: ["wRec"] }), matrix(3, 3));
  const method = "jacobian" as const;
  assertEquals(empiricalNtk(MODEL, PARAMS, x, null, { only: ["wRec"], method }), matrix(3, 3));
});

Deno.test("rnn() refuses sizes and inputs that do not fit", () => {
  assertThrows(
    () => rnn({ inputs: 0, hidden: 1, outputs: 1 }),
    RangeError,
    "Cannot make a recurrent network as inputs must be an integer of at least 1: inputs is 0",
  );
  assertThrows(
    () => MODEL.apply(PARAMS, matrix(3, 2) as never),
    TypeError,
    "x must be a list of arrays, one for each step: x is a 3 x 2 matrix",
  );
  assertThrows(() => MODEL.apply(PARAMS, []), TypeError, "x must be a list of arrays");
  assertThrows(
    () => MODEL.apply(PARAMS, [matrix(3, 2), matrix(4, 2)]),
    TypeError,
    "each step must have as many trials: the list of numbers is [3, 4]",
  );
  assertThrows(() => MODEL.apply(PARAMS, [matrix(3, 3)]), TypeError, "rows of 2 numbers");
});
