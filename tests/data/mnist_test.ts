import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { loadMnist, type MnistOptions } from "resolvent";

/** How many digits of each class there are, as published with the set. */
const TRAIN = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
const TEST = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];

Deno.test("loadMnist() loads the test digits: counts, mean and deviation as published", async () => {
  const { images, labels } = await loadMnist({ split: "test" });
  assertEquals([images.rows, images.cols, labels.length], [10_000, 784, 10_000]);
  assertEquals(TEST.map((_, digit) => labels.filter((label) => label === digit).length), TEST);
  const n = images.data.length;
  const mean = images.data.reduce((sum, x) => sum + x, 0) / n;
  const square = images.data.reduce((sum, x) => sum + x * x, 0) / n;
  // 0.1325 and 0.3105: the constants by which torch users normalise this part.
  assertAlmostEquals(mean, 0.1325, 5e-5);
  assertAlmostEquals(Math.sqrt(square - mean * mean), 0.3105, 5e-5);
  assert(images.data.every((x) => x >= 0 && x <= 1) && images.data.includes(1));
});

Deno.test("loadMnist() loads training digits by class: as many as published", async () => {
  const first = await loadMnist({ split: "train", count: 10 });
  assertEquals([...first.labels], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  for (const digit of [1, 5]) {
    const last = { split: "train", classes: [digit], from: TRAIN[digit] - 1 } as const;
    assertEquals([...(await loadMnist(last)).labels], [digit]);
    await assertRejects(
      () => loadMnist({ ...last, from: TRAIN[digit] }),
      RangeError,
      `Cannot load MNIST as there are ${TRAIN[digit]} such digits: from + count is ${
        TRAIN[digit] + 1
      }`,
    );
  }
});

Deno.test("loadMnist() has the training digits' mean and deviation as published", async () => {
  let [sum, square, n] = [0, 0, 0];
  for (const from of [0, 20_000, 40_000]) {
    const { data } = (await loadMnist({ split: "train", from, count: 20_000 })).images;
    n += data.length;
    for (const x of data) [sum, square] = [sum + x, square + x * x];
  }
  // 0.1307 and 0.3081: the constants of torch's own example.
  assertEquals(n, 60_000 * 784);
  assertAlmostEquals(sum / n, 0.1307, 5e-5);
  assertAlmostEquals(Math.sqrt(square / n - (sum / n) ** 2), 0.3081, 5e-5);
});

Deno.test("loadMnist() keeps the order of the file whatever part of it is asked for", async () => {
  const all = await loadMnist({ split: "test", count: 60 });
  const part = await loadMnist({ split: "test", from: 20, count: 5 });
  assertEquals([...part.labels], [...all.labels.slice(20, 25)]);
  assertEquals(part.images.data, all.images.data.slice(20 * 784, 25 * 784));
  const places = [...all.labels.keys()].filter((at) => [3, 8].includes(all.labels[at]));
  const { images, labels } = await loadMnist({
    split: "test",
    classes: [8, 3],
    from: 1,
    count: places.length - 1,
  });
  places.slice(1).forEach((at, row) => {
    assertEquals(labels[row], all.labels[at]);
    const pixels = images.data.slice(row * 784, (row + 1) * 784);
    assertEquals(pixels, all.images.data.slice(at * 784, (at + 1) * 784));
  });
});

Deno.test("loadMnist() shows a 7 upright as the first test digit", async () => {
  const { data } = (await loadMnist({ split: "test", count: 1 })).images;
  // its bar lies in rows 7 to 10, its foot in the middle of the last rows
  const lit = (row: number, col: number) => data[28 * row + col] > 0.5;
  assert(lit(8, 10) && lit(8, 18) && lit(24, 12) && !lit(24, 20) && !lit(20, 7));
});

Deno.test("loadMnist() refuses parts, classes and ranges", async () => {
  const refuses = (options: unknown, kind: typeof RangeError, text: string) =>
    assertRejects(() => loadMnist(options as MnistOptions), kind, text);
  await refuses(undefined, TypeError, "options must be a record of settings");
  await refuses({}, RangeError, 'split must be one of "train", "test": split is undefined');
  await refuses({ split: "test", classes: [10] }, RangeError, "classes[0] is 10");
  await refuses({ split: "test", classes: 3 }, TypeError, "classes must be a list");
  await refuses({ split: "test", classes: [] }, RangeError, "there are 0 such digits");
  await refuses({ split: "test", count: 0 }, RangeError, "count is 0");
  await refuses({ split: "test", from: -1 }, RangeError, "from is -1");
  await refuses(
    { split: "test", from: 9_999, count: 2 },
    RangeError,
    "there are 10000 such digits: from + count is 10001",
  );
});
