import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  activate,
  add,
  matmul,
  type Matrix,
  matrix,
  mlp,
  type MlpOptions,
  rng,
  scale,
  subtract,
} from "resolvent";

/** Rounding of a few sums of tens of terms of order 1. */
const ROUNDING = 1e-13;

/** The row of a bias for each of n samples. */
function below(row: Matrix, n: number): Matrix {
  return matrix(n, row.cols, (_, j) => row.data[j]);
}

/** Largest size of an entry of a difference. */
function distance(a: Matrix, b: Matrix): number {
  return subtract(a, b).data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

Deno.test("mlp() is a chain of products, biases and activations", () => {
  const model = mlp({ sizes: [3, 5, 4, 2], activation: "tanh" });
  const params = model.init(rng(1));
  const x = rng(2).normal([6, 3]);
  const b = (name: string) => below(params[name], 6);
  const a1 = activate(add(matmul(x, params.w1), b("b1")), "tanh");
  const a2 = activate(add(matmul(a1, params.w2), b("b2")), "tanh");
  assertLess(distance(model.apply(params, x), add(matmul(a2, params.w3), b("b3"))), ROUNDING);
  const entering = model.activations(params, x);
  assertEquals(Object.keys(entering), ["w1", "w2", "w3"]);
  assertEquals(entering.w1, x);
  assertLess(distance(entering.w2, a1), ROUNDING);
  assertLess(distance(entering.w3, a2), ROUNDING);
});

Deno.test("mlp() of the tangent kernel's parametrisation multiplies by the root of the fan-in", () => {
  const options = { sizes: [3, 4, 1], weightVariance: 2, biasVariance: 0.01 };
  const x = rng(2).normal([5, 3]);
  const params = mlp({ ...options, parametrization: "ntk" }).init(rng(1));
  const h1 = add(scale(matmul(x, params.w1), Math.sqrt(2 / 3)), scale(below(params.b1, 5), 0.1));
  const a1 = activate(h1, "relu");
  const last = matmul(a1, params.w2), b2 = scale(below(params.b2, 5), 0.1);
  const ntk = mlp({ ...options, parametrization: "ntk" }).apply(params, x);
  assertLess(distance(ntk, add(scale(last, Math.sqrt(2 / 4)), b2)), ROUNDING);
  const mean = mlp({ ...options, parametrization: "mean-field" }).apply(params, x);
  assertLess(distance(mean, add(scale(last, Math.sqrt(2) / 4), b2)), ROUNDING);
});

Deno.test("mlp() draws parameters of the variances that it states", () => {
  const sizes = [50, 400, 300];
  const variance = (a: Matrix) => a.data.reduce((sum, v) => sum + v * v, 0) / a.data.length;
  const expected: readonly (readonly [MlpOptions["parametrization"], readonly number[]])[] = [
    ["standard", [2 / 50, 2 / 400, 0.5, 0.5]],
    ["mup", [2 / 50, 2 / 400 ** 2, 0.5, 0.5]],
    ["ntk", [1, 1, 1, 1]],
    ["mean-field", [1, 1, 1, 1]],
  ];
  for (const [parametrization, [w1, w2, b1, b2]] of expected) {
    const model = mlp({ sizes, parametrization, weightVariance: 2, biasVariance: 0.5 });
    const params = model.init(rng("variances"));
    // 20,000 entries: relative deviation sqrt(2/20000) = 0.01; of 300 biases 0.08; five of each
    assertAlmostEquals(variance(params.w1) / w1, 1, 0.05);
    assertAlmostEquals(variance(params.w2) / w2, 1, 0.05);
    assertAlmostEquals(variance(params.b1) / b1, 1, 0.4);
    assertAlmostEquals(variance(params.b2) / b2, 1, 0.4);
  }
});

Deno.test("mlp() has the output scale of its parametrisation as it widens", () => {
  const x = rng(3).normal([40, 5]);
  /** Root mean square output over 20 draws. */
  const size = (parametrization: MlpOptions["parametrization"], width: number) => {
    const model = mlp({ sizes: [5, width, 1], parametrization, biases: false });
    const squares = rng("widths").split(20).map((key) => {
      const out = model.apply(model.init(key), x).data;
      return out.reduce((sum, v) => sum + v * v, 0) / out.length;
    });
    return Math.sqrt(squares.reduce((sum, v) => sum + v, 0) / squares.length);
  };
  // 20 draws of outputs that are nearly one number each: 16 % each; sixteen times the width is 4 or 1
  assertAlmostEquals(Math.log(size("ntk", 64) / size("ntk", 1024)), 0, 0.7);
  assertAlmostEquals(Math.log(size("mean-field", 64) / size("mean-field", 1024)), Math.log(4), 0.7);
});

Deno.test("mlp() leaves biases out where it is told to or they would count nothing", () => {
  const names = (options: Omit<MlpOptions, "sizes">) =>
    mlp({ sizes: [1, 2, 1], ...options }).trained;
  assertEquals(names({}), ["w1", "b1", "w2", "b2"]);
  assertEquals(names({ biases: false }), ["w1", "w2"]);
  assertEquals(names({ parametrization: "ntk" }), ["w1", "w2"]);
  assertEquals(names({ parametrization: "ntk", biasVariance: 1 }), ["w1", "b1", "w2", "b2"]);
});

Deno.test("mlp() does not change with the order of hidden units", () => {
  const model = mlp({ sizes: [3, 4, 2], activation: "gelu", biasVariance: 1 });
  const { w1, b1, w2, b2 } = model.init(rng(4));
  const order = [2, 0, 3, 1];
  const moved = {
    w1: matrix(3, 4, (i, j) => w1.data[i * 4 + order[j]]),
    b1: matrix(1, 4, (_, j) => b1.data[order[j]]),
    w2: matrix(4, 2, (i, j) => w2.data[order[i] * 2 + j]),
    b2,
  };
  const x = rng(5).normal([7, 3]);
  assertLess(distance(model.apply({ w1, b1, w2, b2 }, x), model.apply(moved, x)), ROUNDING);
});

Deno.test("mlp() takes an activation of one's own", () => {
  const cube = { f: (x: number) => x ** 3, derivative: (x: number) => 3 * x * x };
  const model = mlp({ sizes: [1, 1, 1], activation: cube, biases: false });
  const params = { w1: matrix(1, 1, [2]), w2: matrix(1, 1, [1]) };
  assertEquals([...model.apply(params, matrix(1, 1, [1])).data], [8]);
});

Deno.test("mlp() refuses sizes, variances, parameters and inputs that do not fit", () => {
  assertThrows(() => mlp({ sizes: [2, 1] }), RangeError, "at least one hidden layer");
  assertThrows(() => mlp({ sizes: [2, 0, 1] }), RangeError, "sizes[1] is 0");
  assertThrows(
    () => mlp({ sizes: [2, 2, 1], weightVariance: 0 }),
    RangeError,
    "weightVariance is 0",
  );
  assertThrows(
    () => mlp({ sizes: [2, 2, 1], parametrization: "ntk", biases: true }),
    TypeError,
    'biases of "ntk" need a variance above 0: biasVariance is 0',
  );
  assertThrows(
    () => mlp({ sizes: [2, 2, 1], activation: "sin" as never }),
    RangeError,
    'activation is "sin"',
  );
  const model = mlp({ sizes: [2, 3, 1], biases: false });
  const params = model.init(rng(1));
  assertThrows(
    () => model.apply(params, matrix(4, 3)),
    TypeError,
    "x must have rows of 2 numbers: the shape of x is [4, 3]",
  );
  assertThrows(
    () => model.apply({ w1: params.w1 }, matrix(4, 2)),
    TypeError,
    'params needs w1, w2: the list of names is ["w1"]',
  );
  assertThrows(
    () => model.apply({ ...params, w2: matrix(2, 1) }, matrix(4, 2)),
    TypeError,
    "w2 must have the shape [3, 1]",
  );
  assertThrows(() => model.apply(null as never, matrix(4, 2)), TypeError, "params is null");
  assertThrows(() => model.apply(params, 3 as never), TypeError, "x is 3");
});
