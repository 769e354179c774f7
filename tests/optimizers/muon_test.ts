/**
 * Tests of Muon; runs of torch are in references_test.ts, shared laws in contract.ts.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  type Matrix,
  matrix,
  muon,
  newtonSchulz,
  polarExpress,
  rng,
  scale,
  singularValues,
} from "resolvent";
import { assertClose } from "./contract.ts";

/** Rounding of products and decompositions at these sizes. */
const ROUNDING = 1e-12;

Deno.test("muon() takes a step of hand: EMA, Nesterov, decay", () => {
  const options = { learningRate: 0.5, momentum: 0.75, orthogonalizer: "exact" } as const;
  const w = matrix(2, 2, [0, 0, 0, 10]);
  const state = { step: 0, momentum: matrix(2, 2, [0, 4, 0, 0]) };
  const g = matrix(2, 2, [8, 0, 0, 0]);
  // the mean is 0.75 * 4 in one corner and 0.25 * 8 in another: a row, whose polar factor is its direction
  const [plain, next] = muon({ ...options, nesterov: false }).update(g, state, w);
  assertEquals([...next.momentum.data], [2, 3, 0, 0]);
  const row = Math.hypot(2, 3);
  assertClose(plain, matrix(2, 2, [-1 / row, -1.5 / row, 0, 0]), ROUNDING);
  // ahead: 0.25 g + 0.75 mean = (3.5, 2.25)
  const ahead = Math.hypot(3.5, 2.25);
  const [nesterov] = muon({ ...options, weightDecay: 0.1 }).update(g, state, w);
  assertClose(nesterov, matrix(2, 2, [-1.75 / ahead, -1.125 / ahead, 0, -0.5]), ROUNDING);
});

Deno.test("muon() scales by the shape of [in, out] weights", () => {
  const sizes = {
    original: [1, Math.sqrt(3)],
    moonlight: [0.2 * Math.sqrt(6), 0.2 * Math.sqrt(6)],
    scion: [Math.sqrt(1 / 3), Math.sqrt(3)],
    none: [1, 1],
  } as const;
  for (const [name, expected] of Object.entries(sizes)) {
    ([[6, 2], [2, 6]] as const).forEach((shape, i) => {
      const rule = muon({
        learningRate: 1,
        orthogonalizer: "exact",
        scale: name as keyof typeof sizes,
      });
      const w = matrix(shape[0], shape[1]);
      const [update] = rule.update(rng(i).normal(shape), rule.init(w), w);
      for (const s of singularValues(update)) assertAlmostEquals(s, expected[i], 1e-12);
    });
  }
});

Deno.test("muon() at moonlight's scale has entries of root mean square 0.2 at full rank", () => {
  const rule = muon({ learningRate: 1, orthogonalizer: "exact", scale: "moonlight" });
  const w = matrix(7, 20);
  const [update] = rule.update(rng(9).normal([7, 20]), rule.init(w), w);
  const square = update.data.reduce((sum, u) => sum + u * u, 0) / update.data.length;
  assertAlmostEquals(Math.sqrt(square), 0.2, 1e-12);
});

Deno.test("muon() hands coefficients and steps to its iteration", () => {
  const g = rng(1).normal([4, 4]);
  const w = matrix(4, 4);
  const share = scale(g, 1 - 0.95 ** 2); // first step of Nesterov: (1 - mu)(1 + mu) g
  const cubic = [1.5, -0.5, 0] as const;
  const cases = [
    [muon({ learningRate: 1 }), newtonSchulz(share)],
    [
      muon({ learningRate: 1, coefficients: cubic, steps: 3 }),
      newtonSchulz(share, { coefficients: cubic, steps: 3 }),
    ],
    [
      muon({ learningRate: 1, orthogonalizer: "polar-express", steps: 2 }),
      polarExpress(share, { steps: 2 }),
    ],
    [muon({ learningRate: 1, orthogonalizer: (a: Matrix) => scale(a, 2) }), scale(share, 2)],
  ] as const;
  for (const [rule, expected] of cases) {
    const [update] = rule.update(g, rule.init(w), w);
    assertClose(update, scale(expected, -1), ROUNDING);
  }
});

Deno.test("muon() by default leaves singular values in the band of Jordan's polynomial", () => {
  const rule = muon({ learningRate: 1, scale: "none" });
  const w = matrix(30, 20);
  const [update] = rule.update(rng(5).normal([30, 20]), rule.init(w), w);
  for (const s of singularValues(update)) {
    assertEquals(s > 0.68 && s < 1.14, true, `singular value ${s}`);
  }
});

Deno.test("muon() refuses unknown names and settings without effect", () => {
  const refusals = [
    [{ learningRate: -1 }, "Cannot take a step of Muon as learningRate must be"],
    [{ momentum: 1 }, "momentum is 1"],
    [{ weightDecay: -1 }, "weightDecay is -1"],
    [
      { orthogonalizer: "svd" },
      'orthogonalizer must be one of "newton-schulz", "polar-express", "exact": orthogonalizer is "svd"',
    ],
    [{ scale: "big" }, 'scale is "big"'],
    [
      { orthogonalizer: "exact", steps: 3 },
      'as steps belong to an orthogonalizer that iterates: orthogonalizer is "exact"',
    ],
    [
      { orthogonalizer: "polar-express", coefficients: [1, 0, 0] },
      "coefficients belong to the orthogonalizer",
    ],
  ] as const;
  for (const [options, text] of refusals) {
    assertThrows(() => muon(options as never), RangeError, text);
  }
  const rule = muon({ orthogonalizer: () => matrix(1, 1) });
  const w = matrix(2, 2);
  assertThrows(
    () => rule.update(w, rule.init(w), w),
    TypeError,
    "as the orthogonalizer must keep the shape: the pair of shapes is [[2, 2], [1, 1]]",
  );
});
