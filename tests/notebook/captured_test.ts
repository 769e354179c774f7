import { assertEquals } from "@std/assert";
import * as resolvent from "resolvent";
import { add, svd, transpose as scale } from "resolvent";
import { shadowedName } from "../../lib/notebook/captured.ts";

const lines = 3;

/** What names of the library should mean. */
function meant(...names: readonly string[]): Record<string, unknown> {
  const exports = resolvent as unknown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.map((name) => [name, exports[name]]));
}

/** A function within others that give names a meaning of their own. */
function inner(add: unknown): () => unknown {
  const points = resolvent.points;
  return () => [add, points, svd, Math];
}

Deno.test("shadowedName() finds a name that means something else in its surroundings", async () => {
  const table: readonly (readonly [unknown, Record<string, unknown>, string | null])[] = [
    [() => svd, meant("svd"), null],
    [() => [add, svd], meant("add", "svd"), null],
    [() => lines, meant("lines"), "lines"],
    [() => scale, meant("scale"), "scale"], // another export under this name
    [inner(3), meant("add", "points", "svd"), "add"],
    [inner(resolvent.add), meant("add", "points", "svd"), null],
    [inner(NaN), { add: NaN, Math }, null],
    [inner(0), { add: -0 }, "add"],
    [() => [NaN, Infinity, undefined], { NaN, Infinity, undefined }, null],
    [() => Math, { Math: {} }, "Math"],
    [() => 1, {}, null],
    [inner({}), meant("matmul"), null], // the function does not name it
  ];
  const found = await Promise.all(table.map(([fn, names]) => shadowedName(fn, names)));
  assertEquals(found, table.map(([, , name]) => name));
  const left = Object.getOwnPropertyNames(globalThis).filter((it) => it.startsWith("__resolvent"));
  assertEquals(left, []);
});
