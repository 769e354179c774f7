import { assertEquals, assertGreater, assertThrows } from "@std/assert";
import { hillClimb, rng } from "resolvent";

function propose(x: number, key: ReturnType<typeof rng>, size: number): number {
  return x + size * key.normal(1)[0];
}

Deno.test("hillClimb() finds the top of a parabola and never leaves the allowed set", () => {
  const inside = (x: number) => (x > 2 ? -Infinity : -((x - 3) ** 2));
  const { point, value } = hillClimb(0, rng("climb"), { propose, value: inside, moves: 500 });
  assertGreater(point, 1.999); // the edge of the allowed set, at the smallest moves of 1e-6
  assertEquals(value, inside(point));
});

Deno.test("hillClimb() returns the start when no move is allowed, and repeats itself", () => {
  const options = { propose, value: (x: number) => (x === 1 ? 0 : -1), moves: 20 };
  assertEquals(hillClimb(1, rng(1), options), { point: 1, value: 0 });
  const free = { propose, value: (x: number) => Math.sin(x), moves: 20 };
  assertEquals(hillClimb(1, rng(1), free), hillClimb(1, rng(1), free));
});

Deno.test("hillClimb() refuses a number of moves that is not an integer", () => {
  const options = { propose, value: (x: number) => x, moves: 0.5 };
  assertThrows(() => hillClimb(1, rng(1), options), RangeError, "moves must be an integer");
});
