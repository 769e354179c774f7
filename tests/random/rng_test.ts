import {
  assert,
  assertEquals,
  assertNotEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { isMatrix, isRng, restoreRng, rng, type RngState } from "resolvent";
import { checkRng } from "../../lib/random/rng.ts";

Deno.test("rng() gives the same numbers for the same seed, pinned", () => {
  // Made by this code at its first release: a change here changes every committed result.
  assertEquals(rng(7).state.key, [203793357, 314589300, 2229376420, 3664972509]);
  assertEquals([...rng(7).uniform(2)], [0.8261620630028546, 0.26869036478508956]);
});

Deno.test("rng() tells seeds apart by value and kind", () => {
  assertEquals(rng(7).state, rng(7n).state);
  const seeds = [0, 1, -1, 2 ** 32, 2 ** 53 - 1, 2n ** 64n, 2n ** 128n + 1n, -(2n ** 64n)];
  const texts = ["", "0", "1", "7", "a", "aa", "\u0000", "\ud800", "\ud801", "x".repeat(1000)];
  const states = [...seeds, ...texts].map((seed) => rng(seed).state.key.join());
  assertEquals(new Set(states).size, states.length);
});

Deno.test("rng() draws vectors for numbers and matrices for pairs, with the same entries", () => {
  const key = rng("shapes");
  for (
    const [a, v] of [[key.uniform([3, 5]), key.uniform(15)], [
      key.normal([3, 5]),
      key.normal(15),
    ]] as const
  ) {
    assert(isMatrix(a) && a.rows === 3 && a.cols === 5);
    assertEquals(a.data, v);
  }
  assertEquals(key.integers([2, 2], { max: 9 }).data, key.integers(4, { max: 9 }));
  assertEquals(key.uniform([0, 4]).data.length, 0);
});

Deno.test("rng() scales and shifts what it draws", () => {
  const key = rng(3);
  assertEquals(
    key.normal(5, { mean: 2, sd: 3 }),
    key.normal(5).map((z) => 2 + 3 * z),
  );
  assert(key.uniform(1000, { min: -2, max: -1 }).every((u) => u >= -2 && u < -1));
  // Between 1 and the next float64 only the lower edge can be drawn.
  assert(key.uniform(1000, { min: 1, max: 1 + 2 ** -52 }).every((u) => u === 1));
  assert(key.integers(1000, { min: -3, max: 2 }).every((k) => k >= -3 && k < 2));
  assertEquals(new Set(key.integers(1000, { min: -3, max: 2 })).size, 5);
});

Deno.test("Rng.split() gives keys that depend on their index alone", () => {
  const key = rng("split");
  const [few, many] = [key.split(3), key.split(10)];
  assertEquals(few.map((k) => k.state), many.slice(0, 3).map((k) => k.state));
});

Deno.test("Rng.fork() and Rng.split() lead to keys that never coincide", () => {
  const root = rng("tree");
  const children = [root, ...root.split(50), ...Array.from({ length: 50 }, (_, i) => root.fork(i))];
  const labels = ["", "0", "1", "a", "b", "ab", 0.5, -1].map((label) => root.fork(label));
  const grandchildren = [...children, ...labels].flatMap((k) => [k, k.fork("x"), ...k.split(2)]);
  const keys = new Set(grandchildren.map((k) => k.state.key.join()));
  // The root's own fork and splits are among the children once more.
  assertEquals(keys.size, grandchildren.length - 2);
  assertNotEquals(root.fork("1").state, root.fork(1).state);
});

Deno.test("restoreRng() restores a key from a clone of its state", () => {
  fc.assert(
    fc.property(fc.oneof(fc.bigInt(), fc.string(), fc.maxSafeInteger()), (seed) => {
      const key = rng(seed);
      const again = restoreRng(structuredClone(key.state));
      assertEquals(again.normal(3), key.normal(3));
      assertEquals(again.fork("a").state, key.fork("a").state);
      assert(isRng(again) && !isRng(again.state));
    }),
    { seed: 2 },
  );
});

Deno.test("Rng's methods work apart from their record, which cannot be changed", () => {
  const key = rng(1);
  const { normal, fork } = key;
  assertEquals(normal(2), key.normal(2));
  assertEquals(fork("a").normal(2), key.fork("a").normal(2));
  assert(Object.isFrozen(key) && Object.isFrozen(key.state) && Object.isFrozen(key.state.key));
});

Deno.test("Rng.choice() and Rng.permutation() choose within what is given", () => {
  const key = rng("choice");
  assertEquals([...key.permutation(100)].sort((a, b) => a - b), [...Array(100).keys()]);
  assertEquals(key.permutation(0).length, 0);
  const distinct = key.choice(["a", "b", "c"], { size: 3 });
  assertEquals([...distinct].sort(), ["a", "b", "c"]);
  assertEquals(key.choice(3, { size: 50, replace: true }).length, 50);
  assertEquals(new Set(key.choice(3, { size: 50, replace: true })).size, 3);
  assertEquals(key.choice(10).length, 1);
});

Deno.test("Rng.stream() starts anew each time and mixes kinds of number", () => {
  const key = rng("stream");
  const take = () => {
    const stream = key.stream();
    return [
      stream.normal(),
      stream.uniform(),
      stream.normal({ mean: 5, sd: 0 }),
      stream.integer({ max: 10 }),
      ...Array.from({ length: 5000 }, () => stream.uniform()),
    ];
  };
  const numbers = take();
  assertEquals(take(), numbers);
  assertEquals(numbers[2], 5);
  assertEquals(new Set(numbers).size, 5004);
});

Deno.test("rng() and its draws refuse what they cannot use", () => {
  const key = rng(0);
  const refusals: readonly (readonly [() => unknown, string])[] = [
    [() => rng(0.5), "Cannot make a random key as a number must be an integer of at most 2^53 - 1"],
    [() => rng(2 ** 60), "a bigint has no limit: seed is 1152921504606847000"],
    [() => key.stream().integer(undefined as never), "Cannot draw an integer as max must be"],
    [() => rng(NaN), "seed is NaN"],
    [() => key.normal(-1), "shape must be an integer of at least 0: shape is -1"],
    [() => key.normal([2, 0.5]), "cols must be an integer of at least 0: cols is 0.5"],
    [() => key.normal(2, { sd: -1 }), "sd must be a finite number at least 0: sd is -1"],
    [() => key.uniform(2, { min: 1, max: 1 }), "max must be a finite number above 1: max is 1"],
    [() => key.uniform(2, { min: -1e308, max: 1e308 }), "max - min is Infinity"],
    [() => key.integers(2, { min: 5, max: 5 }), "max must be an integer of at least 6: max is 5"],
    [() => key.permutation(1.5), "n must be an integer"],
    [() => key.choice(3, { size: 4 }), "size must be at most 3: size is 4"],
    [() => key.choice([], { size: 1, replace: true }), "something to choose from: size is 1"],
    [() => key.split(-1), "n must be an integer of at least 0: n is -1"],
    [() => key.fork(Infinity), "label must be a finite number: label is Infinity"],
    [() => key.stream().normal({ sd: NaN }), "sd is NaN"],
  ];
  for (const [attempt, text] of refusals) assertThrows(attempt, RangeError, text);
  assertThrows(() => rng(null as unknown as number), TypeError, "number, bigint or string");
  assertThrows(() => key.normal([1] as unknown as [number, number]), TypeError, "[rows, cols]");
  const foreign = { algorithm: "pcg", key: [0, 0, 0, 0] } as unknown as RngState;
  assertThrows(() => restoreRng(foreign), TypeError, "Cannot restore a random key");
  const short = { ...rng(1).state, key: [1, 2, 3] } as unknown as RngState;
  assertThrows(() => restoreRng(short), TypeError, "four 32-bit words");
});

Deno.test("checkRng() tells a key from a seed and from options in its place", () => {
  const key = rng(1);
  assertStrictEquals(checkRng("draw", key), key);
  for (const other of [7, { samples: 2 }, key.state, undefined]) {
    assertThrows(
      () => checkRng("draw", other as never),
      TypeError,
      "Cannot draw as it needs a random key, made by rng(seed): rng is",
    );
  }
});
