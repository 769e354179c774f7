/**
 * The one list of optimizers and the one suite that each must pass.
 *
 * @module
 */
import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  adamW,
  add,
  applyUpdate,
  chain,
  clipNorm,
  linearDecay,
  matmul,
  type Matrix,
  matrix,
  muon,
  type Optimizer,
  qr,
  type Rate,
  rng,
  scale,
  scaleBy,
  sgd,
  signDescent,
  spectralDescent,
  subtract,
  transpose,
} from "resolvent";

/** An optimizer whose state is not looked into: the suite only hands it on. */
export type Opaque = Optimizer<null>;

/** A member of the family, with the laws that hold for it. */
export type Member = {
  readonly name: string;
  /** Makes it with a learning rate; spectral descent has a curvature instead. */
  readonly make: (learningRate: Rate) => Opaque;
  /** The group with which its updates commute. */
  readonly commutes: "orthogonal" | "signed permutations";
  /** Power with which an update grows with the gradient, null where there is none. */
  readonly degree: 0 | 1 | null;
  /** Whether the update is linear in the gradient. */
  readonly linear: boolean;
  /** Whether the update of the transpose is the transpose of the update. */
  readonly transposes: boolean;
};

function opaque<S>(optimizer: Optimizer<S>): Opaque {
  return optimizer as unknown as Opaque;
}

const spectral = { commutes: "orthogonal", degree: 0, linear: false, transposes: false } as const;
const linear = { commutes: "orthogonal", degree: 1, linear: true, transposes: true } as const;
const entrywise = {
  commutes: "signed permutations",
  degree: 0,
  linear: false,
  transposes: true,
} as const;

/** Every optimizer; adding one to the library means adding it here. */
export const MEMBERS: readonly Member[] = [
  { name: "sgd", make: (learningRate) => opaque(sgd({ learningRate })), ...linear },
  {
    name: "sgd with momentum",
    make: (learningRate) => opaque(sgd({ learningRate, momentum: 0.7 })),
    ...linear,
  },
  {
    name: "sgd with Nesterov momentum",
    make: (learningRate) => opaque(sgd({ learningRate, momentum: 0.7, nesterov: true })),
    ...linear,
  },
  {
    name: "adamW",
    make: (learningRate) => opaque(adamW({ learningRate, weightDecay: 0, epsilon: 1e-12 })),
    ...entrywise,
  },
  {
    name: "signDescent",
    make: (rate) => opaque(signDescent({ learningRate: rate })),
    ...entrywise,
  },
  {
    name: "spectralDescent",
    make: () => opaque(spectralDescent({ curvature: 4 })),
    ...spectral,
    degree: 1,
    transposes: true,
  },
  {
    name: "muon by Newton-Schulz",
    make: (learningRate) => opaque(muon({ learningRate })),
    ...spectral,
  },
  {
    name: "muon by Polar Express",
    make: (rate) =>
      opaque(muon({ learningRate: rate, orthogonalizer: "polar-express", scale: "moonlight" })),
    ...spectral,
    transposes: true,
  },
  {
    name: "muon, exact, without Nesterov",
    make: (rate) =>
      opaque(
        muon({ learningRate: rate, orthogonalizer: "exact", nesterov: false, scale: "none" }),
      ),
    ...spectral,
    transposes: true,
  },
  {
    name: "muon, exact, at Scion's scale",
    make: (rate) => opaque(muon({ learningRate: rate, orthogonalizer: "exact", scale: "scion" })),
    ...spectral,
  },
  {
    name: "a chain of clipNorm, sgd and scaleBy",
    make: (learningRate) => opaque(chain(clipNorm(50), sgd({ learningRate }), scaleBy(0.9))),
    commutes: "orthogonal",
    degree: null,
    linear: false,
    transposes: true,
  },
];

/** Rounding of a few products and decompositions at sizes below 10, relative to the update. */
const ROUNDING = 1e-9;
/** The epsilon of 1e-7 in the iterations moves an update by about 1e-7/‖G‖ of its size. */
const EPSILON = 1e-5;
/** A step of fixed length with memory of 20 steps ends about 20 * 0.4/300 from the minimum in each direction. */
const NEAR = 0.06;

