/**
 * The one suite that every optimizer must pass, over every kind of array.
 *
 * @module
 */
import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  add,
  applyUpdate,
  type ArrayKind,
  linearDecay,
  matmul,
  type Matrix,
  matrix,
  qr,
  rng,
  scale,
  subtract,
  transpose,
} from "resolvent";
import { operationsOf } from "../../lib/backend/kinds.ts";
import type { Member } from "./members.ts";
import { along, type Arrays, arraysIn, assertSameNumbers, path } from "./arrays.ts";

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
    let [aim, w] = arrays.scope(() => [from(target), from(matrix(4, 6))] as const);
    let state = decayed.init(w);
    const ops = operationsOf("try", w);
    for (let step = 0; step < descent.count; step++) {
      const before = [w, state];
      [w, state] = arrays.scope(() => {
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
    const { given, found } = arrays.scope(() => {
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
    const gradients = steps([3, 5], 4);
    const w = key.fork("w").normal([3, 5]);
    const runs = arrays.scope(() => {
      const gs = gradients.map(from);
      const whole = along(rule, gs, from(w));
      const first = along(rule, gs.slice(0, 2), from(w));
      along(rule, gs.slice(0, 2).toReversed(), first.w, first.state); // one half goes elsewhere
      return { whole, second: along(rule, gs.slice(2), first.w, first.state) };
    });
    await assertSameNumbers(arrays, runs.second.updates, runs.whole.updates.slice(2));
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

  test("refuses another shape", () => {
    arrays.scope(() => {
      const w = from(matrix(2, 3));
      assertThrows(
        () => rule.update(from(matrix(3, 2)), rule.init(w), w),
        TypeError,
        "as gradient must have the shape of params: the pair of shapes is [[3, 2], [2, 3]]",
      );
      return [];
    });
  });

  function test(title: string, fn: () => void | Promise<void>): void {
    const where = arrays.name === "matrices" ? "" : `, over ${arrays.name},`;
    Deno.test({
      name: `${name}${where} ${title}`,
      ignore,
      fn: async () => {
        await arrays.start();
        await fn();
      },
    });
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
