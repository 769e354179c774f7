import { assertEquals, assertStringIncludes } from "@std/assert";
import { textFault } from "./error_text.ts";
import plugin from "./plugin.ts";

/** Rules that a source breaks when it stands in a file. */
function broken(filename: string, source: string): readonly string[] {
  return Deno.lint.runPlugin(plugin, filename, source).map(({ id }) => id);
}

Deno.test("no-math-random reports every use and every disguise", () => {
  const rule = "resolvent/no-math-random";
  for (
    const source of [
      "f(Math.random());",
      'f(Math["random"]());',
      "f(globalThis.Math.random);",
      "const { random } = Math;",
      "const m = Math;",
    ]
  ) {
    for (const file of ["/x/lib/data/a.ts", "/x/notebooks/a.ts", "/x/tests/a_test.ts"]) {
      assertEquals(broken(file, source), [rule], `${source} in ${file}`);
    }
  }
  assertEquals(broken("/x/lib/data/a.ts", "f(Math.max(1, 2), key.random);"), []);
});

Deno.test("no-clock reports clocks in lib, and none in lib/run or outside lib", () => {
  const rule = "resolvent/no-clock";
  for (
    const source of [
      "f(Date.now());",
      "f(new Date());",
      "f(Date());",
      "f(performance.now());",
      "f(globalThis.performance.now());",
      "f(Temporal.Now.instant());",
      "const { now } = Date;",
    ]
  ) {
    assertEquals(broken("/x/lib/claims/a.ts", source), [rule], source);
    assertEquals(broken("/x/lib/run/a.ts", source), [], source);
    assertEquals(broken("/x/tests/gate/a.ts", source), [], source);
  }
  assertEquals(broken("/x/lib/claims/a.ts", "f(new Date(written), Date.parse(text));"), []);
});

Deno.test("no-top-level-arrow reports arrows and function expressions at the top alone", () => {
  const rule = "resolvent/no-top-level-arrow";
  for (
    const source of [
      "const f = () => 1;",
      "export const f = (x: number): number => x;",
      "export const f = function () {};",
      "const f = (() => 1) as F;",
    ]
  ) {
    assertEquals(broken("/x/lib/a.ts", source), [rule], source);
    assertEquals(broken("/x/notebooks/t/a.ts", source), []);
  }
  assertEquals(broken("/x/lib/a.ts", "function f() { const g = () => 1; return g; }"), []);
  assertEquals(broken("/x/lib/a.ts", "const squares = [1, 2].map((x) => x * x);"), []);
});

Deno.test("error-text reports texts that break the grammar, in lib and examples", () => {
  const rule = "resolvent/error-text";
  const bad = 'throw new RangeError("n must be positive");';
  assertEquals(broken("/x/lib/a.ts", bad), [rule]);
  assertEquals(broken("/x/examples/a.ts", bad), [rule]);
  assertEquals(broken("/x/tests/a_test.ts", bad), []);
  const sum = 'throw new TypeError("Could not read " + name + " as it is: bad");';
  assertEquals(broken("/x/lib/a.ts", sum), [rule]);
  for (
    const good of [
      'throw new RangeError(cannot("a", "b", "c", d));',
      'throw new RangeError("Cannot train as every entry must be finite: loss is " + loss);',
      "throw new RangeError(`Cannot train as ${need}: ${name} is ${value}`);",
      "throw new Error(`${first}\\n${second}`.trim());",
      'if (text === "not an error") f(new Map("x"));',
    ]
  ) assertEquals(broken("/x/lib/a.ts", good), [], good);
});

Deno.test("textFault() names the first thing that is wrong", () => {
  const table: readonly (readonly [string, string])[] = [
    ["Failed to read as a file is needed: it is gone", 'begin with "Cannot "'],
    ["Cannot read the file as it must exist: path is x.", "full stop"],
    ["Cannot read as it doesn't exist: path is x", `"doesn't"`],
    ["Cannot read the file: path is x", "what is needed"],
    ["Cannot read the file as it must exist", "what was given"],
  ];
  for (const [text, fault] of table) assertStringIncludes(textFault(text) ?? "none", fault);
  assertEquals(textFault("Cannot read the file as it must exist: path is x"), null);
});