/** Registers the suite for one member. */
export function contractTests(member: Member): void {
  const { name, make, commutes, degree } = member;
  const key = rng("optimizer contract").fork(name);
  const rule = make(0.1);

  Deno.test(`${name} converges on a quadratic`, () => {
    const target = key.fork("target").normal([4, 6]);
    const decayed = make(linearDecay({ start: 0.4, steps: 300 }));
    let w = matrix(4, 6);
    let state = decayed.init(w);
    for (let step = 0; step < 300; step++) {
      const [update, next] = decayed.update(subtract(w, target), state, w);
      [w, state] = [applyUpdate(w, update), next];
    }
    assertLess(distance(w, target), NEAR);
  });

  Deno.test(`${name} commutes with ${commutes}`, () => {
    const left = factor(commutes, 4, "left");
    const right = factor(commutes, 6, "right");
    const turn = (a: Matrix) => matmul(matmul(left, a), right);
    const gradients = steps([4, 6], 3);
    const w = key.fork("w").normal([4, 6]);
    const plain = path(rule, gradients, w);
    const turned = path(rule, gradients.map(turn), turn(w));
    plain.forEach((update, i) => assertClose(turned[i], turn(update), ROUNDING));
  });

  Deno.test(`${name} is pure: same call, same result, inputs unchanged`, () => {
    const [g, w] = [key.fork("g").normal([3, 5]), key.fork("w").normal([3, 5])];
    const [, state] = rule.update(g, rule.init(w), w);
    const before = structuredClone([g, state, w]);
    const [first, second] = [rule.update(g, state, w), rule.update(g, state, w)];
    assertEquals(first, second);
    assertEquals([g, state, w], before);
  });

  Deno.test(`${name} continues both halves of a forked run alike`, () => {
    const gradients = steps([3, 5], 6);
    const w = key.fork("w").normal([3, 5]);
    const whole = path(rule, gradients, w);
    let [at, state] = [w, rule.init(w)];
    for (const g of gradients.slice(0, 3)) {
      const [update, next] = rule.update(g, state, at);
      [at, state] = [applyUpdate(at, update), next];
    }
    const kept = JSON.stringify(state);
    path(rule, steps([3, 5], 3).toReversed(), at, state); // one half goes elsewhere
    assertEquals(JSON.stringify(state), kept);
    assertEquals(path(rule, gradients.slice(3), at, state), whole.slice(3));
  });

  if (degree !== null) {
    Deno.test(`${name} grows with the gradient to the power ${degree}`, () => {
      const [g, w] = [key.fork("g").normal([4, 3]), matrix(4, 3)];
      const [one] = rule.update(g, rule.init(w), w);
      const [seven] = rule.update(scale(g, 7), rule.init(w), w);
      assertClose(seven, scale(one, 7 ** degree), EPSILON);
    });
  }

  if (member.linear) {
    Deno.test(`${name} is linear in the gradient`, () => {
      const w = matrix(3, 4);
      const [a, b] = [steps([3, 4], 3), steps([3, 4], 6).slice(3)];
      const both = path(rule, a.map((g, i) => add(scale(g, 2), scale(b[i], -3))), w);
      const [ua, ub] = [path(rule, a, w), path(rule, b, w)];
      both.forEach((u, i) => assertClose(u, add(scale(ua[i], 2), scale(ub[i], -3)), ROUNDING));
    });
  }

  if (member.transposes) {
    Deno.test(`${name} of a transpose is the transpose of the update`, () => {
      const w = key.fork("w").normal([3, 5]);
      const gradients = steps([3, 5], 3);
      const plain = path(rule, gradients, w);
      const across = path(rule, gradients.map(transpose), transpose(w));
      plain.forEach((update, i) => assertClose(across[i], transpose(update), ROUNDING));
    });
  }

  Deno.test(`${name} does not move without a gradient`, () => {
    const w = key.fork("w").normal([3, 2]);
    const [update] = rule.update(matrix(3, 2), rule.init(w), w);
    assert(update.data.every((entry) => entry === 0));
  });

  for (const shape of [[1, 5], [5, 1], [1, 1], [0, 3]] as const) {
    Deno.test(`${name} keeps the shape ${shape.join(" x ")}`, () => {
      const [g, w] = [key.fork("g").normal(shape), key.fork("w").normal(shape)];
      const [update] = rule.update(g, rule.init(w), w);
      assertEquals([update.rows, update.cols], [...shape]);
      assert(update.data.every((entry) => Number.isFinite(entry)));
      assertEquals(update.data.length > 0, update.data.some((entry) => entry !== 0));
    });
  }

  Deno.test(`${name} refuses another shape and what is not finite`, () => {
    const w = matrix(2, 3);
    const state = rule.init(w);
    assertThrows(
      () => rule.update(matrix(3, 2), state, w),
      TypeError,
      "as gradient must have the shape of params: the pair of shapes is [[3, 2], [2, 3]]",
    );
    const g = matrix(2, 3, (i, j) => i + j === 3 ? NaN : 1);
    assertThrows(
      () => rule.update(g, state, w),
      RangeError,
      "as every entry must be finite: gradient[1, 2] is NaN",
    );
  });

  function steps(shape: readonly [number, number], count: number): readonly Matrix[] {
    return key.fork("gradients").split(count).map((each) => each.normal(shape));
  }

  function factor(group: Member["commutes"], n: number, label: string): Matrix {
    const own = key.fork(label);
    if (group === "orthogonal") return qr(own.normal([n, n])).q;
    const order = own.permutation(n);
    const signs = own.fork("signs").uniform(n);
    return matrix(n, n, (i, j) => order[i] === j ? (signs[i] < 0.5 ? -1 : 1) : 0);
  }
}

/** The updates along given gradients. */
export function path(
  rule: Opaque,
  gradients: readonly Matrix[],
  start: Matrix,
  from?: null,
): readonly Matrix[] {
  let [w, state] = [start, from === undefined ? rule.init(start) : from];
  return gradients.map((g) => {
    const [update, next] = rule.update(g, state, w);
    [w, state] = [applyUpdate(w, update), next];
    return update;
  });
}

/** Frobenius distance of two matrices. */
export function distance(a: Matrix, b: Matrix): number {
  return Math.hypot(...subtract(a, b).data);
}

/** Asserts that two matrices differ by at most a share of the second's norm. */
export function assertClose(actual: Matrix, expected: Matrix, share: number): void {
  assertEquals([actual.rows, actual.cols], [expected.rows, expected.cols]);
  assertLess(distance(actual, expected), share * Math.hypot(...expected.data) + 1e-300);
}
