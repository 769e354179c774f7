import { assertEquals, assertNotEquals } from "@std/assert";
import { loadCompiler } from "../../lib/notebook/cell_syntax.ts";
import { cellFunction, compileCell } from "../../lib/notebook/compile_cell.ts";
import { sourceShape } from "../../lib/notebook/source_shape.ts";
import { sourceOf, STOP_FLAG } from "../../lib/run/_task.ts";

const compiler = await loadCompiler();

/** The shape of a function's text. */
function shapeOf(text: string): string {
  const { ScriptTarget, ScriptKind } = compiler;
  const file = compiler.createSourceFile(
    "fn.js",
    `(${text}\n)`,
    ScriptTarget.ESNext,
    true,
    ScriptKind.JS,
  );
  return sourceShape(compiler, file);
}

Deno.test("sourceShape() is the same however a function is laid out", () => {
  const ways = [
    "x => { for (const a of [1, 20]) x += a; return (x) + 'a' + `b${1_000}` + 1e3 }",
    `(x,) => {
      // a comment
      for (const a of [1, 2_0,]) { x += a; }
      return ((x + "a") + \`b\${1_000}\`) + 1000; /** another */
    }`,
  ];
  assertEquals(shapeOf(ways[1]), shapeOf(ways[0]));
});

/** Pairs that differ in as little as can be. */
const DIFFERENT: readonly (readonly [string, string])[] = [
  ["x => x", "y => y"],
  ["x => { const a = x; }", "x => { let a = x; }"],
  ["x => { let a = x; }", "x => { var a = x; }"],
  ["x => -x", "x => +x"],
  ["x => x++", "x => x--"],
  ["x => x++", "x => ++x"],
  ["x => x - 1 - 2", "x => x - (1 - 2)"],
  ["x => (x, 1)", "x => (x * 1)"],
  ["x => [x, , 1]", "x => [x, 1]"],
  ["x => [x, , ]", "x => [x, ]"],
  ["x => { for (; x(); ); }", "x => { for (; ; x()); }"],
  ["async x => { for await (const a of x); }", "async x => { for (const a of x); }"],
  ["x => { for (const a of x); }", "x => { for (const a in x); }"],
  ["x => (x?.a).b", "x => x?.a.b"],
  ["x => '1'", "x => 1"],
  ["x => 'a'", "x => a"],
  ["x => 1n", "x => 1"],
  ["x => String.raw`\\n`", "x => String.raw`\n`"],
  ["x => /a/g", "x => /a/i"],
  ["x => { a: x }", "x => ({ a: x })"],
  ["x => ({ x })", "x => ({ ...x })"],
  ["x => typeof x", "x => void x"],
  ["x => x == 1", "x => x === 1"],
  ["x => x.a", "x => x?.a"],
  ["x => x[0]", "x => x[1]"],
  ["function* f() {}", "function f() {}"],
  ["async () => 1", "() => 1"],
  ["x => { class A { static a = 1 } }", "x => { class A { a = 1 } }"],
  ["x => ({ get a() { return 1 } })", "x => ({ a() { return 1 } })"],
  ["x => { if (x) f(); g() }", "x => { if (x) { f(); g() } }"],
  ["x => { while (x) f(); g() }", "x => { while (x) { f(); g() } }"],
  ["x => { while (x) { let a; } }", "x => { while (x) { let a; a; } }"],
  ["() => new (f())", "() => new f()"],
  ["(a, b) => a", "([a, b]) => a"],
];

for (const [one, other] of DIFFERENT) {
  Deno.test(`sourceShape() tells ${one} from ${other.replaceAll("\n", "a line")}`, () => {
    assertNotEquals(shapeOf(one), shapeOf(other));
  });
}

Deno.test("sourceShape() is that of the script for a function of a reactive cell", async () => {
  const typed = `(n: number): number => {
    let sum = 0 as number;
    for (let i = 0; i < n; i++) for (const a of [1, 2]) sum += a * i;
    while (sum > 100) { sum /= 2; }
    do { const half = sum / 2; sum = half; } while (sum > 10)
    return sum;
  }`;
  const compiled = compileCell(compiler, `const f = ${typed};`, { stopFlag: STOP_FLAG });
  const { names } = await cellFunction(compiled, [STOP_FLAG])([]);
  assertEquals(String(names.f).split(`if (${STOP_FLAG}`).length, 1 + 4, "each loop asks");
  const inCell = sourceOf("compare functions", "f", names.f);
  const script = `(n)=>{
    let sum = 0;
    for (let i = 0; i < n; i++)for (const a of [
      1,
      2
    ])sum += a * i;
    while(sum > 100){
      sum /= 2;
    }
    do {
      const half = sum / 2;
      sum = half;
    }while (sum > 10)
    return sum;
  }`;
  assertEquals(shapeOf(inCell), shapeOf(script));
});
