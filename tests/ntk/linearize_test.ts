import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  add,
  eigh,
  empiricalNtk,
  linearize,
  matmul,
  matrix,
  mlp,
  rng,
  scale,
  sgd,
  squareLoss,
  subtract,
  train,
  transpose,
} from "resolvent";
import { largest, like, moved } from "../models/derivatives.ts";

const MODEL = mlp({
  sizes: [2, 12, 2],
  activation: "tanh",
  parametrization: "ntk",
  biasVariance: 1,
});
const PARAMS = MODEL.init(rng(1));
const X = rng(2).normal([5, 2]);

Deno.test("linearize() agrees with the model to first order: the rest falls with the square", () => {
  const line = linearize(MODEL, PARAMS), direction = like(PARAMS, "direction");
  assertLess(largest(subtract(line.apply(PARAMS, X), MODEL.apply(PARAMS, X))), 1e-15);
  const rest = [1e-2, 1e-3].map((h) => {
    const there = moved(PARAMS, direction, h);
    return largest(subtract(line.apply(there, X), MODEL.apply(there, X)));
  });
  assertAlmostEquals(Math.log10(rest[0] / rest[1]), 2, 0.05); // the cubic term is 1 % of it
});

Deno.test("linearize() is linear in the parameters", () => {
  const line = linearize(MODEL, PARAMS);
  const [p, q] = ["p", "q"].map((seed) => like(PARAMS, seed));
  const middle = Object.fromEntries(
    Object.keys(p).map((name) => [name, scale(add(p[name], q[name]), 0.5)]),
  );
  const mean = scale(add(line.apply(p, X), line.apply(q, X)), 0.5);
  assertLess(largest(subtract(line.apply(middle, X), mean)), 1e-13);
});

Deno.test("linearize() has the model's tangent kernel everywhere", () => {
  const line = linearize(MODEL, PARAMS), elsewhere = like(PARAMS, "elsewhere");
  const kernel = empiricalNtk(MODEL, PARAMS, X, null, { outputs: "full" });
  for (const method of ["layerwise", "jacobian", "products"] as const) {
    const there = empiricalNtk(line, elsewhere, X, null, { outputs: "full", method });
    assertLess(largest(subtract(there, kernel)), 1e-12);
  }
});

Deno.test("linearize() trains by the powers of its kernel", async () => {
  const model = mlp({ sizes: [2, 30, 1], activation: "relu", parametrization: "ntk" });
  const params = model.init(rng(4)), y = rng(5).normal([5, 1]);
  const kernel = empiricalNtk(model, params, X);
  const { values, vectors } = eigh(kernel);
  const eta = 0.5 / values[4], steps = 40;
  const run = await train({
    params,
    ...squareLoss(linearize(model, params), { x: X, y }),
    optimizer: sgd({ learningRate: eta }),
    steps,
  });
  // the residual is (I - eta K)^t times the first
  const first = subtract(model.apply(params, X), y);
  const powers = matrix(5, 5, (i, j) => i === j ? (1 - eta * values[i]) ** steps : 0);
  const residual = matmul(matmul(vectors, matmul(powers, transpose(vectors))), first);
  const last = subtract(linearize(model, params).apply(run.params, X), y);
  assertLess(largest(subtract(last, residual)), 1e-12);
});

Deno.test("linearize() refuses parameters that do not fit", () => {
  const line = linearize(MODEL, PARAMS);
  assertThrows(() => linearize(MODEL, null as never), TypeError, "params is null");
  assertThrows(() => linearize({} as never, PARAMS), TypeError, "model must be a model");
  assertThrows(() => line.apply({ w1: PARAMS.w1 }, X), TypeError, "params needs w1, b1, w2, b2");
  assertThrows(
    () => line.apply({ ...PARAMS, w2: matrix(1, 1) }, X),
    TypeError,
    "w2 must have the shape [12, 2]",
  );
  assertEquals(line.trained, MODEL.trained);
});
