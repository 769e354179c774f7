/**
 * Tests of optimizers of records.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { adamW, forRecord, type Matrix, matrix, rng, sgd, spectralDescent } from "resolvent";

Deno.test("forRecord() does to each array what the optimizer does to one", () => {
  const one = adamW({ learningRate: 0.1 });
  const rule = forRecord(one);
  const params = { w: rng(1).normal([2, 3]), b: rng(2).normal([1, 3]) };
  let states = rule.init(params);
  let [w, b] = [one.init(params.w), one.init(params.b)];
  for (let step = 0; step < 3; step++) {
    const gradients = { w: rng(step).normal([2, 3]), b: rng(step).normal([1, 3]) };
    const [updates, next] = rule.update(gradients, states, params);
    const [uw, nw] = one.update(gradients.w, w, params.w);
    const [ub, nb] = one.update(gradients.b, b, params.b);
    assertEquals(updates, { w: uw, b: ub });
    assertEquals(next, { w: nw, b: nb });
    [states, w, b] = [next, nw, nb];
  }
});

Deno.test("forRecord() keeps the names in its types", () => {
  const rule = forRecord(adamW());
  const states = rule.init({ w: matrix(1, 1) });
  const mean: Matrix = states.w.mean;
  assertEquals(mean, matrix(1, 1));
  // @ts-expect-error there is no array of that name
  assertEquals(states.c, undefined);
});

Deno.test("forRecord() refuses other names", () => {
  const rule = forRecord(adamW());
  const params: Record<string, Matrix> = { w: matrix(1, 1), b: matrix(1, 1) };
  assertThrows(
    () => rule.update({ w: matrix(1, 1) }, rule.init(params), params),
    TypeError,
    'as gradients must have the keys of params: the pair of key lists is [["w"], ["b", "w"]]',
  );
  assertThrows(
    () => rule.update(params, rule.init({ w: matrix(1, 1) }) as never, params),
    TypeError,
    "as states must have the keys of params",
  );
});

Deno.test("forRecord() refuses what is not an optimizer, and what is not a record", () => {
  assertThrows(() => forRecord(null as never), TypeError, "optimizer is null");
  const rule = forRecord(adamW());
  const need = "Cannot take a step on a record as";
  assertThrows(
    () => rule.init(3 as never),
    TypeError,
    `${need} params must be a record of arrays: params is 3`,
  );
  const params = { w: matrix(1, 1) };
  assertThrows(
    () => rule.update(undefined as never, rule.init(params), params),
    TypeError,
    `${need} gradients must be a record of arrays: gradients is undefined`,
  );
});

Deno.test("forRecord() takes an optimizer for each name, with the state of each", () => {
  const [spectral, plain] = [spectralDescent({ curvature: 2 }), adamW({ learningRate: 0.1 })];
  const rule = forRecord({ w: spectral, b: plain });
  const params = { w: rng(1).normal([2, 3]), b: rng(2).normal([1, 3]) };
  const gradients = { w: rng(3).normal([2, 3]), b: rng(4).normal([1, 3]) };
  const [updates, states] = rule.update(gradients, rule.init(params), params);
  const [uw, sw] = spectral.update(gradients.w, spectral.init(params.w), params.w);
  const [ub, sb] = plain.update(gradients.b, plain.init(params.b), params.b);
  assertEquals(updates, { w: uw, b: ub });
  assertEquals(states, { w: sw, b: sb });
  const mean: Matrix = states.b.mean;
  assertEquals(mean, sb.mean);
  // @ts-expect-error spectral descent has no mean
  assertEquals(states.w.mean, undefined);
});

Deno.test("forRecord() refuses parameters without an optimizer, and optimizers without parameters", () => {
  const rule = forRecord({ w: sgd({ learningRate: 1 }) });
  const need = "Cannot take a step on a record as the optimizers must have the keys of params";
  const params = { w: matrix(1, 1), b: matrix(1, 1) };
  assertThrows(() => rule.init(params), TypeError, need);
  assertThrows(() => rule.init({ v: matrix(1, 1) }), TypeError, need);
  assertThrows(
    () => forRecord({ w: sgd({ learningRate: 1 }), b: {} } as never),
    TypeError,
    "optimizer.b must be an optimizer { init, update }, such as sgd(options): optimizer.b is {}",
  );
  assertThrows(() => forRecord({} as never), TypeError, "optimizer is {}");
});
