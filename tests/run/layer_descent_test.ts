import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import {
  add,
  frobeniusNorm,
  layerDescent,
  type LayerDescentOptions,
  matmul,
  type Matrix,
  matrix,
  mlp,
  nuclearNorm,
  nuclearRank,
  type Params,
  polarFactor,
  rng,
  scale,
  spectralNorm,
  squareLoss,
  stableRank,
  subtract,
} from "resolvent";

const model = mlp({ sizes: [4, 6, 5, 1], activation: "tanh", biases: false });
const key = rng(11);
const x = key.fork("x").normal([30, 4]);
const y = matrix(30, 1, (i) => Math.sin(x.data[4 * i]) * x.data[4 * i + 1]);

/** A run with settings of its own. */
function run(options: Partial<LayerDescentOptions> = {}) {
  return layerDescent(model, {
    params: model.init(key),
    data: { x, y },
    loss: (model, data) => squareLoss(model, data, { reduction: "mean" }),
    rules: "euclidean",
    learningRate: 0.5,
    steps: 4,
    ...options,
  });
}

/** Applies tanh and its derivative. */
function bent(a: Matrix): readonly [Matrix, Matrix] {
  const value = a.data.map(Math.tanh);
  return [{ ...a, data: value }, { ...a, data: value.map((v) => 1 - v * v) }];
}

/** Entries of a product one by one. */
function times(a: Matrix, b: Matrix): Matrix {
  return { ...a, data: a.data.map((value, at) => value * b.data[at]) };
}

/** Gradients by hand, and what enters each weight. */
function byHand({ w1, w2, w3 }: Params) {
  const [a1, s1] = bent(matmul(x, w1)), [a2, s2] = bent(matmul(a1, w2));
  const d3 = scale(subtract(matmul(a2, w3), y), 1 / x.rows);
  const d2 = times(matmul(d3, w3, { transposeB: true }), s2);
  const d1 = times(matmul(d2, w2, { transposeB: true }), s1);
  const gradient = (a: Matrix, d: Matrix) => matmul(a, d, { transposeA: true });
  return {
    entering: { w1: x, w2: a1, w3: a2 },
    gradient: { w1: gradient(x, d1), w2: gradient(a1, d2), w3: gradient(a2, d3) },
  };
}

Deno.test("layerDescent() takes in each layer the step of its rule", () => {
  let params = model.init(key);
  for (let step = 0; step < 4; step++) {
    const { entering, gradient } = byHand(params);
    const n = x.rows;
    const next: Record<string, Matrix> = {};
    for (const name of ["w1", "w2", "w3"] as const) {
      const g = gradient[name], a = entering[name];
      const update = name === "w2"
        ? scale(polarFactor(g), -0.5 * nuclearNorm(g) * n / frobeniusNorm(a) ** 2)
        : scale(g, -0.5 * n / spectralNorm(a) ** 2);
      next[name] = add(params[name], update);
    }
    params = next;
  }
  const found = run({ rules: { w1: "euclidean", w2: "spectral", w3: "euclidean" } });
  for (const name of ["w1", "w2", "w3"]) {
    const off = frobeniusNorm(subtract(found.params[name], params[name]));
    assertLess(off, 1e-12 * frobeniusNorm(params[name]), name);
  }
  assertEquals([found.losses.length, found.steps], [5, 4]);
  assertEquals(found.spectralShare, { w1: 0, w2: 1, w3: 0 });
});

Deno.test("layerDescent() records the ranks before a step, where asked", () => {
  const { ranks } = run({ ranksAt: [0, 2] });
  const { gradient, entering } = byHand(model.init(key));
  for (const name of ["w1", "w2", "w3"] as const) {
    assertEquals([ranks[name].nuclear.length, ranks[name].stable.length], [2, 2]);
    assertAlmostEquals(ranks[name].nuclear[0], nuclearRank(gradient[name]), 1e-10);
    assertAlmostEquals(ranks[name].stable[0], stableRank(entering[name]), 1e-10);
  }
  assertAlmostEquals(ranks.w3.nuclear[0], 1, 1e-12, "a single column has rank 1");
});

