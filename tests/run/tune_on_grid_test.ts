import { assertEquals, assertRejects } from "@std/assert";
import { tuneOnGrid } from "resolvent";

/** A loss whose least value lies at an optimum of each arm. */
function bowl(optimum: Readonly<Record<string, number>>): (arm: string, value: number) => number {
  return (arm, value) => Math.log(value / optimum[arm]) ** 2;
}

Deno.test("tuneOnGrid() grows the grid at the end where a best value lies, for all arms", async () => {
  const tuned = await tuneOnGrid(bowl({ a: 0.1, b: 30 }), { arms: ["a", "b"], grid: [1, 3, 9] });
  assertEquals(tuned.grid.map((value) => Number(value.toPrecision(6))), [
    0.037037,
    0.111111,
    0.333333,
    1,
    3,
    9,
    27,
    81,
  ]);
  assertEquals([tuned.best.a, tuned.best.b].map((v) => Number(v.toPrecision(3))), [0.111, 27]);
  assertEquals(tuned.atEdge, []);
  for (const arm of ["a", "b"] as const) assertEquals(tuned.losses[arm].length, tuned.grid.length);
});

Deno.test("tuneOnGrid() asks once for each arm and value, and keeps to its budget", async () => {
  const asked: string[] = [];
  const tuned = await tuneOnGrid((arm, value) => {
    asked.push(`${arm} ${value}`);
    return -value;
  }, { arms: ["a"], grid: [1, 2], widenings: 3 });
  assertEquals(asked, ["a 1", "a 2", "a 4", "a 8", "a 16"]);
  assertEquals(tuned.best.a, 16);
  assertEquals(tuned.atEdge, ["a"], "and says that it is at the edge");
});

Deno.test("tuneOnGrid() counts what is not finite as diverged, and takes the smaller of equals", async () => {
  const tuned = await tuneOnGrid((_, value) => value > 2 ? NaN : 1, {
    arms: ["a"],
    grid: [0.5, 1, 2, 4],
    widenings: 0,
  });
  assertEquals(tuned.losses.a, [1, 1, 1, Infinity]);
  assertEquals([tuned.best.a, tuned.atEdge], [0.5, ["a"]]);
});

Deno.test("tuneOnGrid() refuses grids that are none, and arms that always diverge", async () => {
  const arms = ["a"];
  for (const grid of [[1], [2, 1], [0, 1], [1, 1], [1, NaN], [1, Infinity]]) {
    await assertRejects(() => tuneOnGrid(() => 0, { arms, grid }), RangeError, "ascending order");
  }
  await assertRejects(
    () => tuneOnGrid(() => Infinity, { arms, grid: [1, 2] }),
    RangeError,
    "Cannot tune on a grid as the loss of a must be finite somewhere on the grid",
  );
  await assertRejects(() => tuneOnGrid(() => 0, { arms: [], grid: [1, 2] }), RangeError, "method");
  const broken = () => Promise.reject(new Error("no data"));
  await assertRejects(() => tuneOnGrid(broken, { arms, grid: [1, 2] }), Error, "no data");
});
