import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  crossEntropyLoss,
  innerProduct,
  type Matrix,
  matrix,
  mlp,
  type ModelLoss,
  type Params,
  randomFeatureModel,
  rng,
  rnn,
  sgd,
  squareLoss,
  train,
} from "resolvent";
import { like, moved } from "./derivatives.ts";

/** One-hot rows of random classes. */
function oneHot(seed: string, rows: number, classes: number): Matrix {
  const hot = rng(seed).integers(rows, { max: classes });
  return matrix(rows, classes, (i, j) => hot[i] === j ? 1 : 0);
}

const NETWORK = mlp({ sizes: [3, 5, 4, 2], activation: "gelu", parametrization: "ntk" });
const RECURRENT = rnn({ inputs: 2, hidden: 5, outputs: 3, activation: "tanh" });
const X = rng("x").normal([6, 3]), Y = rng("y").normal([6, 2]);
const STEPS = rng("steps").split(4).map((key) => key.normal([6, 2]));
const CLASSES = STEPS.map((_, t) => oneHot(`classes ${t}`, 6, 3));

/** Losses with parameters to look at them. */
const LOSSES: readonly (readonly [ModelLoss, Params])[] = [
  [squareLoss(NETWORK, { x: X, y: Y }), NETWORK.init(rng(1))],
  [squareLoss(NETWORK, { x: X, y: Y }, { reduction: "mean" }), NETWORK.init(rng(1))],
  [crossEntropyLoss(NETWORK, { x: X, y: oneHot("y", 6, 2) }), NETWORK.init(rng(1))],
  [crossEntropyLoss(RECURRENT, { x: STEPS, y: CLASSES }), RECURRENT.init(rng(2))],
  [
    squareLoss(RECURRENT, { x: STEPS, y: CLASSES }, { reduction: "mean" }),
    RECURRENT.init(rng(2)),
  ],
];

Deno.test("losses have the gradients of their difference quotients", () => {
  for (const [{ lossAndGradient }, params] of LOSSES) {
    const direction = like(params, "direction"), h = 1e-5;
    const [ahead, behind] = [h, -h].map((t) => lossAndGradient(moved(params, direction, t)).loss);
    const { gradient } = lossAndGradient(params);
    const slope = Object.entries(gradient).reduce(
      (sum, [name, g]) => sum + innerProduct(g, direction[name]),
      0,
    );
    // central: truncation 1e-10 times third derivatives, rounding 1e-11
    assertAlmostEquals(slope, (ahead - behind) / (2 * h), 1e-7 * (1 + Math.abs(slope)));
  }
});

Deno.test("squareLoss() is half the sum of squared errors, or its mean over samples", () => {
  const params = NETWORK.init(rng(1));
  const out = NETWORK.apply(params, X);
  const half = out.data.reduce((sum, f, at) => sum + (f - Y.data[at]) ** 2, 0) / 2;
  assertAlmostEquals(LOSSES[0][0].lossAndGradient(params).loss, half, 1e-13);
  assertAlmostEquals(LOSSES[1][0].lossAndGradient(params).loss, half / 6, 1e-13);
});

Deno.test("crossEntropyLoss() is the mean over trials and steps of -log of the softmax", () => {
  const [{ lossAndGradient }, params] = LOSSES[3];
  let sum = 0;
  RECURRENT.apply(params, STEPS).forEach((out, t) => {
    for (let i = 0; i < 6; i++) {
      const scores = [0, 1, 2].map((u) => Math.exp(out.data[3 * i + u]));
      const total = scores.reduce((a, b) => a + b);
      scores.forEach((s, u) => sum -= CLASSES[t].data[3 * i + u] * Math.log(s / total));
    }
  });
  assertAlmostEquals(lossAndGradient(params).loss, sum / 24, 1e-14);
});

Deno.test("crossEntropyLoss() of huge scores neither overflows nor vanishes", () => {
  const model = mlp({ sizes: [1, 1, 2], biases: false });
  const params = { w1: matrix(1, 1, [1]), w2: matrix(1, 2, [1000, -1000]) };
  const at = (y: readonly number[]) =>
    crossEntropyLoss(model, { x: matrix(1, 1, [1]), y: matrix(1, 2, y) }).lossAndGradient(params);
  assertEquals(at([1, 0]).loss, 0);
  assertEquals(at([0, 1]).loss, 2000);
  assertEquals([...at([0, 1]).gradient.w2.data], [1, -1]);
});

Deno.test("squareLoss() of a random feature model leaves the features as they are", async () => {
  const model = randomFeatureModel({ sizes: [3, 40, 2], parametrization: "ntk" });
  const params = model.init(rng(3));
  const loss = squareLoss(model, { x: X, y: Y });
  assertEquals(loss.lossAndGradient(params).gradient.w1, matrix(3, 40));
  const run = await train({ params, ...loss, optimizer: sgd({ learningRate: 0.1 }), steps: 500 });
  assertEquals(run.params.w1, params.w1);
  assertLess(run.losses[500], 0.1 * run.losses[0]);
});

Deno.test("losses refuse data that do not fit", () => {
  const params = NETWORK.init(rng(1));
  assertThrows(
    () => squareLoss(NETWORK, { x: X, y: matrix(6, 1) }).lossAndGradient(params),
    TypeError,
    "y must have the shape [6, 2]: the shape of y is [6, 1]",
  );
  assertThrows(
    () => squareLoss(NETWORK, { x: X, y: Y }, { reduction: "max" as never }),
    RangeError,
    'reduction is "max"',
  );
  assertThrows(
    () => crossEntropyLoss(NETWORK, { x: X, y: Y }),
    RangeError,
    "rows of y must be probabilities: row 0 is",
  );
  assertThrows(() => squareLoss(null as never, { x: X, y: Y }), TypeError, "model is null");
  assertThrows(() => squareLoss(NETWORK, null as never), TypeError, "data is null");
});
