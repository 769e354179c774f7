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
  type ArrayKind,
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
import { operationsOf } from "../../lib/backend/kinds.ts";
import { along, type Arrays, arraysIn, assertSameNumbers, path } from "./arrays.ts";

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

/** The epsilon of 1e-7 in the iterations moves an update by about 1e-7/‖G‖ of its size. */
const EPSILON = 1e-5;

/** Registers the suite for one member over a kind of array. */
export function contractTests<A extends ArrayKind>(
  member: Member,
  arrays: Arrays<A>,
  { ignore } = { ignore: false },
): void {
  const { name, make, commutes, degree } = member;
  const { from, rounding, descent } = arrays;
  const key = rng("optimizer contract").fork(name);
  const rule = make(0.1);

  test("converges on a quadratic", async () => {
    const target = key.fork("target").normal([4, 6]);
    const decayed = make(linearDecay({ start: 0.4, steps: descent.count }));
    let [aim, w] = await arrays.scope(() => [from(target), from(matrix(4, 6))] as const);
    let state = decayed.init(w);
    const ops = operationsOf("try", w);
    for (let step = 0; step < descent.count; step++) {
      const before = [w, state];
      [w, state] = await arrays.scope(() => {
        const [update, next] = decayed.update(ops.subtract(w, aim), state, w);
        return [applyUpdate(w, update), next] as const;
      });
      arrays.free(before);
    }
    assertLess(distance(await arrays.read(w), target), descent.near);
    arrays.free([aim, w, state]);
  });

  test(`commutes with ${commutes}`, async () => {
    const left = factor(commutes, 4, "left");
    const right = factor(commutes, 6, "right");
    const turn = (a: Matrix) => matmul(matmul(left, a), right);
    const gradients = steps([4, 6], 3);
    const w = key.fork("w").normal([4, 6]);
    const plain = await path(arrays, rule, gradients, w);
    const turned = await path(arrays, rule, gradients.map(turn), turn(w));
    plain.forEach((update, i) => assertClose(turned[i], turn(update), rounding));
  });

  test("is pure: same call, same result, inputs unchanged", async () => {
    const [g, w] = [key.fork("g").normal([3, 5]), key.fork("w").normal([3, 5])];
    const { given, found } = await arrays.scope(() => {
      const at = { g: from(g), w: from(w) };
      const [, state] = rule.update(at.g, rule.init(at.w), at.w);
      // copies made before, so that a change in place would show
      const copies = arraysIn(state).map((a) => operationsOf("try", a).scale(a, 1));
      const found = [rule.update(at.g, state, at.w), rule.update(at.g, state, at.w)];
      return { given: { ...at, state, copies }, found };
    });
    await assertSameNumbers(arrays, found[0], found[1]);
    await assertSameNumbers(arrays, given.state, given.copies);
    await assertSameNumbers(arrays, [given.g, given.w], [g, w].map(from));
    arrays.free([given, found]);
  });

  test("continues both halves of a forked run alike", async () => {
    const gradients = steps([3, 5], 6);
    const w = key.fork("w").normal([3, 5]);
    const runs = await arrays.scope(() => {
      const gs = gradients.map(from);
      const whole = along(rule, gs, from(w));
      const first = along(rule, gs.slice(0, 3), from(w));
      along(rule, gs.slice(0, 3).toReversed(), first.w, first.state); // one half goes elsewhere
      return { whole, second: along(rule, gs.slice(3), first.w, first.state) };
    });
    await assertSameNumbers(arrays, runs.second.updates, runs.whole.updates.slice(3));
    arrays.free(runs);
  });

  if (degree !== null) {
    test(`grows with the gradient to the power ${degree}`, async () => {
      const [g, w] = [key.fork("g").normal([4, 3]), matrix(4, 3)];
      const [one] = await path(arrays, rule, [g], w);
      const [seven] = await path(arrays, rule, [scale(g, 7)], w);
      assertClose(seven, scale(one, 7 ** degree), EPSILON + rounding);
    });
  }

  if (member.linear) {
    test("is linear in the gradient", async () => {
      const w = matrix(3, 4);
      const [a, b] = [steps([3, 4], 3), steps([3, 4], 6).slice(3)];
      const sum = a.map((g, i) => add(scale(g, 2), scale(b[i], -3)));
      const both = await path(arrays, rule, sum, w);
      const [ua, ub] = [await path(arrays, rule, a, w), await path(arrays, rule, b, w)];
      both.forEach((u, i) => assertClose(u, add(scale(ua[i], 2), scale(ub[i], -3)), rounding));
    });
  }

  if (member.transposes) {
    test("of a transpose is the transpose of the update", async () => {
      const w = key.fork("w").normal([3, 5]);
      const gradients = steps([3, 5], 3);
      const plain = await path(arrays, rule, gradients, w);
      const across = await path(arrays, rule, gradients.map(transpose), transpose(w));
      plain.forEach((update, i) => assertClose(across[i], transpose(update), rounding));
    });
  }

  test("does not move without a gradient", async () => {
    const [update] = await path(arrays, rule, [matrix(3, 2)], key.fork("w").normal([3, 2]));
    assert(update.data.every((entry) => entry === 0));
  });

  for (const shape of [[1, 5], [5, 1], [1, 1], [0, 3]] as const) {
    test(`keeps the shape ${shape.join(" x ")}`, async () => {
      const [g, w] = [key.fork("g").normal(shape), key.fork("w").normal(shape)];
      const [update] = await path(arrays, rule, [g], w);
      assertEquals([update.rows, update.cols], [...shape]);
      assert(update.data.every((entry) => Number.isFinite(entry)));
      assertEquals(update.data.length > 0, update.data.some((entry) => entry !== 0));
    });
  }

  test("takes the steps that it takes on matrices", async () => {
    const [gradients, w] = [steps([5, 4], 8), key.fork("w").normal([5, 4])];
    const found = await path(arrays, rule, gradients, w);
    const expected = along(rule, gradients, w).updates;
    found.forEach((update, i) => assertClose(update, expected[i], rounding));
  });

  test("refuses another shape", async () => {
    await arrays.scope(() => {
      const w = from(matrix(2, 3));
      assertThrows(
        () => rule.update(from(matrix(3, 2)), rule.init(w), w),
        TypeError,
        "as gradient must have the shape of params: the pair of shapes is [[3, 2], [2, 3]]",
      );
      return [];
    });
  });

  function test(title: string, fn: () => Promise<void>): void {
    const where = arrays.name === "matrices" ? "" : `, over ${arrays.name},`;
    Deno.test({ name: `${name}${where} ${title}`, ignore, fn });
  }

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

/** Frobenius distance of two matrices. */
export function distance(a: Matrix, b: Matrix): number {
  return Math.hypot(...subtract(a, b).data);
}

/** Asserts that two matrices differ by at most a share of the second's norm. */
export function assertClose(actual: Matrix, expected: Matrix, share: number): void {
  assertEquals([actual.rows, actual.cols], [expected.rows, expected.cols]);
  assertLess(distance(actual, expected), share * Math.hypot(...expected.data) + 1e-300);
}