Deno.test("layerDescent() routed far from the ranks is one of the two rules", () => {
  for (const [threshold, rule] of [[1e-9, "spectral"], [1e9, "euclidean"]] as const) {
    assertEquals(run({ rules: { threshold } }).losses, run({ rules: rule }).losses);
  }
  const routed = run({ rules: {}, steps: 20 });
  assertEquals(routed.spectralShare.w3, 0, "nr = 1 < st in the last layer");
  assertEquals(routed.spectralShare, run({ rules: {}, steps: 20, ranksAt: 1 }).spectralShare);
});

Deno.test("layerDescent() holds curvatures between measurements", () => {
  const one = run({ steps: 1 }), often = run(), seldom = run({ measureEvery: 4 });
  assertEquals(seldom.losses.slice(0, 2), one.losses);
  assertEquals(
    run({ measureEvery: 4, ranksAt: 1 }).losses,
    seldom.losses,
    "to record changes nothing",
  );
  assertNotEquals(seldom.losses[4], often.losses[4]);
  assertAlmostEquals(seldom.losses[4], often.losses[4], 0.02 * often.losses[4], "nearly the same");
});

Deno.test("layerDescent() goes along the running mean of gradients", () => {
  // With gradients that do not change, the mean after t steps is 1 - mu^t of them.
  const still = { learningRate: 1e-9, rules: "euclidean", steps: 3 } as const;
  const moved = (momentum: number) => {
    const { params } = run({ ...still, momentum }), start = model.init(key);
    return frobeniusNorm(subtract(params.w2, start.w2));
  };
  const shares = [0, 1, 2].map((t) => 1 - 0.5 ** (t + 1));
  const expected = shares.reduce((sum, share) => sum + share, 0) / 3;
  assertAlmostEquals(moved(0.5) / moved(0), expected, 1e-5);
  assertThrows(() => run({ momentum: 1 }), RangeError, "momentum");
});

Deno.test("layerDescent() takes batches and rates by step, and stops where told", () => {
  const asked: number[] = [];
  const batched = run({
    data: (step) => {
      asked.push(step);
      return { x, y };
    },
    learningRate: (step) => step < 2 ? 0.5 : 0,
  });
  assertEquals(asked, [0, 1, 2, 3, 4]);
  assertEquals(batched.losses.slice(0, 3), run().losses.slice(0, 3));
  assertEquals(batched.losses[4], batched.losses[2]);
  const target = run().losses[2];
  const stopped = run({ until: (loss) => loss <= target });
  assertEquals([stopped.steps, stopped.losses.at(-1)], [2, target]);
});

Deno.test("layerDescent() says where it diverged, unless it was told to stop there", () => {
  const wild = { learningRate: 1e200, steps: 50 };
  assertThrows(() => run(wild), RangeError, "the loss at step 1 is NaN");
  const { losses } = run({ ...wild, until: (loss) => !(loss < 1e6) });
  assertEquals([...losses].map((loss) => loss < 1e6), [true, false]);
});

Deno.test("layerDescent() refuses what it cannot run", () => {
  const withBias = mlp({ sizes: [4, 3, 1] });
  const options = {
    params: withBias.init(key),
    rules: "euclidean",
    learningRate: 1,
    steps: 1,
  } as const;
  assertThrows(
    () => layerDescent(withBias, { ...options, data: { x, y }, loss: squareLoss }),
    TypeError,
    "Cannot descend layer by layer as every trained parameter must be a weight that activations enter: a parameter is",
  );
  assertThrows(() => run({ steps: -1 }), RangeError, "steps");
  assertThrows(() => run({ measureEvery: 0 }), RangeError, "measureEvery");
  assertThrows(() => run({ learningRate: -1 }), RangeError, "learningRate");
  assertThrows(() => run({ rules: "sign" as never }), RangeError, "rules.w1");
  assertThrows(() => run({ loss: null as never }), TypeError, "loss");
});
