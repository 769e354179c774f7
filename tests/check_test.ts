import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  cannot,
  checkChoice,
  checkFunction,
  checkInteger,
  checkList,
  checkNumber,
  checkOptions,
  shown,
} from "../lib/check.ts";
import { textFault } from "./lint/error_text.ts";

Deno.test("shown() writes every kind of value in short", () => {
  const table: readonly (readonly [unknown, string])[] = [
    ["text", '"text"'],
    [0.1, "0.1"],
    [NaN, "NaN"],
    [3n, "3n"],
    [null, "null"],
    [undefined, "undefined"],
    [[1, 2], "[1, 2]"],
    [Float64Array.of(1, 2, 3, 4, 5), "[1, 2, 3, 4, ...] of length 5"],
    [{ rows: 2, cols: 3, data: [] }, "a 2 x 3 matrix"],
    [{ steps: 1 }, '{"steps":1}'],
    [{ size: 3n, data: Int32Array.of(1, 2) }, '{"size":3n,"data":[1, 2]}'],
    [Math.max, "the function max"],
    [[(x: number) => x][0], "the function (anonymous)"],
  ];
  for (const [value, text] of table) assertEquals(shown(value), text);
});

Deno.test("shown() ends for records that are long or hold themselves", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  assertEquals(shown(circle), '{"self":{"self":{"self":...}}}');
  const long = shown(Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`field${i}`, i])));
  assertEquals([long.length, long.slice(-3)], [123, "..."]);
});

Deno.test("cannot() builds texts that the linter accepts", () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(fc.property(word, word, word, fc.double(), (doing, need, name, value) => {
    assertEquals(textFault(cannot(doing, need, name, value)), null);
  }));
});

Deno.test("checkInteger() returns integers in range and refuses all others", () => {
  assertEquals(checkInteger("draw", "n", 3, { min: 0, max: 3 }), 3);
  for (const value of [-1, 4, 1.5, NaN, Infinity, 2 ** 53, "2" as unknown as number]) {
    assertThrows(
      () => checkInteger("draw", "n", value, { min: 0, max: 3 }),
      RangeError,
      "from 0 to 3",
    );
  }
  assertThrows(
    () => checkInteger("draw", "n", -1, { min: 0 }),
    RangeError,
    "Cannot draw as n must be an integer of at least 0: n is -1",
  );
});

Deno.test("checkNumber() keeps edges apart from what lies beyond them", () => {
  assertEquals(checkNumber("fit", "x", 0, { min: 0 }), 0);
  assertThrows(
    () => checkNumber("fit", "x", 0, { above: 0, max: 1 }),
    RangeError,
    "Cannot fit as x must be a finite number above 0 and at most 1: x is 0",
  );
  for (const value of [NaN, Infinity, -Infinity, "1" as unknown as number]) {
    assertThrows(() => checkNumber("fit", "x", value), RangeError, "must be a finite number");
  }
});

Deno.test("checkChoice() names the choices", () => {
  assertEquals(checkChoice("step", "scale", "none", ["none", "scion"]), "none");
  assertThrows(
    () => checkChoice("step", "scale", "big", ["none", "scion"]),
    RangeError,
    'Cannot step as scale must be one of "none", "scion": scale is "big"',
  );
});

Deno.test("checkOptions(), checkFunction() and checkList() return what is of their kind", () => {
  const record = { steps: 1 };
  assertEquals(checkOptions("draw", record), record);
  for (const value of [undefined, null, 3, "text", [1], Math.abs]) {
    assertThrows(
      () => checkOptions("draw", value as object),
      TypeError,
      `Cannot draw as options must be a record of settings: options is ${shown(value)}`,
    );
  }
  assertThrows(() => checkOptions("draw", null!, "pair"), TypeError, "pair is null");
  assertEquals(checkFunction("draw", "f", Math.abs), Math.abs);
  assertThrows(
    () => checkFunction("draw", "f", record),
    TypeError,
    'Cannot draw as f must be a function: f is {"steps":1}',
  );
  const list = Float64Array.of(1, 2);
  assertEquals(checkList("draw", "x", list), list);
  for (const value of [undefined, null, 3, "ab", {}]) {
    assertThrows(
      () => checkList("draw", "x", value as number[]),
      TypeError,
      `Cannot draw as x must be a list: x is ${shown(value)}`,
    );
  }
});
