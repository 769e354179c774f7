import { assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  add,
  innerProduct,
  jacobianVectorProduct,
  matmul,
  matrix,
  type Mlp,
  mlp,
  type ModelActivation,
  quadraticNetwork,
  randomFeatureModel,
  rng,
  scale,
  subtract,
  vectorJacobianProduct,
} from "resolvent";
import { largest, like, moved } from "./derivatives.ts";

/** Models of every parametrisation, with and without biases. */
const MODELS: readonly Mlp[] = [
  mlp({ sizes: [3, 4, 2], activation: "tanh" }),
  mlp({ sizes: [3, 4, 5, 2], activation: "gelu", parametrization: "ntk", weightVariance: 2 }),
  mlp({ sizes: [3, 4, 5, 1], activation: "erf", parametrization: "ntk", biasVariance: 0.01 }),
  mlp({
    sizes: [3, 4, 4, 3, 1],
    activation: "silu",
    parametrization: "mean-field",
    biasVariance: 1,
  }),
  mlp({ sizes: [3, 4, 2], activation: { f: Math.sin, derivative: Math.cos } as ModelActivation }),
  quadraticNetwork({ sizes: [3, 4, 2] }),
];

Deno.test("jacobianVectorProduct() is the limit of difference quotients", () => {
  for (const model of MODELS) {
    const params = model.init(rng(1)), tangents = like(params, "tangents");
    const x = rng(2).normal([5, 3]);
    const h = 1e-5; // central: truncation 1e-10 times third derivatives, rounding 1e-11
    const [ahead, behind] = [h, -h].map((t) => model.apply(moved(params, tangents, t), x));
    const quotient = scale(subtract(ahead, behind), 1 / (2 * h));
    const product = jacobianVectorProduct(model, params, x, tangents);
    assertLess(largest(subtract(product, quotient)), 1e-7 * (1 + largest(quotient)));
  }
});

Deno.test("vectorJacobianProduct() is the transpose of jacobianVectorProduct()", () => {
  for (const model of MODELS) {
    const params = model.init(rng(1)), tangents = like(params, "tangents");
    const x = rng(2).normal([5, 3]);
    const v = rng(3).normal([5, model.sizes[model.sizes.length - 1]]);
    const there = innerProduct(v, jacobianVectorProduct(model, params, x, tangents));
    const back = vectorJacobianProduct(model, params, x, v);
    assertEquals(Object.keys(back), model.trained);
    const sum = Object.entries(back).reduce(
      (s, [name, g]) => s + innerProduct(g, tangents[name]),
      0,
    );
    assertLess(Math.abs(sum - there), 1e-12 * (1 + Math.abs(there))); // rounding of 100 terms
  }
});

Deno.test("vectorJacobianProduct() of some parameters is part of that of all", () => {
  const model = MODELS[0], params = model.init(rng(1)), x = rng(2).normal([5, 3]);
  const v = rng(3).normal([5, 2]);
  const { b1, w2 } = vectorJacobianProduct(model, params, x, v);
  assertEquals(vectorJacobianProduct(model, params, x, v, { only: ["w2", "b1"] }), { w2, b1 });
});

Deno.test("jacobianVectorProduct() leaves parameters without a tangent where they are", () => {
  const model = MODELS[0], params = model.init(rng(1)), x = rng(2).normal([5, 3]);
  const tangents = like(params, "tangents");
  const parts = Object.entries(tangents).map(([name, t]) =>
    jacobianVectorProduct(model, params, x, { [name]: t })
  );
  const sum = parts.reduce((a, b) => add(a, b));
  const whole = jacobianVectorProduct(model, params, x, tangents);
  assertLess(largest(subtract(sum, whole)), 1e-13);
});

Deno.test("randomFeatureModel() needs no derivative of its activation", () => {
  const step = randomFeatureModel({ sizes: [3, 6, 2], activation: (x) => x > 0 ? 1 : 0 });
  const params = step.init(rng(1)), x = rng(2).normal([5, 3]), v = rng(3).normal([5, 2]);
  const { w2 } = vectorJacobianProduct(step, params, x, v);
  const features = step.activations(params, x).w2;
  assertLess(largest(subtract(w2, matmul(features, v, { transposeA: true }))), 1e-14);
  const moved = jacobianVectorProduct(step, params, x, { w2 });
  assertLess(largest(subtract(moved, matmul(features, w2))), 1e-14);
});

Deno.test("randomFeatureModel() is differentiated by its last weights", () => {
  const model = randomFeatureModel({ sizes: [3, 6, 2], parametrization: "ntk" });
  const params = model.init(rng(1)), x = rng(2).normal([5, 3]);
  assertEquals(model.trained, ["w2"]);
  const gradient = vectorJacobianProduct(model, params, x, matrix(5, 2, () => 1));
  assertEquals(Object.keys(gradient), ["w2"]);
});

Deno.test("products with a Jacobian refuse what does not fit", () => {
  const model = MODELS[0], params = model.init(rng(1)), x = rng(2).normal([5, 3]);
  assertThrows(
    () => vectorJacobianProduct(model, params, x, matrix(5, 1)),
    TypeError,
    "cotangents must have the shape [5, 2]: the shape of cotangents is [5, 1]",
  );
  assertThrows(
    () => vectorJacobianProduct(model, params, x, matrix(5, 2), { only: ["w9"] }),
    RangeError,
    'only must be names of parameters: w1, b1, w2, b2: a name is "w9"',
  );
  assertThrows(
    () => jacobianVectorProduct(model, params, x, { w1: matrix(1, 1) }),
    TypeError,
    "the tangent of w1 must have the shape [3, 4]",
  );
  assertThrows(
    () => jacobianVectorProduct({} as never, params, x, {}),
    TypeError,
    "model must be a model { init, apply, trace }",
  );
  const plain = mlp({ sizes: [3, 4, 2], activation: Math.sin });
  assertThrows(
    () => vectorJacobianProduct(plain, params, x, matrix(5, 2)),
    TypeError,
    "a function needs its derivative",
  );
});
