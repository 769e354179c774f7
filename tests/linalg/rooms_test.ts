import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { roomsBy } from "../../lib/linalg/rooms.ts";

Deno.test("roomsBy() makes a room once for a routine and a shape", () => {
  const made: string[] = [];
  const rooms = roomsBy((job, rows, cols) => {
    made.push(`${job} ${rows} ${cols}`);
    return [{ job }, 10];
  });
  assertStrictEquals(rooms("S", 2, 3), rooms("S", 2, 3));
  assert(rooms("S", 2, 3) !== rooms("N", 2, 3));
  assert(rooms("S", 2, 3) !== rooms("S", 3, 2));
  assertEquals(made, ["S 2 3", "N 2 3", "S 3 2"]);
});

Deno.test("roomsBy() keeps no more numbers than its limit", () => {
  const rooms = roomsBy((_, rows, cols) => [{}, rows * cols]);
  const huge = rooms("S", 2000, 2000);
  assert(rooms("S", 2000, 2000) !== huge);
  // Two of a million fit, the third puts them out.
  const first = rooms("S", 1000, 1000);
  assertStrictEquals(rooms("S", 1000, 1000), first);
  rooms("S", 1000, 1001);
  assertStrictEquals(rooms("S", 1000, 1000), first);
  rooms("S", 1000, 1002);
  assert(rooms("S", 1000, 1000) !== first);
});
